package shop.unwind.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.problem.Problem;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.secrets.Secret;
import shop.unwind.testing.FakePlatform;

import java.util.Map;

final class HttpTest {
    private static final Call ASK = Call.get("/things?x=1");
    private static final Call CHANGE = Call.post("/things").json(Map.of("name", "jo@example.net"));

    private final FakePlatform vendor = new FakePlatform();
    private final Http http = new Http(vendor.url() + "/base/");

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    @Test
    void call_shouldArriveWhole_whenItIsSent() {
        vendor.answers(200, "{\"id\":7}", Map.of("X-Thing", "yes"));

        var reply = http.ok(CHANGE.bearer(new Secret("key")).header("X-Extra", "1"));

        assertThat(vendor.lastAsked().method()).isEqualTo("POST");
        assertThat(vendor.lastAsked().path()).isEqualTo("/base/things");
        assertThat(vendor.lastAsked().header("Authorization")).contains("Bearer key");
        assertThat(vendor.lastAsked().header("X-Extra")).contains("1");
        assertThat(vendor.lastAsked().json().path("name").asText()).isEqualTo("jo@example.net");
        assertThat(reply.json().path("id").asInt()).isEqualTo(7);
        assertThat(reply.header().apply("x-thing")).contains("yes");
    }

    @Test
    void form_shouldBeEncoded_whenItIsSent() {
        vendor.answers(200, "{}");

        http.ok(Call.post("/form").form(Map.of("a b", "ü&=")));

        assertThat(vendor.lastAsked().body()).isEqualTo("a+b=%C3%BC%26%3D");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "401, Misconfigured",
        "403, Misconfigured",
        "404, NotFound",
        "408, Unsure",
        "409, Refused",
        "410, NotFound",
        "422, Refused",
        "425, Unsure",
        "429, Throttled",
        "301, Unsure",
        "307, Unsure",
        "500, Unsure",
        "502, Unsure",
        "503, Unsure",
        "504, Unsure",
        "599, Unsure"
    })
    void change_shouldFailByKind_whenTheStatusIsNoSuccess(int status, String kind) {
        vendor.answers(status, "no");

        assertThat(failure(CHANGE).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(vendor.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503, 307})
    void question_shouldBeSafeToRepeat_whenItStaysWithoutResult(int status) {
        vendor.answers(status, "no");

        assertThat(failure(ASK)).isInstanceOf(Unreachable.class);
    }

    @Test
    void change_shouldBeUnsureAndQuestionNot_whenTheAnswerIsLost() {
        vendor.losesTheAnswer();
        assertThat(failure(CHANGE)).isInstanceOf(Unsure.class);

        vendor.losesTheAnswer();
        assertThat(failure(ASK)).isInstanceOf(Unreachable.class);

        vendor.losesTheAnswer();
        assertThat(failure(CHANGE.asking())).isInstanceOf(Unreachable.class);
    }

    @Test
    void change_shouldNotBeRepeatedByTheClient_whenTheAnswerIsLost() {
        vendor.losesTheAnswer();

        failure(CHANGE);

        assertThat(vendor.asked()).hasSize(1);
    }

    @Test
    void change_shouldBeSafeToRepeat_whenNobodyListens() {
        var nowhere = new Http("http://127.0.0.1:1");

        assertThatThrownBy(() -> nowhere.ok(CHANGE)).isInstanceOf(Unreachable.class);
    }

    @Test
    void change_shouldBeUnsure_whenTheBodyIsUnreadable() {
        vendor.answers(200, "<html>fine</html>").answers(200, "");

        assertThatThrownBy(() -> http.ok(CHANGE).json()).isInstanceOf(Unsure.class);
        assertThatThrownBy(() -> http.ok(ASK).json()).isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "0, 0",
        "1.2, 2",
        "-5, 2",
        "soon, 2",
        "NaN, 2",
        "'Wed, 21 Oct 2026 07:28:00 GMT', 2"
    })
    void pause_shouldBeTheOneAskedFor_whenThePlatformSaysLater(String header, long seconds) {
        vendor.answers(429, "", Map.of("Retry-After", header));

        assertThat(failure(CHANGE))
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in " + seconds + " s");
    }

    @Test
    @DisplayName("R10: a problem shows neither secret nor body")
    void problem_shouldHoldNeitherSecretNorBody_whenItIsPrinted() {
        for (var status : new int[] {400, 401, 404, 429, 500}) {
            vendor.answers(status, "{\"echo\":\"jo@example.net key-made-up\"}");

            assertThat(failure(CHANGE.bearer(new Secret("key-made-up"))).toString())
                    .doesNotContain("jo@example.net")
                    .doesNotContain("key-made-up");
        }
        assertThat(CHANGE.bearer(new Secret("key-made-up")).toString()).isEqualTo("POST /things");
    }

    private Throwable failure(Call call) {
        var failure = catchThrowable(() -> http.ok(call));
        assertThat(failure).isInstanceOf(Problem.class);
        return failure;
    }
}
