package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What PayPal's errors mean. Its words keep the debug id, which its support asks for.
 * https://developer.paypal.com/api/rest/responses/
 */
final class PayPalProblems {
    /** PayPal names no pause as a rule. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** What staff can do about a refusal. */
    private static final Map<String, String> ADVICE =
            Map.of(
                    "REFUND_FAILED_INSUFFICIENT_FUNDS",
                            "add money to the PayPal balance, then run the case again",
                    "PENDING_CAPTURE",
                            "the buyer's money has not arrived yet: refund it when it has",
                    "PAYEE_ACCOUNT_RESTRICTED",
                            "PayPal has restricted the account: see its resolution centre",
                    "REFUND_TIME_LIMIT_EXCEEDED",
                            "PayPal no longer takes this payment back: pay the buyer another way",
                    "TRANSACTION_DISPUTED",
                            "a case is open: settle it in PayPal's resolution centre",
                    "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK", "the bank moves the money");

    private PayPalProblems() {}

    /** The problem by kind, in PayPal's words. */
    static Problem of(Reply reply) {
        return switch (reply.status()) {
            case 401 ->
                    new Misconfigured(
                            "secret unwind/paypal: PayPal turns our token away " + words(reply));
            case 403 ->
                    new Misconfigured(
                            "PayPal app: tick the feature that this call needs (refunds, disputes)"
                                    + " and wait for a new token "
                                    + words(reply));
            case 404 -> new NotFound(reply.call().path() + words(reply));
            // Our own earlier attempt is still under way: look for it before acting again.
            case 409 -> reply.unclear(words(reply));
            case 429 -> throttled(reply);
            case 400, 415, 422 -> refused(reply);
            default -> Http.problem(reply);
        };
    }

    private static Problem throttled(Reply reply) {
        var named = reply.header().apply("Retry-After");
        return named.isPresent() ? Http.problem(reply) : new Throttled(PAUSE);
    }

    private static Refused refused(Reply reply) {
        var code = Redaction.clean(issue(body(reply)));
        var advice = Optional.ofNullable(ADVICE.get(code));
        return new Refused(code, words(reply) + advice.map(text -> ": " + text).orElse(""));
    }

    private static String issue(JsonNode body) {
        var issue = body.path("details").path(0).path("issue").asText("");
        return issue.isEmpty() ? body.path("name").asText("HTTP error") : issue;
    }

    /** The description may quote what was sent, and these words reach the log. */
    private static String words(Reply reply) {
        var body = body(reply);
        var detail = body.path("details").path(0).path("description").asText("");
        var said = detail.isEmpty() ? body.path("message").asText("no words") : detail;
        return Redaction.clean(said) + debugId(reply, body);
    }

    private static String debugId(Reply reply, JsonNode body) {
        return Optional.of(body.path("debug_id").asText(""))
                .filter(id -> !id.isEmpty())
                .or(() -> reply.header().apply("PayPal-Debug-Id"))
                .filter(id -> id.matches("[A-Za-z0-9-]{1,64}"))
                .map(id -> " (debug id " + id + ")")
                .orElse("");
    }

    private static JsonNode body(Reply reply) {
        try {
            return Json.parse(reply.body());
        } catch (Json.Malformed unreadable) {
            return Json.object();
        }
    }
}
