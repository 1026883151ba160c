package shop.unwind.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.VendorContract;
import shop.unwind.words.Button;
import shop.unwind.words.Letter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What we send, against Slack's own document. It is of 2021: metadata was added to it and its body
 * described as JSON, and it knows blocks only as objects.
 */
final class SlackContractTest {
    private static final String POST = "/chat.postMessage";
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final Attempt ATTEMPT = new Attempt(CASE, "ask", 1);
    private static final Optional<Personal> REASON = Optional.of(new Personal("Wrong colour"));
    private static final String PLACE = "C0123ABCD:1794300000.000100";

    private final VendorContract contract = VendorContract.of("slack/openapi.json");
    private final FakePlatform vendor = new FakePlatform();
    private final TestClock clock = new TestClock();
    private final Slack slack =
            new Slack(
                    TestPlatform.of(
                            "slack",
                            Json.object().put("channel", "C0123ABCD").put("baseUrl", vendor.url()),
                            Map.of("botToken", "xoxb-made-up"),
                            clock));

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    @Test
    void letter_shouldFit_whenItIsPosted() {
        assertThat(contract.complaints(POST, posted())).isEmpty();
    }

    @Test
    void question_shouldFit_whenItIsAskedAndSettled() {
        accept();
        slack.ask(CASE, new Hold("approval-1", "Refund 24.99 USD?", 60), REASON).act(ATTEMPT);
        assertThat(contract.complaints(POST, vendor.lastAsked())).isEmpty();

        accept();
        var open =
                new Approval(
                        "approval-1",
                        Answer.OPEN,
                        "Refund 24.99 USD?",
                        "token",
                        PLACE,
                        clock.instant(),
                        Optional.empty());
        slack.settle(CASE, open.answered(Answer.APPROVED, "U0111"));
        assertThat(contract.complaints("/chat.update", vendor.lastAsked())).isEmpty();
    }

    @Test
    void history_shouldFit_whenItIsLookedThrough() {
        accept();

        slack.ask(CASE, new Hold("approval-1", "Refund?", 60), REASON).find(ATTEMPT);

        assertThat(contract.complaints("/conversations.history", vendor.lastAsked())).isEmpty();
    }

    @Test
    void contract_shouldComplain_whenTheBodyIsWrong() {
        var posted = posted();
        var blocks = ((ObjectNode) posted.json()).put("blocks", "none");
        var links = ((ObjectNode) posted.json()).put("unfurl_links", "perhaps");

        assertThat(contract.complaints(POST, with(posted, blocks))).isNotEmpty();
        assertThat(contract.complaints(POST, with(posted, links))).isNotEmpty();
    }

    private Asked posted() {
        accept();
        var letter =
                new Letter(
                        CASE,
                        Audience.STAFF,
                        Optional.empty(),
                        "Order 1001 needs attention",
                        List.of("The refund was declined."),
                        true,
                        Optional.of(new Button.RunAgain(CASE)));
        slack.tell(letter).act(ATTEMPT);
        return vendor.lastAsked();
    }

    private void accept() {
        vendor.answers(200, "{\"ok\":true,\"channel\":\"C0123ABCD\",\"ts\":\"1.000100\"}");
    }

    private static Asked with(Asked asked, ObjectNode body) {
        return new Asked(asked.method(), asked.path(), asked.headers(), Json.write(body));
    }
}
