package shop.unwind.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;

import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.time.Duration;
import java.util.Optional;

/** What Stripe's errors mean. https://docs.stripe.com/error-codes */
final class StripeProblems {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private StripeProblems() {}

    /**
     * The problem by kind, in Stripe's words.
     *
     * @param changes whether the call may have changed something
     */
    static Problem of(StripeException answer, boolean changes) {
        return switch (answer) {
            case AuthenticationException _ ->
                    new Misconfigured("secret unwind/stripe: field apiKey: " + words(answer));
            case RateLimitException limited -> new Throttled(pause(limited));
            default -> byStatus(answer, changes);
        };
    }

    private static Problem byStatus(StripeException answer, boolean changes) {
        var status = Optional.ofNullable(answer.getStatusCode()).orElse(0);
        var code = Optional.ofNullable(answer.getCode());
        if (status == 404 || code.equals(Optional.of("resource_missing")))
            return new NotFound(words(answer));
        // Most likely our own earlier attempt, still under way: look for it before acting again.
        var underWay = code.equals(Optional.of("idempotency_key_in_use"));
        if (status / 100 == 4 && !underWay)
            return new Refused(code.orElse(type(answer).orElse("HTTP " + status)), words(answer));
        return changes ? new Unsure(words(answer)) : new Unreachable(words(answer));
    }

    /** Stripe's message, which may quote what we sent, and the request id its support asks for. */
    private static String words(StripeException answer) {
        var said = error(answer).map(StripeError::getMessage).map(Redaction::clean);
        var request = Optional.ofNullable(answer.getRequestId());
        return said.orElse("HTTP " + answer.getStatusCode() + " without a readable body")
                + request.map(id -> " (request " + id + ")").orElse("");
    }

    private static Optional<String> type(StripeException answer) {
        return error(answer).map(StripeError::getType);
    }

    private static Optional<StripeError> error(StripeException answer) {
        return Optional.ofNullable(answer.getStripeError());
    }

    private static Duration pause(RateLimitException limited) {
        return error(limited)
                .flatMap(error -> error.getLastResponse().headers().firstValue("Retry-After"))
                .filter(text -> text.matches("\\d{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(PAUSE);
    }
}
