package shop.unwind.local.connectors;

import org.junit.jupiter.api.AfterEach;

import shop.unwind.connector.Messenger;
import shop.unwind.connector.MessengerContract;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

final class SlackTest extends MessengerContract {
    private static final Map<String, String> SECRETS = TestSandbox.secrets("slack");

    private final TestSandbox sandbox = new TestSandbox(clock);

    SlackTest() {
        vendor.passesOnTo(sandbox.uri("slack"));
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Messenger messenger(String baseUrl) {
        var settings = Json.object().put("channel", "C0123ABCD").put("baseUrl", baseUrl);
        return TestSandbox.connector(
                "slack.Slack", Messenger.class, TestPlatform.of("slack", settings, SECRETS, clock));
    }

    @Override
    protected String token() {
        return SECRETS.getOrDefault("botToken", "");
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
    protected void takesIt() {}

    @Override
    protected void shows(Optional<String> mark) {
        if (mark.isPresent()) vendor.letsTheLostArrive();
    }

    @Override
    protected void saysLater(Duration pause) {
        vendor.answers(
                429,
                "{\"ok\":false,\"error\":\"ratelimited\"}",
                Map.of("Retry-After", Long.toString(pause.toSeconds())));
    }

    @Override
    protected void rejectsTheSecret() {
        vendor.answers(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
    }

    @Override
    protected void refuses(String words) {
        var body = Json.object().put("ok", false).put("error", "invalid_blocks");
        body.putObject("response_metadata").putArray("messages").add(words);
        vendor.answers(200, Json.write(body));
    }

    @Override
    protected void babbles() {
        vendor.answers(200, "{\"ok\":true,\"perhaps\":true}");
    }
}
