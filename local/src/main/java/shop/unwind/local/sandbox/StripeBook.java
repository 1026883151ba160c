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
 * Stripe's books: what a refund, a cancellation, a bank or a buyer does to a payment, and the
 * events that tell of it. A pending refund counts into {@code amount_refunded}, and out again when
 * it fails.
 */
final class StripeBook {
    private static final String INTENTS = "payment_intents";
    private static final String CHARGES = "charges";
    private static final String REFUNDS = "refunds";
    private static final String DISPUTES = "disputes";
    private static final String WARNINGS = "early_fraud_warnings";
    private static final String SESSIONS = "checkout_sessions";

    /** By payment intent: refund mode, order, and the ids of what belongs to it, oldest first. */
    private static final String LINKS = "links";

    private static final Set<String> CANCELLABLE =
            Set.of(
                    "requires_payment_method",
                    "requires_capture",
                    "requires_confirmation",
                    "requires_action",
                    "processing");
    private static final Duration LATER = Duration.ofSeconds(1);

    private final Stage stage;
    private final State state;
    private final Emitter emitter;
    private boolean silent;

    /** Tells the world of a change; the key is that of the call that made it. */
    @FunctionalInterface
    interface Emitter {
        void emit(String type, JsonNode object, Optional<String> idempotencyKey);
    }

    StripeBook(Stage stage, Emitter emitter) {
        this.stage = stage;
        this.state = stage.state();
        this.emitter =
                (type, object, key) -> {
                    if (!silent) emitter.emit(type, object, key);
                };
    }

    /** What already was when the world began is no event. */
    Optional<JsonNode> add(WorldOrder order) {
        var made = Json.of();
        silent = true;
        for (var at = 0; at < order.payments().size(); at++)
            if (order.payments().get(at).gateway().equals("stripe")) made.setAll(add(order, at));
        silent = false;
        return Optional.<JsonNode>of(made).filter(node -> !node.isEmpty());
    }

    private ObjectNode add(WorldOrder order, int at) {
        var payment = order.payments().get(at);
        var intent = StripeObjects.paymentIntent(order, at);
        var charge = StripeObjects.charge(order, at);
        put(INTENTS, intent);
        put(CHARGES, charge);
        var session = StripeObjects.session(intent, "complete", order.placedAt());
        put(SESSIONS, session);
        state.put(
                LINKS,
                id(intent),
                Json.of(
                        "order",
                        order.number(),
                        "refundMode",
                        "succeeds",
                        REFUNDS,
                        List.of(),
                        DISPUTES,
                        List.of(),
                        WARNINGS,
                        List.of(),
                        SESSIONS,
                        List.of(id(session))));
        move(charge, charge.path("amount_captured").asLong());
        if (order.refundedByHand(at) > 0)
            refund(charge, order.refundedByHand(at), Json.of(), Optional.empty());
        if (payment.fraudWarning()) warn(charge);
        switch (payment.dispute()) {
            case "none" -> {}
            case "inquiry" -> openDispute(charge, true);
            case "chargeback" -> openDispute(charge, false);
            default -> closeDispute(openDispute(charge, false), payment.dispute());
        }
        var links = links(id(intent)).put("refundMode", payment.refundMode());
        state.put(LINKS, id(intent), links);
        return Json.of(id(intent), Json.of("charge", id(charge), DISPUTES, links.get(DISPUTES)));
    }

    /**
     * @throws StripeError when the charge does not have so much left, or is disputed
     */
    ObjectNode refund(JsonNode of, long amount, JsonNode wish, Optional<String> key) {
        var charge = get(CHARGES, "charge", id(of));
        check(charge, amount);
        var links = links(charge.path("payment_intent").asText());
        var mode = links.path("refundMode").asText();
        if (mode.equals("refused"))
            throw StripeError.refused(
                    "charge_not_refundable", "Charge " + id(charge) + " cannot be refunded.");
        var id = "re_" + StripeObjects.word(charge) + "_" + (links.path(REFUNDS).size() + 1);
        var refund = StripeObjects.refund(id, charge, amount, wish, stage.now());
        var short_ = available(charge.path("currency").asText()) < amount;
        if (mode.equals("pending") || short_)
            refund.put("status", "pending")
                    .put("pending_reason", short_ ? "insufficient_funds" : "processing");
        else move(charge, -amount);
        put(REFUNDS, refund);
        link(charge, REFUNDS, id);
        refunded(charge, amount);
        emitter.emit("refund.created", refund, key);
        emitter.emit("charge.refunded", get(CHARGES, "charge", id(charge)), key);
        settleByRefund(charge, key);
        if (mode.equals("fails-later")) stage.later(LATER, () -> failLater(id));
        return refund;
    }

