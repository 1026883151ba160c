package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PayPal's books: what a refund, a void, a buyer or a bank does to a payment, and the events that
 * tell of it. A pending refund stands in its order at once, and in its capture's status when it has
 * arrived.
 */
final class PayPalBook {
    static final String CAPTURES = "captures";
    static final String HOLDS = "authorizations";
    static final String ORDERS = "orders";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";

    /** By capture or hold: order, word, refund mode, and what belongs to it, oldest first. */
    private static final String LINKS = "links";

    private static final Set<String> OVER = Set.of("FAILED", "CANCELLED");
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration REFUNDABLE = Duration.ofDays(180);

    /** Tells the world of a change. */
    @FunctionalInterface
    interface Emitter {
        void emit(String type, String kind, JsonNode resource);
    }

    private final Stage stage;
    private final State state;
    private final Emitter emitter;
    private boolean silent;

    PayPalBook(Stage stage, Emitter emitter) {
        this.stage = stage;
        this.state = stage.state();
        this.emitter =
                (type, kind, resource) -> {
                    if (!silent) emitter.emit(type, kind, resource);
                };
    }

    /** What already was when the world began is no event. */
    Optional<JsonNode> add(WorldOrder order) {
        var made = Json.of();
        silent = true;
        for (var at = 0; at < order.payments().size(); at++)
            if (order.payments().get(at).gateway().equals("paypal")) made.setAll(add(order, at));
        silent = false;
        return Optional.<JsonNode>of(made).filter(node -> !node.isEmpty());
    }

    private ObjectNode add(WorldOrder order, int at) {
        var payment = order.payments().get(at);
        var id = PayPalObjects.payment(order, at);
        var orderId = PayPalObjects.id("O" + (at + 1), order.word());
        var made = PayPalObjects.order(orderId, order, payment);
        state.put(ORDERS, orderId, made);
        if (payment.captured())
            state.put(CAPTURES, id, PayPalObjects.capture(id, made, order.placedAt()));
        else state.put(HOLDS, id, PayPalObjects.hold(id, made, order.placedAt()));
        state.put(LINKS, id, links(order, at, orderId, payment.captured() ? id : ""));
        if (order.refundedByHand(at) > 0) refund(capture(id), order.refundedByHand(at), Json.of());
        if (payment.fraudWarning()) open(capture(id), "CHARGEBACK", "ALERT");
        switch (payment.dispute()) {
            case "none" -> {}
            case "inquiry" -> open(capture(id), "INQUIRY", "INTERNAL");
            case "claim" -> open(capture(id), "CHARGEBACK", "INTERNAL");
            case "chargeback" -> open(capture(id), "CHARGEBACK", "EXTERNAL");
            default ->
                    resolve(
                            open(capture(id), "CHARGEBACK", "EXTERNAL"),
                            payment.dispute().equals("won")
                                    ? "RESOLVED_SELLER_FAVOUR"
                                    : "RESOLVED_BUYER_FAVOUR");
        }
        state.put(LINKS, id, links(id).put("refundMode", payment.refundMode()));
        return Json.of(id, Json.of("order", orderId, DISPUTES, links(id).get(DISPUTES)));
    }

    private static ObjectNode links(WorldOrder order, int at, String orderId, String capture) {
        return Json.of(
                "order",
                order.number(),
                "orderId",
                orderId,
                "word",
                order.word(),
                "at",
                at + 1,
                "capture",
                capture,
                "refundMode",
                "succeeds",
                REFUNDS,
                List.of(),
                DISPUTES,
                List.of());
    }

