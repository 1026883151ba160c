package shop.unwind.slack;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;

import java.time.Duration;
import java.util.stream.Collectors;

/** Calls Slack and reads its {@code ok}. */
final class Wire {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Platform platform;
    private final Http http;

    Wire(Platform platform) {
        this.platform = platform;
        this.http = platform.http("https://slack.com");
    }

    /** Posts a message and says where it stands. */
    Place posted(Call call, String channel) {
        var reply = reply(call);
        var answer = ok(reply, channel);
        var place = new Place(answer.path("channel").asText(), answer.path("ts").asText());
        if (place.channel().isEmpty() || place.ts().isEmpty())
            throw reply.unclear("no place of the message");
        return place;
    }

    /**
     * The answer, if it is {@code ok}.
     *
     * @param channel the channel it is about, for the words of a problem
     * @throws Problem for every other answer
     */
    JsonNode ok(Call call, String channel) {
        return ok(reply(call), channel);
    }

    private Reply reply(Call call) {
        return http.ok(call.bearer(platform.secret("botToken")));
    }

    private static JsonNode ok(Reply reply, String channel) {
        var answer = reply.json();
        if (answer.path("ok").booleanValue()) return answer;
        throw problem(reply, answer, channel);
    }

    /** The list of errors is open; a word that is not here is a clear no in Slack's own terms. */
    private static Problem problem(Reply reply, JsonNode answer, String channel) {
        var error = answer.path("error").asText("");
        return switch (error) {
            case "", "internal_error", "fatal_error", "service_unavailable" ->
                    reply.unclear(error.isEmpty() ? "no word" : error);
            case "ratelimited", "rate_limited" -> new Throttled(SHORT);
            case "team_added_to_org", "org_login_required" -> new Throttled(LONG);
            // The request arrived in part, and nothing was done.
            case "request_timeout" -> new Unreachable(reply.call() + ": " + error);
            case "invalid_auth",
                    "not_authed",
                    "account_inactive",
                    "token_revoked",
                    "token_expired",
                    "not_allowed_token_type" ->
                    new Misconfigured("secret unwind/slack: field botToken: " + error);
            case "missing_scope", "no_permission" ->
                    new Misconfigured("Slack app: scope " + needed(answer) + ": " + error);
            case "channel_not_found", "not_in_channel", "is_archived" ->
                    new Misconfigured(
                            "store document: platforms.slack: channel "
                                    + channel
                                    + ": "
                                    + error
                                    + "; invite the app or name another channel");
            default ->
                    error.startsWith("restricted_action")
                            ? new Misconfigured("Slack workspace settings: " + error)
                            : new Refused(error, details(answer));
        };
    }

    private static String needed(JsonNode answer) {
        return answer.path("needed").asText("for " + answer.path("error").asText());
    }

    private static String details(JsonNode answer) {
        var details =
                answer.at("/response_metadata/messages")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("; "));
        return details.isEmpty() ? "without words" : Redaction.clean(details);
    }
}