    private void check(JsonNode charge, long amount) {
        var left =
                charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
        if (!charge.path("captured").asBoolean())
            throw StripeError.unexpectedState(
                    "This PaymentIntent does not have a successful charge to refund.",
                    get(INTENTS, "payment_intent", charge.path("payment_intent").asText()));
        if (left == 0)
            throw StripeError.refused(
                    "charge_already_refunded",
                    "Charge " + id(charge) + " has already been refunded.");
        if (disputes(charge).anyMatch(dispute -> !dispute.path("is_charge_refundable").asBoolean()))
            throw StripeError.refused(
                    "charge_disputed",
                    "Charge " + id(charge) + " has been charged back; cannot issue a refund.");
        if (amount > left)
            throw StripeError.refused(
                    "Refund amount (%s) is greater than unrefunded amount on charge (%s)"
                            .formatted(shown(amount, charge), shown(left, charge)));
    }

    /** The bank took the refund. */
    void settle(ObjectNode refund) {
        refund.put("status", "succeeded").remove("pending_reason");
        put(REFUNDS, refund);
        move(refund, -refund.path("amount").asLong());
        emitter.emit("refund.updated", refund, Optional.empty());
    }

    /** The bank sent the refund back, perhaps long after it succeeded. */
    void fail(ObjectNode refund, String reason) {
        var amount = refund.path("amount").asLong();
        if (refund.path("status").asText().equals("succeeded")) move(refund, amount);
        refund.put("status", "failed").put("failure_reason", reason).remove("pending_reason");
        put(REFUNDS, refund);
        refunded(get(CHARGES, "charge", refund.path("charge").asText()), -amount);
        emitter.emit("refund.updated", refund, Optional.empty());
        emitter.emit("refund.failed", refund, Optional.empty());
    }

    private void failLater(String id) {
        state.get(REFUNDS, id)
                .filter(refund -> refund.path("status").asText().equals("succeeded"))
                .ifPresent(refund -> fail(refund, "expired_or_canceled_card"));
    }

    /** Goes on waiting for the refunds that are to fail. */
    void resume() {
        state.all(LINKS)
                .filter(links -> links.path("refundMode").asText().equals("fails-later"))
                .flatMap(links -> Json.stream(links.path(REFUNDS)))
                .forEach(id -> stage.later(LATER, () -> failLater(id.asText())));
    }

    /**
     * @throws StripeError when there is nothing left to cancel
     */
    ObjectNode cancel(ObjectNode intent, Optional<String> reason, Optional<String> key) {
        var status = intent.path("status").asText();
        if (!CANCELLABLE.contains(status))
            throw StripeError.unexpectedState(
                    "You cannot cancel this PaymentIntent because it has a status of "
                            + status
                            + ". Only a PaymentIntent with one of the following statuses may be"
                            + " canceled: requires_payment_method, requires_capture,"
                            + " requires_confirmation, requires_action, processing.",
                    intent);
        if (!status.equals("requires_capture") && hasOpenSession(intent))
            throw StripeError.unexpectedState(
                    "You cannot cancel this PaymentIntent because it was created by a Checkout"
                            + " Session. Expire the Checkout Session instead.",
                    intent);
        intent.put("status", "canceled")
                .put("amount_capturable", 0)
                .put("canceled_at", stage.now().getEpochSecond())
                .set("cancellation_reason", Json.node(reason));
        put(INTENTS, intent);
        state.get(CHARGES, intent.path("latest_charge").asText())
                .ifPresent(
                        charge -> {
                            charge.put("refunded", true);
                            put(CHARGES, charge.set("amount_refunded", charge.get("amount")));
                        });
        emitter.emit("payment_intent.canceled", intent, key);
        return intent;
    }

    void capture(ObjectNode intent) {
        if (!intent.path("status").asText().equals("requires_capture"))
            throw new Fields.Invalid("only an authorisation can be captured");
        var amount = intent.path("amount").asLong();
        put(INTENTS, intent.put("status", "succeeded").put("amount_received", amount));
        put(INTENTS, intent.put("amount_capturable", 0));
        var charge = charge(intent);
        put(CHARGES, charge.put("captured", true).put("amount_captured", amount));
        move(charge, amount);
        emitter.emit("charge.captured", charge, Optional.empty());
        emitter.emit("payment_intent.succeeded", intent, Optional.empty());
    }

