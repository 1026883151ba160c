package shop.unwind.decide;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Recorded;
import shop.unwind.config.Documents.Versioned;
import shop.unwind.config.Policy;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An order, what was asked, and how things stand; each method changes one of these. */
final class Situation {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final Personal ANN = new Personal("ann@example.com");

    private final List<Order.Line> lines = new ArrayList<>();
    private final List<Recorded> requests = new ArrayList<>();
    private final List<Dispute> disputes = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private String gateway = "stripe";
    private Money captured = usd(4660);
    private Money refunded = usd(0);
    private long capturedBesides;
    private String capturedIn = "USD";
    private Optional<Instant> refundableUntil = Optional.empty();
    private Instant now = NOW;
    private Optional<Personal> email = Optional.of(ANN);
    private Instant placedAt = NOW.minus(Duration.ofHours(2));
    private boolean cancelled;
    private boolean inReturn;
    private boolean exists = true;
    private boolean tookBefore;
    private int round;

    static Money usd(long minor) {
        return new Money(minor, "USD");
    }

    Situation line(String sku, int quantity, int shipped) {
        return line(sku, quantity, quantity, shipped);
    }

    Situation line(String sku, int quantity, int open, int shipped) {
        return line(sku, quantity, open, shipped, 1000L * open);
    }

    /**
     * A line of the order.
     *
     * @param worth of the open units, as the storefront reckons it
     */
    Situation line(String sku, int quantity, int open, int shipped, long worth) {
        var id = "line-" + (lines.size() + 1);
        var reckoned = Optional.of(usd(worth));
        lines.add(new Order.Line(id, sku, sku + " paint", quantity, open, shipped, reckoned));
        return this;
    }

    Situation asks(Wish.LineWish... wished) {
        return asks(ANN, wished);
    }

    Situation asks(Personal email, Wish.LineWish... wished) {
        return request(Source.PORTAL, Optional.of(email), new Wish.Cancel("", List.of(wished)));
    }

    Situation request(Source source, Optional<Personal> email, Wish wish) {
        var number = requests.size() + 1;
        var order = new shop.unwind.domain.OrderRef("shopify", "1001");
        requests.add(
                new Recorded(
                        number,
                        new Request(
                                "r" + number,
                                source,
                                wish,
                                Optional.of(order),
                                Optional.empty(),
                                email,
                                now)));
        return this;
    }

    Situation tookBefore() {
        tookBefore = true;
        return this;
    }

    Situation dispute(Dispute.Phase phase) {
        disputes.add(new Dispute("dp_1", phase));
        return this;
    }

    Situation answered(Approval.Answer answer) {
        var asked = decide().hold().orElseThrow();
        approvals.add(
                new Approval(
                        asked.approval(),
                        answer,
                        asked.question(),
                        "t",
                        "m",
                        NOW,
                        Optional.of("U1")));
        return this;
    }

    Situation refundableUntil(Instant until) {
        refundableUntil = Optional.of(until);
        return this;
    }

    Situation paid(long captured, long refunded) {
        this.captured = usd(captured);
        this.refunded = usd(refunded);
        return this;
    }

    /** A second payment through the same gateway. */
    Situation besides(long captured) {
        capturedBesides = captured;
        return this;
    }

    /** What the provider took is in another currency than the order. */
    Situation capturedIn(String currency) {
        capturedIn = currency;
        return this;
    }

    Situation through(String gateway) {
        this.gateway = gateway;
        return this;
    }

    Situation placed(Duration ago) {
        placedAt = NOW.minus(ago);
        return this;
    }

    /** What is asked from now on, and the decision, come this much later. */
    Situation passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    Situation withoutEmail() {
        email = Optional.empty();
        return this;
    }

    Situation tagged(String tag) {
        tags.add(tag);
        return this;
    }

    Situation cancelled() {
        cancelled = true;
        return this;
    }

    Situation inReturn() {
        inReturn = true;
        return this;
    }

    Situation unknown() {
        exists = false;
        return this;
    }

    Situation round(int round) {
        this.round = round;
        return this;
    }

    Decision decide() {
        return new Decider().decide(facts());
    }

    private Facts facts() {
        var ref = new shop.unwind.domain.OrderRef("shopify", "1001");
        var tender =
                new Order.Tender(
                        gateway, "5001.1", Optional.of("pi_1"), usd(0), captured, refunded);
        var order =
                new Order(
                        ref,
                        "5001",
                        placedAt,
                        "USD",
                        email,
                        cancelled,
                        inReturn,
                        tags,
                        lines,
                        List.of(tender),
                        List.of());
        var owner = store().owner("shopify", gateway).orElse("nobody");
        var payment =
                new Payment(
                        new PaymentRef(owner, "pi_1"),
                        taken(usd(0)),
                        taken(captured),
                        taken(refunded),
                        disputes,
                        refundableUntil);
        var besides =
                new Payment(
                        new PaymentRef(owner, "pi_2"),
                        taken(usd(0)),
                        taken(usd(capturedBesides)),
                        taken(usd(0)),
                        List.of());
        var payments = owner.equals("staff") ? List.<Payment>of() : List.of(payment, besides);
        return new Facts(
                new CaseId(ref, 1),
                exists ? Optional.of(order) : Optional.empty(),
                requests,
                payments,
                approvals,
                store(),
                new Versioned<>("v000007", policy()),
                tookBefore,
                round,
                "shipped meanwhile",
                now);
    }

    private Money taken(Money amount) {
        return new Money(amount.minor(), capturedIn);
    }

    static Store store() {
        var empty = (JsonNode) Json.object();
        return new Store(
                        "Acrylic House",
                        Map.of(
                                "shopify",
                                empty,
                                "stripe",
                                empty,
                                "sendgrid",
                                empty,
                                "slack",
                                empty),
                        Map.of(
                                "shopify",
                                Map.of(
                                        "stripe", "stripe",
                                        "shopify_payments", "shopify",
                                        "manual", "staff")),
                        Optional.empty(),
                        List.of(),
                        List.of("sendgrid"),
                        List.of("slack"),
                        true,
                        Optional.empty())
                .validated();
    }

    static Policy policy() {
        return new Policy(
                        Duration.ofDays(14),
                        Policy.PartlyShipped.CANCEL_THE_REST,
                        new Policy.MadeToOrder(
                                List.of("CUT-*"), List.of("made-to-order"), Duration.ofHours(1)),
                        List.of(
                                new Policy.Limit(Map.of("USD", "250.00"), Duration.ofHours(24)),
                                new Policy.Limit(Map.of("USD", "1000.00"), Duration.ofHours(2))),
                        new Policy.Disputes(true, Duration.ofHours(48)),
                        true,
                        new Policy.Patience(
                                Duration.ofMinutes(2),
                                Duration.ofHours(1),
                                Duration.ofHours(6),
                                Duration.ofDays(14)),
                        new Policy.Breaker(
                                new Policy.Allowance(50, Map.of("USD", "5000.00")),
                                new Policy.Allowance(200, Map.of("USD", "20000.00")),
                                Duration.ofDays(2)))
                .validated();
    }
}
