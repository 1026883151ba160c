package shop.unwind.paypal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.problem.Refused;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a payment stands: a capture, or an authorisation with what was captured of it.
 *
 * @param held on the buyer's account and not taken
 * @param released the hold was voided
 * @param refunds every one that is known
 * @param complete whether these are all
 */
record Standing(
        Money held, boolean released, List<Taken> taken, List<JsonNode> refunds, boolean complete) {

    /**
     * One capture.
     *
     * @param at when it was made, where PayPal says so
     */
    record Taken(String id, Money captured, Money refunded, Optional<Instant> at) {
        Money left() {
            return captured.minus(refunded);
        }
    }

    /**
     * A capture that was asked for by its own id.
     *
     * @param order it belongs to, where PayPal still knows it: only there stand its refunds
     */
    static Standing ofCapture(JsonNode capture, Optional<JsonNode> order) {
        var refunds = order.map(of -> children(of, "refunds", "captures", id(capture)));
        return new Standing(
                zero(capture),
                false,
                List.of(taken(capture, refunds.orElse(List.of()))),
                refunds.orElse(List.of()),
                refunds.isPresent());
    }

    static Standing ofAuthorization(JsonNode hold, Optional<JsonNode> order) {
        return switch (hold.path("status").asText()) {
            case "CREATED", "PENDING" -> held(Amounts.money(hold.path("amount")), false);
            case "VOIDED" -> held(zero(hold), true);
            case "DENIED" -> held(zero(hold), false);
            case "CAPTURED", "PARTIALLY_CAPTURED" -> captured(hold, order);
            case String other -> throw unknown("authorization", other);
        };
    }

    /**
     * The payment as we know it.
     *
     * @param refundable how long after its capture money can be refunded
     */
    Payment payment(String id, List<Dispute> disputes, Duration refundable) {
        return new Payment(
                new PaymentRef("paypal", id),
                held,
                taken.stream().map(Taken::captured).reduce(none(), Money::plus),
                taken.stream().map(Taken::refunded).reduce(none(), Money::plus),
                disputes,
                latest().map(at -> at.plus(refundable)));
    }

    /** While money is left of several captures, one of them may still be young enough. */
    private Optional<Instant> latest() {
        var left = taken.stream().filter(capture -> capture.left().isPositive()).toList();
        return left.stream().allMatch(capture -> capture.at().isPresent())
                ? left.stream().flatMap(capture -> capture.at().stream()).max(Instant::compareTo)
                : Optional.empty();
    }

    /** Whether refunds gave back all that was taken. */
    boolean isRepaid() {
        return taken.stream().noneMatch(capture -> capture.left().isPositive());
    }

    /**
     * The capture that an amount is given back from.
     *
     * @throws Refused when no single one has so much left
     */
    String captureWith(Money amount) {
        return taken.stream()
                .filter(capture -> capture.left().compareTo(amount) >= 0)
                .map(Taken::id)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        "several_captures",
                                        "no single capture has "
                                                + amount
                                                + " left: refund them at PayPal by hand"));
    }

    /** A refund that failed or was called off gives nothing back. */
    static boolean stands(JsonNode refund) {
        return !List.of("FAILED", "CANCELLED").contains(refund.path("status").asText());
    }

    private static Standing held(Money amount, boolean released) {
        return new Standing(amount, released, List.of(), List.of(), true);
    }

    private static Standing captured(JsonNode hold, Optional<JsonNode> order) {
        var captures =
                order.map(of -> children(of, "captures", "authorizations", id(hold)))
                        .orElse(List.of());
        if (captures.isEmpty())
            throw new Refused(
                    "captures_unknown",
                    "authorisation " + id(hold) + " was captured, and PayPal no longer says how");
        var parts = captures.stream().map(capture -> ofCapture(capture, order)).toList();
        return new Standing(
                left(hold, parts),
                false,
                parts.stream().flatMap(part -> part.taken.stream()).toList(),
                parts.stream().flatMap(part -> part.refunds.stream()).toList(),
                true);
    }

    private static Money left(JsonNode hold, List<Standing> parts) {
        if (hold.path("status").asText().equals("CAPTURED")) return zero(hold);
        var taken =
                parts.stream()
                        .flatMap(part -> part.taken.stream())
                        .map(Taken::captured)
                        .reduce(zero(hold), Money::plus);
        var left = Amounts.money(hold.path("amount")).minus(taken);
        return left.isPositive() ? left : zero(hold);
    }

    private static Taken taken(JsonNode capture, List<JsonNode> refunds) {
        var amount = Amounts.money(capture.path("amount"));
        return switch (capture.path("status").asText()) {
            case "COMPLETED", "PENDING" -> taken(capture, amount, listed(capture, refunds));
            case "PARTIALLY_REFUNDED" -> taken(capture, amount, part(capture, refunds));
            case "REFUNDED" -> taken(capture, amount, amount);
            case "DECLINED", "FAILED" -> taken(capture, zero(capture), zero(capture));
            case String other -> throw unknown("capture", other);
        };
    }

    private static Taken taken(JsonNode capture, Money captured, Money refunded) {
        return new Taken(id(capture), captured, refunded, time(capture.path("create_time")));
    }

    private static Optional<Instant> time(JsonNode time) {
        try {
            return Optional.of(OffsetDateTime.parse(time.asText()).toInstant());
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** Refunds on their way count, whether or not the capture counts them already. */
    private static Money listed(JsonNode capture, List<JsonNode> refunds) {
        return refunds.stream()
                .filter(Standing::stands)
                .map(refund -> Amounts.money(refund.path("amount")))
                .reduce(zero(capture), Money::plus);
    }

    private static Money part(JsonNode capture, List<JsonNode> refunds) {
        var listed = listed(capture, refunds);
        if (listed.isPositive()) return listed;
        throw new Refused(
                "refunds_unknown",
                "a part of capture "
                        + id(capture)
                        + " was refunded, and PayPal no longer says how"
                        + " much: look at it there");
    }

    /**
     * What belongs to a payment; what does not say to which counts, which errs on the safe side.
     */
    private static List<JsonNode> children(
            JsonNode order, String kind, String parents, String parent) {
        return order.path("purchase_units")
                .valueStream()
                .flatMap(unit -> unit.path("payments").path(kind).valueStream())
                .filter(one -> up(one, parents).allMatch(parent::equals))
                .toList();
    }

    private static Stream<String> up(JsonNode one, String parents) {
        return one.path("links")
                .valueStream()
                .filter(link -> link.path("rel").asText().equals("up"))
                .map(link -> link.path("href").asText())
                .filter(href -> href.contains("/" + parents + "/"))
                .map(href -> href.substring(href.lastIndexOf('/') + 1));
    }

    private Money none() {
        return Money.zero(held.currency());
    }

    private static Money zero(JsonNode of) {
        return Money.zero(of.path("amount").path("currency_code").asText());
    }

    private static Refused unknown(String what, String status) {
        return new Refused(
                "unknown_status", "the " + what + "'s status " + status + " is new to us");
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