    /**
     * @throws PayPalError when it is not allowed as the capture stands
     */
    ObjectNode refund(ObjectNode capture, long amount, JsonNode wish) {
        check(capture, amount);
        var root = root(capture);
        var links = links(root);
        var mode = links.path("refundMode").asText();
        if (mode.equals("refused"))
            throw PayPalError.refused(
                    "REFUND_NOT_ALLOWED", "Full refund refused - partial refund only.");
        var count = links.path(REFUNDS).size() + 1;
        var id =
                PayPalObjects.id(
                        "R%d%02d".formatted(links.path("at").asInt(), count),
                        links.path("word").asText());
        var currency = PayPalObjects.currency(capture.path("amount"));
        var refund =
                PayPalObjects.refund(
                        id, id(capture), PayPalObjects.money(amount, currency), wish, stage.now());
        if (mode.equals("pending") || mode.equals("fails-later"))
            refund.put("status", "PENDING").set("status_details", Json.of("reason", "ECHECK"));
        state.put(REFUNDS, id, refund);
        link(root, REFUNDS, id);
        if (isSettled(refund)) arrived(refund);
        if (mode.equals("fails-later")) stage.later(LATER, () -> failLater(id));
        return refund;
    }

    private void check(JsonNode capture, long amount) {
        var left = left(capture);
        if (capture.path("status").asText().equals("PENDING"))
            throw PayPalError.refused(
                    "PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.");
        var age = Duration.between(PayPalObjects.createdAt(capture), stage.now());
        if (age.compareTo(REFUNDABLE) > 0)
            throw PayPalError.refused(
                    "REFUND_TIME_LIMIT_EXCEEDED",
                    "You are over the time limit to perform a refund on this capture");
        if (left <= 0)
            throw PayPalError.refused(
                    "CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded");
        if (amount > left)
            throw PayPalError.refused(
                    "REFUND_AMOUNT_EXCEEDED",
                    "The refund amount must be less than or equal to the capture amount that has"
                            + " not yet been refunded.");
        var open = disputes(capture).filter(dispute -> !isOver(dispute)).toList();
        if (open.stream().anyMatch(dispute -> is(dispute, "dispute_channel", "EXTERNAL")))
            throw PayPalError.refused(
                    "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK",
                    "Refunds not allowed on this capture due to a chargeback on the card or"
                            + " bank.");
        if (!open.isEmpty() && amount < left)
            throw PayPalError.refused(
                    "TRANSACTION_DISPUTED",
                    "Partial refunds cannot be offered at this time because there is an open case"
                            + " on this transaction.");
    }

    private long left(JsonNode capture) {
        return PayPalObjects.minor(capture.path("amount")) - returned(capture);
    }

    /** Given back, whether settled or on its way. */
    long returned(JsonNode capture) {
        return sum(capture, false);
    }

    private long sum(JsonNode capture, boolean settledOnly) {
        return refunds(capture)
                .filter(refund -> !settledOnly || isSettled(refund))
                .filter(refund -> !OVER.contains(refund.path("status").asText()))
                .mapToLong(refund -> PayPalObjects.minor(refund.path("amount")))
                .sum();
    }

    /** A pending refund reaches the buyer. */
    void settle(ObjectNode refund) {
        refund.put("status", "COMPLETED").remove("status_details");
        state.put(REFUNDS, id(refund), refund);
        arrived(refund);
    }

    void fail(ObjectNode refund) {
        state.put(REFUNDS, id(refund), refund.put("status", "FAILED"));
    }

    private void failLater(String id) {
        state.get(REFUNDS, id)
                .filter(refund -> is(refund, "status", "PENDING"))
                .ifPresent(this::fail);
    }

    void resume() {
        state.all(LINKS)
                .filter(links -> is(links, "refundMode", "fails-later"))
                .flatMap(links -> Json.stream(links.path(REFUNDS)))
                .forEach(id -> stage.later(LATER, () -> failLater(id.asText())));
    }

    private void arrived(ObjectNode refund) {
        var capture = state.get(CAPTURES, parent(refund)).orElseThrow();
        var whole = sum(capture, true) >= PayPalObjects.minor(capture.path("amount"));
        capture.put("status", whole ? "REFUNDED" : "PARTIALLY_REFUNDED");
        state.put(CAPTURES, id(capture), capture);
        emitter.emit("PAYMENT.CAPTURE.REFUNDED", "refund", refund);
        if (whole)
            disputes(capture)
                    .filter(dispute -> !isOver(dispute))
                    .forEach(dispute -> resolve(dispute, "RESOLVED_BUYER_FAVOUR"));
    }

