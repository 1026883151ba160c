package shop.unwind.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.connector.MessengerContract;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unsure;
import shop.unwind.testing.TestPlatform;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SendGridMailTest extends MessengerContract {
    private static final String KEY = "SG.made-up-key.for-tests";
    private static final String TEMPLATE = "d-0123456789abcdef0123456789abcdef";

    private final ObjectNode settings =
            Json.object().put("from", "orders@example.com").put("fromName", "Acme Paints");

    @Override
    protected SendGridMail messenger(String baseUrl) {
        return new SendGridMail(
                TestPlatform.of(
                        "sendgrid",
                        settings.put("baseUrl", baseUrl),
                        Map.of("apiKey", KEY),
                        clock));
    }

    @Override
    protected String token() {
        return KEY;
    }

    @Override
    protected boolean canBeAsked() {
        return false;
    }

    @Override
    protected long sends() {
        return vendor.asked().stream().filter(ask -> ask.path().endsWith("/mail/send")).count();
    }

    @Override
    protected void takesIt() {
        vendor.answers(202, "", Map.of("X-Message-Id", "made-up-id"));
    }

    @Override
    protected void shows(Optional<String> mark) {
        throw new UnsupportedOperationException("SendGrid cannot be asked");
    }

    @Override
    protected void saysLater(Duration pause) {
        var reset = clock.instant().plus(pause).getEpochSecond();
        vendor.answers(429, errors("too many"), Map.of("X-RateLimit-Reset", "" + reset));
    }

    @Override
    protected void rejectsTheSecret() {
        vendor.answers(401, errors("The provided authorization grant is invalid"));
    }

    @Override
    protected void refuses(String words) {
        vendor.answers(400, errors(words));
    }

    @Override
    protected void babbles() {
        vendor.answers(299, "{\"perhaps\":true}");
    }

    @Test
    void letter_shouldGoAsTextAndEscapedHtml_whenNoTemplateIsSet() {
        takesIt();

        tell(letter("Tom & <Jerry>", "Your \"Acme\" team"));

        var mail = vendor.lastAsked().json();
        assertThat(mail.at("/subject").asText()).isEqualTo("Order 1001 cancelled");
        assertThat(mail.at("/content/0/type").asText()).isEqualTo("text/plain");
        assertThat(mail.at("/content/0/value").asText())
                .isEqualTo("Tom & <Jerry>\n\nYour \"Acme\" team");
        assertThat(mail.at("/content/1/type").asText()).isEqualTo("text/html");
        assertThat(mail.at("/content/1/value").asText())
                .contains("<p>Tom &amp; &lt;Jerry&gt;</p>")
                .contains("<p>Your &quot;Acme&quot; team</p>");
    }

    @Test
    void letter_shouldNotPassForSent_whenSuccessBringsAnError() {
        vendor.answers(200, errors("internal server error"));

        assertThatThrownBy(() -> tell(letter())).isInstanceOf(Unsure.class);
    }

    @Test
    @DisplayName("C44: a letter says that it is automatic, so that no other machine answers it")
    void letter_shouldBeKnownAgainAndStopLoops_whenItIsAnswered() {
        takesIt();

        tell(letter());

        var mail = vendor.lastAsked().json();
        assertThat(mail.at("/headers/Auto-Submitted").asText()).isEqualTo("auto-replied");
        assertThat(mail.at("/headers/X-Unwind-Case").asText()).isEqualTo("shopify-1001-1");
        assertThat(mail.at("/personalizations/0/custom_args/case").asText())
                .isEqualTo("shopify-1001-1");
        assertThat(mail.at("/personalizations/0/custom_args/step").asText())
                .isEqualTo(attempt().mark());
    }

    @Test
    void letter_shouldGoToTheCustomerAloneAndUntracked_whenItIsSent() {
        settings.put("replyTo", "help@example.com");
        takesIt();

        tell(letter());

        var mail = vendor.lastAsked().json();
        assertThat(mail.at("/personalizations/0/to").size()).isEqualTo(1);
        assertThat(mail.at("/personalizations/0/to/0/email").asText()).isEqualTo(ADDRESS);
        assertThat(mail.at("/from/email").asText()).isEqualTo("orders@example.com");
        assertThat(mail.at("/from/name").asText()).isEqualTo("Acme Paints");
        assertThat(mail.at("/reply_to/email").asText()).isEqualTo("help@example.com");
        assertThat(mail.at("/tracking_settings/click_tracking/enable").asBoolean(true)).isFalse();
        assertThat(mail.at("/tracking_settings/open_tracking/enable").asBoolean(true)).isFalse();
    }

    @Test
    void letter_shouldFillTheTemplate_whenOneIsSetForItsAudience() {
        settings.putObject("templates").put("staff", TEMPLATE);
        takesIt();

        tell(letter("One.", "Two."));

        var mail = vendor.lastAsked().json();
        var data = mail.at("/personalizations/0/dynamic_template_data");
        assertThat(mail.path("template_id").asText()).isEqualTo(TEMPLATE);
        assertThat(mail.has("content")).isFalse();
        assertThat(data.path("order").asText()).isEqualTo("1001");
        assertThat(data.path("text").asText()).isEqualTo("One.\n\nTwo.");
        assertThat(data.path("paragraphs").size()).isEqualTo(2);
    }

    @Test
    void letter_shouldBeSkipped_whenNoAddressIsKnown() {
        var unaddressed =
                new Letter(
                        CASE,
                        Audience.CUSTOMER,
                        Optional.empty(),
                        "Your order 1001 is cancelled",
                        List.of("Cancelled."),
                        false,
                        Optional.empty());

        var outcome = tell(unaddressed);

        assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
        assertThat(outcome.words()).isEqualTo("no address known");
        assertThat(vendor.asked()).isEmpty();
    }

    @Test
    void answer_shouldBeSuccess_whenSendGridsSandboxModeSays200WithoutAnId() {
        vendor.answers(200, "");

        assertThat(tell(letter()).result()).isEqualTo(Result.DONE);
    }

    @Test
    void key_shouldTravelAsBearer_whenALetterIsSent() {
        takesIt();

        tell(letter());

        assertThat(vendor.lastAsked().header("Authorization")).contains("Bearer " + KEY);
        assertThat(vendor.lastAsked().path()).isEqualTo("/v3/mail/send");
    }

    @Test
    void baseUrl_shouldKeepPortAndPrefix_whenItPointsElsewhere() {
        takesIt();
        var prefixed = messenger(vendor.url() + "/sendgrid/");

        prefixed.tell(letter()).act(attempt());

        assertThat(vendor.lastAsked().path()).isEqualTo("/sendgrid/v3/mail/send");
    }

    @Test
    void baseUrl_shouldBeNamed_whenItIsNoAddress() {
        assertThatThrownBy(() -> messenger("sendgrid"))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.sendgrid.baseUrl");
    }

    @Test
    void region_shouldBeNamed_whenItIsUnknown() {
        settings.put("region", "mars");

        assertThatThrownBy(() -> messenger(vendor.url()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.sendgrid.region");
    }

    @Test
    void pause_shouldBeShort_whenTheResetHasPassedOrIsMissing() {
        vendor.answers(429, "", Map.of("X-RateLimit-Reset", "1000"));
        vendor.answers(429, "");

        assertThatThrownBy(() -> tell(letter()))
                .isInstanceOf(Throttled.class)
                .hasMessage("asked to come back in 2 s");
        assertThatThrownBy(() -> tell(letter())).isInstanceOf(Throttled.class);
    }

    @Test
    void sender_shouldBeNamed_whenItIsNotVerified() {
        vendor.answers(403, errors("The from address does not match a verified Sender Identity"));

        assertThatThrownBy(() -> tell(letter()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("platforms.sendgrid.from")
                .hasMessageContaining("verified Sender Identity");
    }

    @Test
    void account_shouldBeNamed_whenItsCreditsAreUsedUp() {
        vendor.answers(401, errors("Maximum credits exceeded"));

        assertThatThrownBy(() -> tell(letter()))
                .isInstanceOf(Misconfigured.class)
                .hasMessageStartingWith("SendGrid account");
    }

    @Test
    void probe_shouldNameThePermission_whenTheKeyMayNotSend() {
        vendor.answers(200, "{\"scopes\":[\"templates.read\"]}");
        vendor.answers(200, "{\"scopes\":[\"templates.read\",\"mail.send\"]}");
        var messenger = messenger(vendor.url());

        assertThatThrownBy(messenger::probe)
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("mail.send");
        assertThatCode(messenger::probe).doesNotThrowAnyException();
        assertThat(vendor.lastAsked().path()).isEqualTo("/v3/scopes");
    }

    private static String errors(String message) {
        var body = Json.object();
        body.putArray("errors")
                .addObject()
                .put("message", message)
                .put("field", "personalizations.0.to.0.email");
        return Json.write(body);
    }
}
