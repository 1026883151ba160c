package shop.unwind.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.connector.MessengerContract;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.json.Json;
import shop.unwind.once.Found;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.TestPlatform;
import shop.unwind.words.Button;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SlackTest extends MessengerContract {
    private static final String TOKEN = "xoxb-made-up-token";
    private static final String CHANNEL = "C0123ABCD";
    private static final String TS = "1794300000.000100";
    private static final Hold HOLD =
            new Hold("approval-3f2a", "Cancel and refund 24.99 USD for order 1001?", 3600);

    private final ObjectNode settings =
            Json.object().put("channel", CHANNEL).put("urgentChannel", "C0456EFGH");

    @Override
    protected Slack messenger(String baseUrl) {
        return new Slack(
                TestPlatform.of(
                        "slack",
                        settings.put("baseUrl", baseUrl),
                        Map.of("botToken", TOKEN),
                        clock));
    }

    @Override
    protected String token() {
        return TOKEN;
    }

    @Override
    protected boolean canBeAsked() {
        return true;
    }

    @Override
    protected long sends() {
        return vendor.asked().stream()
                .filter(ask -> ask.path().equals("/api/chat.postMessage"))
                .count();
    }

    @Override
    protected void takesIt() {
        vendor.answers(200, Json.write(posted()));
    }

    @Override
    protected void shows(Optional<String> mark) {
        vendor.answers(200, Json.write(page("", mark.orElse("unwind:somebody:else"))));
    }

    @Override
    protected void saysLater(Duration pause) {
        vendor.answers(
                429,
                Json.write(error("ratelimited")),
                Map.of("Retry-After", "" + pause.toSeconds()));
    }

    @Override
    protected void rejectsTheSecret() {
        refused("invalid_auth");
    }

    @Override
    protected void refuses(String words) {
        var body = error("invalid_blocks");
        body.putObject("response_metadata").putArray("messages").add(words);
        vendor.answers(200, Json.write(body));
    }

    @Override
    protected void babbles() {
        vendor.answers(200, "{\"ok\":true,\"perhaps\":true}");
    }

    @Test
    void letter_shouldBePlainTextAndMarked_whenItIsTold() {
        takesIt();

        tell(letter("<!channel> Tom & Jerry"));

        var message = vendor.lastAsked().json();
        assertThat(message.path("channel").asText()).isEqualTo(CHANNEL);
        assertThat(message.path("text").asText()).isEqualTo("Order 1001 cancelled");
        assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("*Order 1001 cancelled*");
        assertThat(message.at("/blocks/1/text")).isEqualTo(plain("<!channel> Tom & Jerry"));
        assertThat(message.at("/metadata/event_payload/case").asText()).isEqualTo("shopify-1001-1");
        assertThat(message.at("/metadata/event_payload/step").asText()).isEqualTo(attempt().mark());
        assertThat(vendor.lastAsked().header("Authorization")).contains("Bearer " + TOKEN);
    }

    @Test
    void letter_shouldCarryNoPersonalData_whenItIsTold() {
        takesIt();

        tell(letter());

        assertThat(vendor.lastAsked().body()).doesNotContain(ADDRESS); // R10
    }

    @Test
    void letter_shouldStandOutInItsOwnChannel_whenItIsUrgent() {
        takesIt();

        tell(alarm());

        var message = vendor.lastAsked().json();
        assertThat(message.path("channel").asText()).isEqualTo("C0456EFGH");
        assertThat(message.path("text").asText()).startsWith(":rotating_light: ");
        var button =
                message.path("blocks").path(message.path("blocks").size() - 1).at("/elements/0");
        assertThat(button.path("action_id").asText()).isEqualTo("run_again");
        assertThat(button.path("value").asText()).isEqualTo("shopify-1001-1");
    }

    @Test
    void letter_shouldGoToTheChannel_whenNoUrgentChannelIsSet() {
        settings.remove("urgentChannel");
        takesIt();

        tell(alarm());

        assertThat(vendor.lastAsked().json().path("channel").asText()).isEqualTo(CHANNEL);
    }

    @Test
    void letter_shouldBeCutToSlacksLimits_whenItIsEndless() {
        takesIt();

        tell(letter(Collections.nCopies(80, "&".repeat(4000)).toArray(String[]::new)));

        var blocks = vendor.lastAsked().json().path("blocks");
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        assertThat(blocks)
                .allSatisfy(
                        block -> {
                            var text = block.at("/text/text").asText();
                            assertThat(text).hasSizeBetween(1, 3000);
                        });
    }

    @Test
    void question_shouldHaveTwoAnswersAndAskOnceMore_whenItIsAsked() {
        takesIt();

        var outcome = slack().ask(CASE, HOLD, Optional.empty()).act(attempt());

        var buttons = vendor.lastAsked().json().path("blocks").path(1).path("elements");
        assertThat(outcome.reference()).isEqualTo(CHANNEL + ":" + TS);
        assertThat(buttons.path(0).path("action_id").asText()).isEqualTo("approve_cancellation");
        assertThat(buttons.path(1).path("action_id").asText()).isEqualTo("reject_cancellation");
        assertThat(buttons)
                .allSatisfy(
                        button ->
                                assertThat(button.path("value").asText())
                                        .isEqualTo("shopify-1001-1 approval-3f2a"));
        assertThat(buttons.path(0).at("/confirm/text/text").asText()).isEqualTo(HOLD.question());
    }

    @Test
    void question_shouldShowWhatTheCustomerWrote_asNothingButText() {
        takesIt();
        var hostile =
                "<!channel> @here <https://evil.example|Approve> :white_check_mark:\n*Approved*";
        var reason = new Personal(hostile + "x".repeat(10_000));

        slack().ask(CASE, HOLD, Optional.of(reason)).act(attempt());

        var message = vendor.lastAsked().json();
        var words = hostile.replace('\n', ' ') + "x".repeat(299 - hostile.length()) + "…";
        assertThat(message.path("blocks"))
                .extracting(block -> block.path("type").asText())
                .containsExactly("section", "section", "actions");
        assertThat(message.at("/blocks/1/text"))
                .isEqualTo(plain("The customer's words: “" + words + "”"));
        assertThat(message.path("text").asText()).isEqualTo(HOLD.question());
        assertThat(message.path("metadata").toString()).doesNotContain("channel");
    }

    @Test
    void question_shouldBeFoundOnALaterPage_whenItsAnswerWasLost() {
        vendor.answers(200, Json.write(page("next=", "unwind:other:step")));
        shows(Optional.of(attempt().mark()));

        var found = slack().ask(CASE, HOLD, Optional.empty()).find(attempt());

        assertThat(found)
                .isInstanceOfSatisfying(
                        Found.Done.class,
                        done ->
                                assertThat(done.outcome().reference())
                                        .isEqualTo(CHANNEL + ":" + TS));
        assertThat(vendor.asked().getFirst().path())
                .contains("include_all_metadata=true")
                .contains("oldest=");
        assertThat(vendor.lastAsked().path()).contains("cursor=next%3D");
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, U0111, Approved by <@U0111>",
        "REJECTED, sam & co, Rejected by sam &amp; co",
        "EXPIRED, nobody, Nobody answered in time"
    })
    void question_shouldShowItsAnswerWithoutButtons_whenItIsSettled(
            Answer answer, String by, String words) {
        vendor.answers(200, "{\"ok\":true}").answers(200, "{\"ok\":true}");

        slack().settle(CASE, approval(CHANNEL + ":" + TS).answered(answer, by));
        slack().settle(CASE, approval(CHANNEL + ":" + TS).answered(answer, by));

        var update = vendor.lastAsked().json();
        assertThat(vendor.lastAsked().path()).isEqualTo("/api/chat.update");
        assertThat(update.path("channel").asText()).isEqualTo(CHANNEL);
        assertThat(update.path("ts").asText()).isEqualTo(TS);
        assertThat(update.at("/blocks/1/text/text").asText()).endsWith(words);
        assertThat(update.path("blocks"))
                .allSatisfy(block -> assertThat(block.path("type").asText()).isEqualTo("section"));
        assertThat(vendor.asked().getFirst().body()).isEqualTo(vendor.lastAsked().body());
    }

    @Test
    void settling_shouldDoNothing_whenTheQuestionWasNeverShownOrIsOpen() {
        slack().settle(CASE, approval("").answered(Answer.APPROVED, "U0111"));
        slack().settle(CASE, approval(CHANNEL + ":" + TS));

        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void settling_shouldSucceed_whenSomebodyDeletedTheQuestion() {
        refused("message_not_found");
        var approval = approval(CHANNEL + ":" + TS).answered(Answer.APPROVED, "U0111");

        assertThatCode(() -> slack().settle(CASE, approval)).doesNotThrowAnyException();
    }

    @Test
    void settling_shouldFail_whenSlackRefusesForAnotherReason() {
        refused("cant_update_message");
        var approval = approval(CHANNEL + ":" + TS).answered(Answer.APPROVED, "U0111");

        assertThatThrownBy(() -> slack().settle(CASE, approval)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_error", "fatal_error", "service_unavailable"})
    void problem_shouldBeUnsure_whenSlackMayHavePostedIt(String error) {
        refused(error);

        assertThat(failure()).isInstanceOf(Unsure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ratelimited", "rate_limited", "team_added_to_org", "org_login_required"})
    void problem_shouldBeThrottled_whenSlackWillTakeItLater(String error) {
        refused(error);

        assertThat(failure()).isInstanceOf(Throttled.class);
    }

    @Test
    void problem_shouldBeUnreachable_whenTheRequestArrivedInPart() {
        refused("request_timeout");

        assertThat(failure()).isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel_not_found", "not_in_channel", "is_archived"})
    void problem_shouldNameTheChannel_whenItCannotBePostedTo(String error) {
        refused(error);

        assertThat(failure())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.slack")
                .hasMessageContaining(CHANNEL)
                .hasMessageContaining(error);
    }

    @Test
    void problem_shouldNameTheScope_whenItIsMissing() {
        vendor.answers(200, Json.write(error("missing_scope").put("needed", "chat:write")));

        assertThat(failure())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("scope chat:write");
    }

    @Test
    void problem_shouldBeRefused_whenTheErrorIsNew() {
        refused("moon_in_wrong_phase");

        assertThat(failure())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("moon_in_wrong_phase");
    }

    @Test
    void probe_shouldNameTheChannel_whenTheTokenIsGoodAndTheChannelIsNot() {
        vendor.answers(200, "{\"ok\":true}");
        refused("channel_not_found");

        assertThatThrownBy(() -> slack().probe())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining(CHANNEL);
        assertThat(vendor.asked().getFirst().path()).isEqualTo("/api/auth.test");
    }

    private Slack slack() {
        return messenger(vendor.url());
    }

    private Throwable failure() {
        return catchThrowable(() -> tell(letter()));
    }

    private static Letter alarm() {
        return new Letter(
                CASE,
                Audience.STAFF,
                Optional.empty(),
                "Order 1001 needs attention",
                List.of("The refund was declined."),
                true,
                Optional.of(new Button.RunAgain(CASE)));
    }

    private Approval approval(String message) {
        return new Approval(
                HOLD.approval(),
                Answer.OPEN,
                HOLD.question(),
                "task-token",
                message,
                clock.instant(),
                Optional.empty());
    }

    private void refused(String error) {
        vendor.answers(200, Json.write(error(error)));
    }

    /** In which Slack reads nothing but characters. */
    private static ObjectNode plain(String text) {
        return Json.object().put("type", "plain_text").put("text", text).put("emoji", false);
    }

    private static ObjectNode error(String error) {
        return Json.object().put("ok", false).put("error", error);
    }

    private static JsonNode posted() {
        return Json.object().put("ok", true).put("channel", CHANNEL).put("ts", TS);
    }

    private static JsonNode page(String cursor, String mark) {
        var page = Json.object().put("ok", true);
        var message = page.putArray("messages").addObject().put("type", "message").put("ts", TS);
        message.putObject("metadata").putObject("event_payload").put("step", mark);
        page.putObject("response_metadata").put("next_cursor", cursor);
        return page;
    }
}