    ObjectNode openDispute(JsonNode of, boolean inquiry) {
        var charge = get(CHARGES, "charge", id(of));
        if (charge.path("refunded").asBoolean() || !charge.path("captured").asBoolean())
            throw new Fields.Invalid("a bank cannot dispute what was refunded or never captured");
        var count = links(charge.path("payment_intent").asText()).path(DISPUTES).size();
        var id = "dp_" + StripeObjects.word(charge) + "_" + (count + 1);
        var dispute = StripeObjects.dispute(id, charge, inquiry, stage.now());
        put(DISPUTES, dispute);
        link(charge, DISPUTES, id);
        put(CHARGES, charge.put("disputed", true));
        warningsOver(charge);
        emitter.emit("charge.dispute.created", dispute, Optional.empty());
        if (!inquiry) withdraw(dispute);
        return dispute;
    }

    /** An inquiry becomes a chargeback. */
    void escalate(ObjectNode dispute) {
        if (!dispute.path("status").asText().startsWith("warning_"))
            throw new Fields.Invalid("only an inquiry can become a chargeback");
        dispute.put("status", "needs_response").put("is_charge_refundable", false);
        ((ObjectNode) dispute.at("/payment_method_details/card")).put("case_type", "chargeback");
        put(DISPUTES, dispute);
        emitter.emit("charge.dispute.updated", dispute, Optional.empty());
        withdraw(dispute);
    }

    /** As {@code won}, {@code lost} or {@code warning_closed}. */
    void closeDispute(ObjectNode dispute, String status) {
        var won = status.equals("won");
        dispute.put("status", status).put("is_charge_refundable", !status.equals("lost"));
        put(DISPUTES, dispute);
        if (won) {
            move(dispute, dispute.path("amount").asLong());
            emitter.emit("charge.dispute.funds_reinstated", dispute, Optional.empty());
        }
        emitter.emit("charge.dispute.closed", dispute, Optional.empty());
    }

    /** Evidence was given; submitted evidence goes to the bank. */
    ObjectNode answerDispute(ObjectNode dispute, JsonNode wish) {
        if (wish.has("metadata")) dispute.set("metadata", wish.get("metadata"));
        if (wish.path("evidence").isObject()) {
            ((ObjectNode) dispute.get("evidence")).setAll((ObjectNode) wish.get("evidence"));
            var details = (ObjectNode) dispute.get("evidence_details");
            details.put("has_evidence", true);
            if (!Json.text(wish, "submit").orElse("true").equals("false")) {
                details.put("submission_count", details.path("submission_count").asInt() + 1);
                var inquiry = dispute.path("status").asText().startsWith("warning_");
                dispute.put("status", inquiry ? "warning_under_review" : "under_review");
            }
        }
        put(DISPUTES, dispute);
        emitter.emit("charge.dispute.updated", dispute, Optional.empty());
        return dispute;
    }

    void warn(JsonNode charge) {
        var count = links(charge.path("payment_intent").asText()).path(WARNINGS).size();
        var id = "issfr_" + StripeObjects.word(charge) + "_" + (count + 1);
        var actionable =
                !charge.path("refunded").asBoolean() && !charge.path("disputed").asBoolean();
        var warning = StripeObjects.warning(id, charge, actionable, stage.now());
        put(WARNINGS, warning);
        link(charge, WARNINGS, id);
        emitter.emit("radar.early_fraud_warning.created", warning, Optional.empty());
    }

    /** The buyer opens the payment page again: the intent waits for a payment method. */
    ObjectNode openSession(ObjectNode intent) {
        put(INTENTS, intent.put("status", "requires_payment_method").put("amount_capturable", 0));
        var session = StripeObjects.session(intent, "open", stage.now());
        put(SESSIONS, session);
        return session;
    }

    ObjectNode expire(ObjectNode session) {
        if (!session.path("status").asText().equals("open"))
            throw StripeError.refused(
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This"
                            + " Checkout Session has a status of "
                            + session.path("status").asText()
                            + ".");
        put(SESSIONS, session.put("status", "expired"));
        var intent = get(INTENTS, "payment_intent", session.path("payment_intent").asText());
        put(INTENTS, intent.put("status", "canceled").put("cancellation_reason", "expired"));
        emitter.emit("checkout.session.expired", session, Optional.empty());
        return session;
    }

