package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class SlackTest {
    private static final String APPROVAL =
            """
            {"channel":"C0123ABCD","text":"Refund?",
             "metadata":{"event_type":"approval","event_payload":{"case":"shopify-1001-1"}},
             "blocks":[
              {"type":"section","text":{"type":"mrkdwn","text":"*Order 1001*"}},
              {"type":"actions","block_id":"approval","elements":[
               {"type":"button","action_id":"approve","value":"shopify-1001-1","style":"primary",
                "text":{"type":"plain_text","text":"Approve"}}]}]}\
            """;

    private final TestingReceiver receiver = new TestingReceiver();
    private final Sandbox sandbox =
            Sandbox.start(
                    0, SandboxOptions.defaults().withLimits(false).withWebhooks(receiver.uri()));
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void message_shouldBeFoundByItsMetadata_whenAskedFor() {
        var posted = client.slack("chat.postMessage", APPROVAL);

        var with =
                client.slackGet(
                        "conversations.history?channel=C0123ABCD&include_all_metadata=true");
        var without = client.slackGet("conversations.history?channel=C0123ABCD");

        assertThat(posted.at("/ok").asBoolean()).isTrue();
        assertThat(with.at("/messages/0/ts")).isEqualTo(posted.at("/ts"));
        assertThat(with.at("/messages/0/metadata/event_payload/case").asText())
                .isEqualTo("shopify-1001-1");
        assertThat(without.at("/messages/0/metadata").isMissingNode()).isTrue();
    }

    @Test
    void message_shouldBeReplacedAndAnswered_byItsTs() {
        var ts = client.slack("chat.postMessage", APPROVAL).at("/ts").asText();

        var updated =
                client.slack(
                        "chat.update",
                        Json.of(
                                        "channel",
                                        "C0123ABCD",
                                        "ts",
                                        ts,
                                        "text",
                                        "Done",
                                        "blocks",
                                        List.of())
                                .toString());
        var reply =
                client.slack(
                        "chat.postMessage",
                        Json.of("channel", "C0123ABCD", "thread_ts", ts, "text", "ok").toString());
        var thread = client.slackGet("conversations.replies?channel=C0123ABCD&ts=" + ts);
        var history = client.slackGet("conversations.history?channel=C0123ABCD");

        assertThat(updated.at("/text").asText()).isEqualTo("Done");
        assertThat(thread.at("/messages/1/ts")).isEqualTo(reply.at("/ts"));
        assertThat(history.at("/messages").size()).isEqualTo(1);
    }

    @Test
    void errors_shouldComeWithHttp200_inSlacksWords() {
        assertError("channel_not_found", "{\"channel\":\"refunds\",\"text\":\"x\"}");
        assertError("is_archived", "{\"channel\":\"C0ARCHIVED\",\"text\":\"x\"}");
        assertError("not_in_channel", "{\"channel\":\"C0PRIVATE\",\"text\":\"x\"}");
        assertError("no_text", "{\"channel\":\"C0123ABCD\"}");
        assertError("invalid_json", "{\"channel\"");
        assertError(
                "cannot_reply_to_message",
                "{\"channel\":\"C0123ABCD\",\"text\":\"x\",\"thread_ts\":\"1.000001\"}");
        assertError(
                "invalid_metadata_format",
                "{\"channel\":\"C0123ABCD\",\"text\":\"x\",\"metadata\":{\"event_type\":\"a\"}}");
        var stranger =
                client.send(
                        "POST",
                        "/slack/api/auth.test",
                        Map.of("Authorization", "Bearer xoxb-other"),
                        "");
        var nobody = client.send("POST", "/slack/api/auth.test", Map.of(), "");
        var method = client.slack("chat.shout", "{}");

        assertThat(stranger.at("/error").asText()).isEqualTo("invalid_auth");
        assertThat(nobody.at("/error").asText()).isEqualTo("not_authed");
        assertThat(method.at("/error").asText()).isEqualTo("unknown_method");
        assertThat(stranger.status()).isEqualTo(200);
    }

    @Test
    void blocks_shouldBeRefused_whenTheyBreakALimit() {
        var long76 = "x".repeat(76);
        var wrong =
                List.of(
                        "{\"type\":\"section\"}",
                        "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"\"}}",
                        "{\"type\":\"bogus\"}",
                        "{\"type\":\"actions\",\"elements\":[]}",
                        "{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"text\":"
                                + "{\"type\":\"plain_text\",\"text\":\""
                                + long76
                                + "\"}}]}",
                        "{\"type\":\"divider\",\"block_id\":\"a\"},"
                                + "{\"type\":\"divider\",\"block_id\":\"a\"}");

        for (var blocks : wrong)
            assertError(
                    "invalid_blocks", "{\"channel\":\"C0123ABCD\",\"blocks\":[" + blocks + "]}");
        var many = "{\"type\":\"divider\"},".repeat(50) + "{\"type\":\"divider\"}";
        assertError("invalid_blocks", "{\"channel\":\"C0123ABCD\",\"blocks\":[" + many + "]}");
    }

    @Test
    void press_shouldSendASignedRequest_andTellTheStatusItGot() {
        client.slack("chat.postMessage", APPROVAL);

        var press =
                client.act(
                        "/slack/_act/press",
                        "{\"channel\":\"C0123ABCD\",\"action_id\":\"approve\",\"user\":\"U0222\"}");

        var request = receiver.requests().getFirst();
        var signed = "v0:" + request.header("x-slack-request-timestamp") + ":" + request.body();
        assertThat(press.at("/status").asInt()).isEqualTo(200);
        assertThat(request.path()).isEqualTo("/webhooks/slack");
        assertThat(request.header("x-slack-signature"))
                .isEqualTo("v0=" + Signature.hex(signingSecret(), signed));
        var payload = payload(request.body());
        assertThat(payload.at("/actions/0/value").asText()).isEqualTo("shopify-1001-1");
        assertThat(payload.at("/user/username").asText()).isEqualTo("kim");
    }

    @Test
    void update_shouldBeRefused_whenTheMessageIsLocked() {
        var posted = client.slack("chat.postMessage", APPROVAL);
        var place = Json.of("channel", "C0123ABCD", "ts", posted.at("/ts"));
        client.act("/slack/_act/lock", place.toString());

        var updated = client.slack("chat.update", place.put("text", "Done").toString());

        assertThat(updated.at("/error").asText()).isEqualTo("edit_window_closed");
        assertThat(client.slackGet("conversations.history?channel=C0123ABCD").toString())
                .doesNotContain("locked");
    }

    @Test
    void responseUrl_shouldServeFiveTimes() {
        client.slack("chat.postMessage", APPROVAL);
        client.act("/slack/_act/press", "{\"channel\":\"C0123ABCD\",\"action_id\":\"approve\"}");
        var url = payload(receiver.requests().getFirst().body()).path("response_url").asText();
        var path = url.substring(url.indexOf("/slack/"));
        var body = "{\"replace_original\":true,\"text\":\"Approved\"}";

        var statuses =
                IntStream.range(0, 6)
                        .mapToObj(_ -> client.control("POST", path, body).status())
                        .toList();

        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 404);
        assertThat(
                        client.slackGet("conversations.history?channel=C0123ABCD")
                                .at("/messages/0/text")
                                .asText())
                .isEqualTo("Approved");
    }

    @Test
    void command_shouldComeAsSlackSendsIt() {
        client.act("/slack/_act/command", "{\"text\":\"1001 changed my mind\"}");

        var form = Form.parse(receiver.requests().getFirst().body());

        assertThat(form.path("command").asText()).isEqualTo("/cancel-order");
        assertThat(form.path("text").asText()).isEqualTo("1001 changed my mind");
        assertThat(form.path("user_name").asText()).isEqualTo("sam");
    }

    @Test
    void posts_shouldBeThrottled_whenAChannelGetsTooMany() {
        try (var sandbox = TestingClient.sandboxOfStoppedClock()) {
            var client = new TestingClient(sandbox);

            var last =
                    IntStream.range(0, 40)
                            .mapToObj(_ -> client.slack("chat.postMessage", APPROVAL))
                            .filter(reply -> reply.status() == 429)
                            .findFirst()
                            .orElseThrow();

            assertThat(last.at("/error").asText()).isEqualTo("ratelimited");
            assertThat(last.header("Retry-After")).isEqualTo("1");
        }
    }

    private void assertError(String error, String body) {
        var reply = client.slack("chat.postMessage", body);
        assertThat(reply.at("/error").asText()).as(body).isEqualTo(error);
        assertThat(reply.status()).isEqualTo(200);
    }

    private static String signingSecret() {
        return Secrets.of("slack").path("signingSecret").asText();
    }

    private static JsonNode payload(String body) {
        return Json.parse(Form.parse(body).path("payload").asText()).orElseThrow();
    }
}
