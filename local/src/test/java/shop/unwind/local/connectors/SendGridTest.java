package shop.unwind.local.connectors;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Messenger;
import shop.unwind.connector.MessengerContract;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

final class SendGridTest extends MessengerContract {
    private static final Map<String, String> SECRETS = TestSandbox.secrets("sendgrid");

    private final TestSandbox sandbox = new TestSandbox(clock);

    SendGridTest() {
        vendor.passesOnTo(sandbox.uri("sendgrid"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Messenger messenger(String baseUrl) {
        var settings = Json.object().put("from", "orders@example.com").put("baseUrl", baseUrl);
        return TestSandbox.connector(
                "sendgrid.SendGridMail",
                Messenger.class,
                TestPlatform.of("sendgrid", settings, SECRETS, clock));
    }

    @Override
    protected String token() {
        return SECRETS.getOrDefault("apiKey", "");
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
    protected void takesIt() {}

    @Override
    protected void shows(Optional<String> mark) {
        throw new UnsupportedOperationException("SendGrid cannot be asked");
    }

    @Override
    protected void saysLater(Duration pause) {
        var reset = clock.instant().plus(pause).getEpochSecond();
        vendor.answers(429, errors("too many"), Map.of("X-RateLimit-Reset", Long.toString(reset)));
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

    private static String errors(String words) {
        var body = Json.object();
        body.putArray("errors").addObject().put("message", words).putNull("field");
        return Json.write(body);
    }
}