    /**
     * @throws PayPalError when there is nothing left to void
     */
    ObjectNode release(ObjectNode hold) {
        switch (hold.path("status").asText()) {
            case "VOIDED" ->
                    throw PayPalError.refused(
                            "PREVIOUSLY_VOIDED",
                            "Authorization has been previously voided and hence cannot be voided"
                                    + " again.");
            case "CAPTURED" ->
                    throw PayPalError.refused(
                            "PREVIOUSLY_CAPTURED",
                            "Authorization has been previously captured and hence cannot be"
                                    + " voided.");
            default -> {}
        }
        state.put(HOLDS, id(hold), hold.put("status", "VOIDED"));
        emitter.emit("PAYMENT.AUTHORIZATION.VOIDED", "authorization", hold);
        return hold;
    }

    /** Somebody at the shop takes what was held. */
    void capture(ObjectNode hold) {
        if (!is(hold, "status", "CREATED"))
            throw new Fields.Invalid("only an authorisation can be captured");
        var links = links(id(hold));
        var order = state.get(ORDERS, links.path("orderId").asText()).orElseThrow();
        var id = PayPalObjects.id("C" + links.path("at").asInt(), links.path("word").asText());
        var capture = PayPalObjects.capture(id, order, stage.now());
        ((ObjectNode) capture.at("/supplementary_data/related_ids"))
                .put("authorization_id", id(hold));
        capture.withArray("links")
                .add(PayPalObjects.link("up", "v2/payments/authorizations/" + id(hold)));
        state.put(CAPTURES, id, capture);
        state.put(HOLDS, id(hold), hold.put("status", "CAPTURED"));
        state.put(LINKS, id(hold), links.put("capture", id));
        emitter.emit("PAYMENT.CAPTURE.COMPLETED", "capture", capture);
    }

    /** PayPal no longer knows the order behind a payment. */
    void forgetOrder(String payment) {
        state.remove(ORDERS, links(payment).path("orderId").asText());
    }

    void chargeBack(ObjectNode capture) {
        if (left(capture) <= 0) throw new Fields.Invalid("a bank cannot dispute what was refunded");
        open(capture, "CHARGEBACK", "EXTERNAL");
    }

    ObjectNode open(ObjectNode capture, String stageOfLife, String channel) {
        var root = root(capture);
        var count = links(root).path(DISPUTES).size() + 1;
        var id = "PP-R-" + links(root).path("word").asText().toUpperCase(Locale.ROOT) + "-" + count;
        var dispute = PayPalObjects.dispute(id, capture, stageOfLife, channel, stage.now());
        state.put(DISPUTES, id, dispute);
        link(root, DISPUTES, id);
        emitter.emit("CUSTOMER.DISPUTE.CREATED", "dispute", dispute);
        return dispute;
    }

    /** An inquiry becomes a claim. */
    void escalate(ObjectNode dispute) {
        if (!is(dispute, "dispute_life_cycle_stage", "INQUIRY"))
            throw new Fields.Invalid("only an inquiry can become a claim");
        change(dispute.put("dispute_life_cycle_stage", "CHARGEBACK"), "UPDATED");
    }

    void review(ObjectNode dispute) {
        change(dispute.put("status", "UNDER_REVIEW"), "UPDATED");
    }

    void resolve(ObjectNode dispute, String outcome) {
        dispute.put("status", "RESOLVED").put("dispute_state", "RESOLVED");
        dispute.set("dispute_outcome", Json.of("outcome_code", outcome));
        change(dispute, "RESOLVED");
    }

    private void change(ObjectNode dispute, String what) {
        state.put(DISPUTES, dispute.path("dispute_id").asText(), dispute);
        emitter.emit("CUSTOMER.DISPUTE." + what, "dispute", dispute);
    }