    /** Money leaves the account for the bank of the shop. */
    void payOut(String currency, long amount) {
        var balance = balance(currency);
        state.put("balance", currency, balance.put("available", available(currency) - amount));
    }

    Stream<ObjectNode> belonging(String collection, String intent) {
        return state.get(LINKS, intent).stream()
                .flatMap(links -> Json.stream(links.path(collection)))
                .flatMap(id -> state.get(collection, id.asText()).stream());
    }

    ObjectNode charge(JsonNode intent) {
        return get(CHARGES, "charge", intent.path("latest_charge").asText());
    }

    Stream<Platform.Book> books() {
        return state.all(CHARGES).map(this::book);
    }

    private Platform.Book book(JsonNode charge) {
        var intent = charge.path("payment_intent").asText();
        return new Platform.Book(
                "stripe",
                intent,
                links(intent).path("order").asText(),
                charge.path("currency").asText().toUpperCase(Locale.ROOT),
                charge.path("amount_captured").asLong(),
                refunded(intent, "succeeded"),
                refunded(intent, "pending"),
                (int) belonging(REFUNDS, intent).filter(StripeBook::counts).count());
    }

    private long refunded(String intent, String status) {
        return belonging(REFUNDS, intent)
                .filter(refund -> refund.path("status").asText().equals(status))
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
    }

    private static boolean counts(JsonNode refund) {
        return !Set.of("failed", "canceled").contains(refund.path("status").asText());
    }

    private Stream<ObjectNode> disputes(JsonNode charge) {
        return belonging(DISPUTES, charge.path("payment_intent").asText());
    }

    private boolean hasOpenSession(JsonNode intent) {
        return belonging(SESSIONS, id(intent))
                .anyMatch(session -> session.path("status").asText().equals("open"));
    }

    private void refunded(ObjectNode charge, long amount) {
        var total = charge.path("amount_refunded").asLong() + amount;
        charge.put("amount_refunded", total);
        charge.put("refunded", total == charge.path("amount_captured").asLong());
        put(CHARGES, charge);
        if (charge.path("refunded").asBoolean()) warningsOver(charge);
    }

    /** A full refund settles an inquiry. */
    private void settleByRefund(JsonNode charge, Optional<String> key) {
        if (!charge.path("refunded").asBoolean()) return;
        disputes(charge)
                .filter(dispute -> dispute.path("status").asText().startsWith("warning_"))
                .filter(dispute -> !dispute.path("status").asText().equals("warning_closed"))
                .forEach(
                        dispute -> {
                            put(DISPUTES, dispute.put("status", "warning_closed"));
                            emitter.emit("charge.dispute.closed", dispute, key);
                        });
    }

    private void warningsOver(JsonNode charge) {
        belonging(WARNINGS, charge.path("payment_intent").asText())
                .filter(warning -> warning.path("actionable").asBoolean())
                .forEach(
                        warning -> {
                            put(WARNINGS, warning.put("actionable", false));
                            emitter.emit(
                                    "radar.early_fraud_warning.updated", warning, Optional.empty());
                        });
    }

    private void withdraw(JsonNode dispute) {
        move(dispute, -dispute.path("amount").asLong());
        emitter.emit("charge.dispute.funds_withdrawn", dispute, Optional.empty());
    }

    private void move(JsonNode inCurrencyOf, long amount) {
        payOut(inCurrencyOf.path("currency").asText(), -amount);
    }

    private long available(String currency) {
        return balance(currency).path("available").asLong();
    }

    private ObjectNode balance(String currency) {
        return state.get("balance", currency).orElseGet(() -> Json.of("available", 0));
    }

    private void link(JsonNode charge, String collection, String id) {
        var intent = charge.path("payment_intent").asText();
        var links = links(intent);
        links.withArray(collection).add(id);
        state.put(LINKS, intent, links);
    }

    private ObjectNode links(String intent) {
        return get(LINKS, "payment_intent", intent);
    }

    private ObjectNode get(String collection, String kind, String id) {
        return state.get(collection, id).orElseThrow(() -> StripeError.missing(kind, id, kind));
    }

    private void put(String collection, JsonNode object) {
        state.put(collection, id(object), (ObjectNode) object);
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static String shown(long amount, JsonNode charge) {
        var currency = charge.path("currency").asText().toUpperCase(Locale.ROOT);
        var decimal = Money.decimal(amount, currency);
        return currency.equals("USD") ? "$" + decimal : decimal + " " + currency;
    }
}
