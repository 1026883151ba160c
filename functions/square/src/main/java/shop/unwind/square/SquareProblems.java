package shop.unwind.square;

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
import java.util.Set;

/**
 * What Square's errors mean. Which status comes with which code is UNCONFIRMED for most, so the
 * code counts where it says more. https://developer.squareup.com/docs/build-basics/handling-errors
 */
final class SquareProblems {
    static final String DISPUTED = "PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE";
    static final String KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";

    private static final Set<String> OLD_VERSION = Set.of("VERSION_MISMATCH", "CONFLICT");
    private static final Set<String> NO_RESULT =
            Set.of(
                    "INTERNAL_SERVER_ERROR",
                    "SERVICE_UNAVAILABLE",
                    "GATEWAY_TIMEOUT",
                    "REQUEST_TIMEOUT",
                    "TEMPORARY_ERROR");

    /** Another refund of the payment is on its way. */
    private static final String BUSY = "REFUND_ALREADY_PENDING";

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** What staff can do about a refusal. */
    private static final Map<String, String> ADVICE =
            Map.of(
                    "PAYMENT_NOT_REFUNDABLE",
                    "Square no longer takes this payment back: pay the buyer another way",
                    "REFUND_DECLINED",
                    "the buyer's bank does not take it: pay the buyer another way",
                    "INSUFFICIENT_PERMISSIONS_FOR_REFUND",
                    "the token's owner may not refund: give the permission",
                    DISPUTED,
                    "a dispute is open: see it in Square's dashboard",
                    KEY_REUSED,
                    "the same step was sent with other content before");

    private SquareProblems() {}

    /** The problem by kind, in Square's words. */
    static Problem of(Reply reply) {
        var code = code(reply);
        if (NO_RESULT.contains(code)) return reply.unclear(code);
        if (code.equals(BUSY)) return new Throttled(PAUSE);
        return switch (reply.status()) {
            case 401 ->
                    new Misconfigured(
                            "secret unwind/square: Square turns its token away " + words(reply));
            case 403 ->
                    new Misconfigured(
                            "secret unwind/square: its token lacks a permission that this call"
                                    + " needs (orders, payments, inventory, disputes) "
                                    + words(reply));
            case 404 -> new NotFound(reply.call().path());
            // Of anything but an order it may mean that our own earlier call is under way.
            case 409 ->
                    OLD_VERSION.contains(code) && reply.call().method().equals("PUT")
                            ? refused(code, reply)
                            : reply.unclear(words(reply));
            case 400, 402, 405, 413, 415, 422 -> refused(code, reply);
            default -> Http.problem(reply);
        };
    }

    /** Whether the order has changed since it was read. */
    static boolean isOldVersion(Refused no) {
        return OLD_VERSION.contains(no.code());
    }

    private static Refused refused(String code, Reply reply) {
        var advice = Optional.ofNullable(ADVICE.get(code));
        return new Refused(code, words(reply) + advice.map(text -> ": " + text).orElse(""));
    }

    /** The first error's code. */
    static String code(JsonNode answer) {
        return Redaction.clean(answer.at("/errors/0/code").asText("HTTP error"));
    }

    private static String code(Reply reply) {
        return code(body(reply));
    }

    /** The detail may quote what was sent, and these words reach the log. */
    private static String words(Reply reply) {
        return Redaction.clean(body(reply).at("/errors/0/detail").asText("no words"));
    }

    private static JsonNode body(Reply reply) {
        try {
            return Json.parse(reply.body());
        } catch (Json.Malformed unreadable) {
            return Json.object();
        }
    }
}