    /** An order with all that was held, taken and given back. */
    ObjectNode withPayments(ObjectNode order) {
        var payments = Json.of();
        var holds = of(HOLDS, id(order)).toList();
        var captures = of(CAPTURES, id(order)).toList();
        var refunds = captures.stream().flatMap(this::refunds).toList();
        if (!holds.isEmpty()) payments.set(HOLDS, Json.node(holds));
        if (!captures.isEmpty()) payments.set(CAPTURES, Json.node(captures));
        if (!refunds.isEmpty()) payments.set(REFUNDS, Json.node(refunds));
        ((ObjectNode) order.at("/purchase_units/0")).set("payments", payments);
        return order;
    }

    private Stream<ObjectNode> of(String collection, String order) {
        return state.all(collection)
                .filter(
                        one ->
                                one.at("/supplementary_data/related_ids/order_id")
                                        .asText()
                                        .equals(order));
    }

    /** The capture of a payment. */
    ObjectNode capture(String payment) {
        return Optional.of(links(payment).path("capture").asText())
                .flatMap(id -> state.get(CAPTURES, id))
                .orElseThrow(() -> new Fields.Invalid("nothing was captured of " + payment));
    }

    Stream<ObjectNode> belonging(String collection, String payment) {
        return state.get(LINKS, payment).stream()
                .flatMap(links -> Json.stream(links.path(collection)))
                .flatMap(id -> state.get(collection, id.asText()).stream());
    }

    Stream<ObjectNode> disputes(JsonNode capture) {
        return belonging(DISPUTES, root(capture));
    }

    private Stream<ObjectNode> refunds(JsonNode capture) {
        return belonging(REFUNDS, root(capture));
    }

    Stream<Platform.Book> books() {
        var captures = state.all(CAPTURES).filter(capture -> root(capture).equals(id(capture)));
        return Stream.concat(state.all(HOLDS), captures).map(this::book);
    }

    private Platform.Book book(JsonNode payment) {
        var links = links(id(payment));
        var capture = state.get(CAPTURES, links.path("capture").asText());
        return new Platform.Book(
                "paypal",
                id(payment),
                links.path("order").asText(),
                PayPalObjects.currency(payment.path("amount")),
                capture.map(taken -> PayPalObjects.minor(taken.path("amount"))).orElse(0L),
                refunded(id(payment), "COMPLETED"),
                refunded(id(payment), "PENDING"),
                (int)
                        belonging(REFUNDS, id(payment))
                                .filter(refund -> !OVER.contains(refund.path("status").asText()))
                                .count());
    }

    private long refunded(String payment, String status) {
        return belonging(REFUNDS, payment)
                .filter(refund -> is(refund, "status", status))
                .mapToLong(refund -> PayPalObjects.minor(refund.path("amount")))
                .sum();
    }

    /** What a capture's links stand under: the hold that it was made of, else itself. */
    private static String root(JsonNode capture) {
        var hold = capture.at("/supplementary_data/related_ids/authorization_id").asText("");
        return hold.isEmpty() ? id(capture) : hold;
    }

    private static String parent(JsonNode refund) {
        var up = refund.path("links").path(1).path("href").asText();
        return up.substring(up.lastIndexOf('/') + 1);
    }

    private void link(String payment, String collection, String id) {
        var links = links(payment);
        links.withArray(collection).add(id);
        state.put(LINKS, payment, links);
    }

    private ObjectNode links(String payment) {
        return state.get(LINKS, payment).orElseThrow(PayPalError::missing);
    }

    private static boolean isSettled(JsonNode refund) {
        return is(refund, "status", "COMPLETED");
    }

    private static boolean isOver(JsonNode dispute) {
        return is(dispute, "status", "RESOLVED");
    }

    private static boolean is(JsonNode object, String field, String word) {
        return object.path(field).asText().equals(word);
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
