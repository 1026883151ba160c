package shop.unwind.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.once.Attempt;
import shop.unwind.once.InMemoryStepRecords;
import shop.unwind.once.Once;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What every messenger promises.
 *
 * <p>A new connector inherits it twice, each time by one small class that says how its platform
 * answers: in its own module against canned answers, and in {@code local} against the sandbox,
 * which then answers by itself.
 */
public abstract class MessengerContract {
    protected static final String ADDRESS = "jo.doe+paints@example.net";
    protected static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final String STEP = "tell";
    private static final String NOWHERE = "http://127.0.0.1:1";
    private static final Duration LEASE = Duration.ofSeconds(30);

    protected final FakePlatform vendor = new FakePlatform();
    protected final TestClock clock = new TestClock();
    private final Once once = InMemoryStepRecords.once("test", clock);

    /** The messenger under test, speaking to this address and using {@link #token}. */
    protected abstract Messenger messenger(String baseUrl);

    /** The secret that goes with every call. */
    protected abstract String token();

    /** Whether the platform can be asked what was sent. */
    protected abstract boolean canBeAsked();

    /** How many messages the platform was asked to send so far. */
    protected abstract long sends();

    /** The platform's next answer is a yes. */
    protected abstract void takesIt();

    /** The platform's next answer shows, or does not show, the message with this mark. */
    protected abstract void shows(Optional<String> mark);

    /** The platform's next answer asks for a pause. */
    protected abstract void saysLater(Duration pause);

    /** The platform's next answer turns the secret away. */
    protected abstract void rejectsTheSecret();

    /** The platform's next answer is a clear no in these words. */
    protected abstract void refuses(String words);

    /** The platform's next answer is a success by status, in words nobody knows. */
    protected abstract void babbles();

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    protected Letter letter() {
        return letter("We have refunded 15.00 USD.");
    }

    protected Letter letter(String... paragraphs) {
        return new Letter(
                CASE,
                Audience.STAFF,
                Optional.of(new Personal(ADDRESS)),
                "Order 1001 cancelled",
                List.of(paragraphs),
                false,
                Optional.empty());
    }

    protected Outcome tell(Letter letter) {
        return tell(messenger(vendor.url()), letter);
    }

    protected static Attempt attempt() {
        return new Attempt(CASE, STEP, 1);
    }

    private Outcome tell(Messenger messenger, Letter letter) {
        return once.once(CASE, STEP, LEASE, messenger.tell(letter));
    }

    private Throwable failure() {
        return catchThrowable(() -> tell(letter()));
    }

    @Nested
    @DisplayName("A letter")
    class Told {
        @Test
        @DisplayName("is told once, however often its step is repeated (C45)")
        void once() {
            takesIt();

            var first = tell(letter());
            var second = tell(letter());

            assertThat(first.result()).isEqualTo(Result.DONE);
            assertThat(first.reference()).isNotBlank();
            assertThat(second).isEqualTo(first);
            assertThat(sends()).isEqualTo(1);
        }

        @Test
        @DisplayName("whose answer is lost leaves us unsure")
        void unsure() {
            vendor.losesTheAnswer();

            assertThat(failure()).isInstanceOf(Unsure.class);
            assertThat(sends()).isEqualTo(1);
        }

        @Test
        @DisplayName("whose answer is lost is looked up, or sent once more at most")
        void lookedUp() {
            vendor.losesTheAnswer();
            failure();

            if (canBeAsked()) {
                shows(Optional.of(attempt().mark()));
                assertThat(tell(letter()).result()).isEqualTo(Result.DONE);
                assertThat(sends()).isEqualTo(1);
            } else {
                vendor.losesTheAnswer();
                failure();
                assertThat(failure()).isInstanceOf(Refused.class);
                assertThat(sends()).isEqualTo(2);
            }
        }

        @Test
        @DisplayName("that did not get there is told again")
        void toldAgain() {
            vendor.losesTheAnswer();
            failure();

            if (canBeAsked()) shows(Optional.empty());
            takesIt();

            assertThat(tell(letter()).result()).isEqualTo(Result.DONE);
            assertThat(sends()).isEqualTo(2);
        }

        @Test
        @DisplayName("that met a server's error leaves us unsure")
        void serverError() {
            vendor.answers(502, "<html>bad gateway</html>");

            assertThat(failure()).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("is not told by an answer in unknown words")
        void unknownWords() {
            babbles();

            assertThat(failure()).isInstanceOf(Unsure.class);
        }

        @Test
        @DisplayName("is not told by a redirect, which is not followed")
        void redirect() {
            vendor.answers(307, "", java.util.Map.of("Location", vendor.url() + "/elsewhere"));

            assertThat(failure()).isInstanceOf(Unsure.class);
            assertThat(vendor.asked()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("A problem")
    class Problems {
        @Test
        @DisplayName("of haste carries the pause asked for, and the letter is told later")
        void throttled() {
            saysLater(Duration.ofSeconds(17));
            takesIt();

            assertThat(failure())
                    .isInstanceOf(Throttled.class)
                    .hasMessage("asked to come back in 17 s");
            assertThat(tell(letter()).result()).isEqualTo(Result.DONE);
        }

        @Test
        @DisplayName("of connection means that nothing was sent")
        void unreachable() {
            var unconnected = messenger(NOWHERE);

            assertThatThrownBy(() -> tell(unconnected, letter())).isInstanceOf(Unreachable.class);
        }

        @Test
        @DisplayName("of credentials names the secret to mend")
        void misconfigured() {
            rejectsTheSecret();

            assertThat(failure())
                    .isInstanceOf(Misconfigured.class)
                    .hasMessageContaining("secret unwind/");
        }

        @Test
        @DisplayName("of content carries the platform's own words (C30)")
        void refused() {
            refuses("paragraph too purple");

            assertThat(failure())
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("paragraph too purple");
        }

        @Test
        @DisplayName("shows neither the address nor the secret (R10)")
        void hidden() {
            refuses("cannot send to " + ADDRESS + " with " + token());

            assertThat(failure().toString()).doesNotContain(ADDRESS).doesNotContain(token());
        }
    }

    @Nested
    @DisplayName("A probe")
    class Probe {
        @Test
        @DisplayName("says when the secret is wrong, and sends nothing")
        void wrongSecret() {
            rejectsTheSecret();
            var messenger = messenger(vendor.url());

            assertThatThrownBy(messenger::probe).isInstanceOf(Misconfigured.class);
            assertThat(sends()).isZero();
        }
    }
}
