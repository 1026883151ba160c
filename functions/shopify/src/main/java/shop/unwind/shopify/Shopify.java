package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Payments;
import shop.unwind.connector.Platform;
import shop.unwind.connector.Storefront;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.domain.Request;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;
import shop.unwind.words.Letter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shopify as storefront, and as mover of what its own gateways took. A payment's id is {@code
 * ORDER.TRANSACTION}; with the transaction left out it stands for the order alone.
 */
final class Shopify implements Storefront, Payments {
    private static final String ORDER_FIELDS = Admin.document("order-fields");
    private static final String BY_NAME = Admin.document("order-by-name") + ORDER_FIELDS;
    private static final String BY_ID = Admin.document("order-by-id") + ORDER_FIELDS;
    private static final String CANCEL = Admin.document("cancel");
    private static final String CANCELLED = Admin.document("cancelled");
    private static final String REFUND = Admin.document("refund");
    private static final String REFUNDS = Admin.document("refunds");
    private static final String FOLLOW = Admin.document("follow");
    private static final String DISPUTE = Admin.document("dispute");
    private static final String NOTE = Admin.document("note");
    private static final String PROBE = Admin.document("probe");

    /** Cancelling is a job of a second or so; after this we look again in the next attempt. */
    private static final Duration JOB = Duration.ofSeconds(8);

    private static final Set<String> GOES_WELL = Set.of("SUCCESS", "PENDING");
    private static final Set<String> CAME_TO_NOTHING = Set.of("ERROR", "FAILURE");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int LONGEST_NOTE = 5000;
    private static final String TAG = "unwind";

    private final Platform platform;
    private final Admin admin;

    Shopify(Platform platform) {
        this.platform = platform;
        this.admin = new Admin(platform);
    }

    @Override
    public Order read(OrderRef order) {
        return order(node(order));
    }

    @Override
    public Order priced(Order order) {
        var lines = order.lines().stream().filter(line -> line.cancellable() > 0).toList();
        if (lines.isEmpty()) return order;
        var worth =
                admin.ask(suggestions(lines), Map.of("id", gid("Order", order.id()))).path("order");
        var priced = new ArrayList<Order.Line>();
        for (var line : order.lines()) {
            var suggested = worth.path("line" + line.id()).path("amountSet");
            priced.add(suggested.isMissingNode() ? line : line.worth(ShopifyJson.money(suggested)));
        }
        return order.withLines(priced);
    }

    @Override
    public Effect cancel(OrderRef order, Plan.Cancel plan) {
        return new Effect() {
            @Override
            public Outcome act(Attempt attempt) {
                return plan.lines().isEmpty()
                        ? cancelWhole(order, plan, attempt)
                        : cancelLines(order, plan, attempt);
            }

            @Override
            public Found find(Attempt attempt) {
                var node = node(order);
                if (!plan.lines().isEmpty()) return marked(node, attempt, "lines taken back");
                return order(node).cancelled()
                        ? new Found.Done(
                                platform.outcome(
                                        attempt,
                                        Result.DONE,
                                        node.path("id").asText(),
                                        "order cancelled"))
                        : new Found.Nothing();
            }
        };
    }

    @Override
    public Effect note(OrderRef order, Letter letter) {
        return new Effect() {
            @Override
            public Outcome act(Attempt attempt) {
                var node = node(order);
                if (isNoted(node, letter))
                    return platform.outcome(
                            attempt,
                            Result.ALREADY,
                            node.path("id").asText(),
                            "noted on the order");
                var id = node.path("id").asText();
                var input = Map.of("id", id, "note", noted(node, letter));
                var answer =
                        admin.change(NOTE, Map.of("id", id, "tags", List.of(TAG), "input", input));
                Admin.userError(answer.path("tagsAdd"), "userErrors").ifPresent(Shopify::refuse);
                Admin.userError(answer.path("orderUpdate"), "userErrors")
                        .ifPresent(Shopify::refuse);
                return platform.outcome(attempt, Result.DONE, id, "noted on the order");
            }

            @Override
            public Found find(Attempt attempt) {
                var node = node(order);
                return isNoted(node, letter)
                        ? new Found.Done(
                                platform.outcome(
                                        attempt,
                                        Result.DONE,
                                        node.path("id").asText(),
                                        "noted on the order"))
                        : new Found.Nothing();
            }
        };
    }

    @Override
    public Payment read(String payment) {
        var node = byId(payment);
        var charge = charge(node, payment);
        return new Payment(
                new PaymentRef("shopify", payment),
                charge.authorised(),
                charge.captured(),
                charge.refunded(),
                order(node).otherDisputes());
    }

    @Override
    public Outcome refund(Payment payment, Money amount, Why why, Attempt attempt) {
        var id = payment.ref().id();
        var transactions =
                charge(byId(id), id).parts(amount).stream().map(part -> refund(id, part)).toList();
        var refund =
                createRefund(
                        orderId(id),
                        attempt,
                        Map.of("transactions", transactions, "currency", amount.currency()));
        return moved(refund, amount, attempt);
    }

    private static Map<String, String> refund(String payment, Charge.Part part) {
        return Map.of(
                "orderId", gid("Order", orderId(payment)),
                "kind", "REFUND",
                "gateway", part.taken().path("gateway").asText(),
                "amount", part.amount().decimal(),
                "parentId", part.taken().path("id").asText());
    }

    /** Cancelling the order has voided what was open; what still is open waits for that. */
    @Override
    public Outcome release(Payment payment, Attempt attempt) {
        var now = read(payment.ref().id());
        if (now.authorised().isPositive())
            throw new Unsure("the authorisation is still open after the cancel");
        return platform.outcome(attempt, Result.DONE, payment.ref().id(), "authorisation released");
    }

    @Override
    public Found find(String payment, Attempt attempt) {
        var order = admin.ask(REFUNDS, Map.of("id", gid("Order", orderId(payment)))).path("order");
        for (var refund : order.path("refunds")) {
            if (!refund.path("note").asText().equals(attempt.mark())) continue;
            return new Found.Done(moved(refund, total(refund), attempt));
        }
        return new Found.Nothing();
    }

    @Override
    public Outcome follow(Outcome pending) {
        var refund = admin.ask(FOLLOW, Map.of("id", pending.reference())).path("node");
        if (!refund.isObject()) throw new NotFound("refund " + pending.reference());
        return switch (standing(refund)) {
            case Result.DONE -> pending.now(Result.DONE, "refund arrived", platform.clock());
            case Result.FAILED ->
                    pending.now(
                            Result.FAILED,
                            "refund came back: " + statuses(refund).getFirst(),
                            platform.clock());
            default -> pending;
        };
    }

    @Override
    public Optional<String> orderNumber(String payment) {
        return Optional.of(order(byId(payment)).ref().number());
    }

    @Override
    public List<Request> eventsSince(Instant then) {
        return new CancelledOrders(admin, platform.clock()).since(then);
    }

    @Override
    public void probe() {
        admin.ask(PROBE, Map.of());
    }

    private Outcome cancelWhole(OrderRef ref, Plan.Cancel plan, Attempt attempt) {
        var order = read(ref);
        var id = gid("Order", order.id());
        if (order.cancelled())
            return platform.outcome(attempt, Result.ALREADY, id, "had been cancelled before");
        if (order.anythingShipped()) throw new Changed("part of the order has shipped meanwhile");
        var refused = startCancel(id, plan, plan.restock(), attempt);
        if (refused.isPresent() && plan.restock() && aboutStock(refused.get()))
            return withoutStock(id, plan, attempt);
        refused.filter(_ -> !isCancelled(id)).ifPresent(Shopify::refuse);
        awaitCancelled(id);
        return platform.outcome(
                attempt,
                Result.DONE,
                id,
                plan.restock() ? "order cancelled, stock taken back" : "order cancelled");
    }

    /** A deactivated location takes no stock; the order is cancelled all the same. */
    private Outcome withoutStock(String id, Plan.Cancel plan, Attempt attempt) {
        startCancel(id, plan, false, attempt)
                .filter(_ -> !isCancelled(id))
                .ifPresent(Shopify::refuse);
        awaitCancelled(id);
        return platform.outcome(
                attempt,
                Result.DONE,
                id,
                "order cancelled; its location is closed, so its stock must be taken back by hand");
    }

    private Optional<Problem> startCancel(
            String id, Plan.Cancel plan, boolean restock, Attempt attempt) {
        var variables =
                Map.of(
                        "orderId",
                        id,
                        "reason",
                        reason(plan.why()),
                        "restock",
                        restock,
                        "staffNote",
                        attempt.mark());
        return Admin.userError(
                admin.change(CANCEL, variables).path("orderCancel"), "orderCancelUserErrors");
    }

    private static boolean aboutStock(Problem refused) {
        return String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("location");
    }

    private void awaitCancelled(String id) {
        var end = platform.clock().instant().plus(JOB);
        var pause = FIRST_PAUSE;
        pause(pause);
        while (!Unsure.unlessSeen("Shopify took the cancel", () -> isCancelled(id))) {
            if (platform.clock().instant().isAfter(end))
                throw new Unsure("Shopify took the cancel but has not done it yet");
            pause(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    private boolean isCancelled(String id) {
        return admin.ask(CANCELLED, Map.of("id", id)).path("order").path("cancelledAt").isTextual();
    }

    private Outcome cancelLines(OrderRef ref, Plan.Cancel plan, Attempt attempt) {
        var order = read(ref);
        var lines = new ArrayList<Map<String, Object>>();
        for (var units : plan.lines()) {
            var line =
                    order.lines().stream()
                            .filter(known -> known.id().equals(units.line()))
                            .findFirst();
            if (line.filter(known -> known.cancellable() >= units.quantity()).isEmpty())
                throw new Changed("a line has shipped or was taken back meanwhile");
            lines.add(refundLine(units, plan.restock()));
        }
        var refund =
                createRefund(
                        order.id(),
                        attempt,
                        Map.of("refundLineItems", lines, "currency", order.currency()));
        return platform.outcome(
                attempt, Result.DONE, refund.path("id").asText(), "lines taken back");
    }

    private Map<String, Object> refundLine(Plan.Units units, boolean restock) {
        var line = new LinkedHashMap<String, Object>();
        line.put("lineItemId", gid("LineItem", units.line()));
        line.put("quantity", units.quantity());
        line.put("restockType", restock ? "CANCEL" : "NO_RESTOCK");
        if (restock)
            platform.optional("locationId")
                    .ifPresent(id -> line.put("locationId", gid("Location", id)));
        return line;
    }

    private JsonNode createRefund(String order, Attempt attempt, Map<String, ?> content) {
        var input = new LinkedHashMap<String, Object>(content);
        input.put("orderId", gid("Order", order));
        input.put("note", attempt.mark());
        input.put("notify", false);
        var answer =
                admin.change(REFUND, Map.of("input", input, "key", attempt.uuid().toString()))
                        .path("refundCreate");
        Admin.userError(answer, "userErrors").ifPresent(Shopify::refuse);
        if (!answer.path("refund").path("id").isTextual())
            throw new Unsure("Shopify answered without a refund");
        return answer.path("refund");
    }

    private Outcome moved(JsonNode refund, Money amount, Attempt attempt) {
        var id = refund.path("id").asText();
        var result = standing(refund);
        if (result == Result.FAILED)
            throw new Refused(statuses(refund).getFirst(), "the gateway did not refund " + id);
        var words = result == Result.DONE ? "refunded" : "refund accepted, not settled yet";
        return platform.outcome(attempt, result, id, amount, words);
    }

    /** Of a refund from several captures the least certain part speaks. */
    private static Result standing(JsonNode refund) {
        var statuses = statuses(refund);
        if (statuses.equals(List.of("SUCCESS"))) return Result.DONE;
        if (!statuses.isEmpty() && GOES_WELL.containsAll(statuses)) return Result.PENDING;
        if (!statuses.isEmpty() && CAME_TO_NOTHING.containsAll(statuses)) return Result.FAILED;
        throw new Unsure("refund " + refund.path("id").asText() + " has status " + statuses);
    }

    private static List<String> statuses(JsonNode refund) {
        var parts = refund.path("transactions").path("nodes").valueStream();
        return parts.map(part -> part.path("status").asText()).distinct().toList();
    }

    private static Money total(JsonNode refund) {
        return refund.path("transactions")
                .path("nodes")
                .valueStream()
                .map(part -> ShopifyJson.money(part.path("amountSet")))
                .reduce(Money::plus)
                .orElseThrow(() -> new Unsure("a refund of ours moved no money"));
    }

    private Found marked(JsonNode order, Attempt attempt, String words) {
        for (var refund : order.path("refunds"))
            if (refund.path("note").asText().equals(attempt.mark()))
                return new Found.Done(
                        platform.outcome(attempt, Result.DONE, refund.path("id").asText(), words));
        return new Found.Nothing();
    }

    /**
     * By name, through the index: what it brings is compared again; two of a name are for people.
     */
    private JsonNode node(OrderRef order) {
        var named = byName("name:#" + order.number(), order);
        if (named.isEmpty()) named = byName("name:" + order.number(), order);
        if (named.isEmpty()) throw new NotFound("order " + order.number());
        if (named.size() > 1)
            throw new Refused("ambiguous", "two orders are named " + order.number());
        var node = named.getFirst();
        if (node.path("lineItems").path("pageInfo").path("hasNextPage").asBoolean())
            throw new Refused("too large", "the order has more than 100 lines");
        return node;
    }

    private List<JsonNode> byName(String query, OrderRef order) {
        var found = new ArrayList<JsonNode>();
        for (var node : admin.ask(BY_NAME, Map.of("query", query)).path("orders").path("nodes")) {
            var name = node.path("name").asText();
            if (name.equals(order.number()) || name.equals("#" + order.number())) found.add(node);
        }
        return found;
    }

    private Order order(JsonNode node) {
        var disputes = node.path("disputes").valueStream().map(this::dispute).toList();
        return ShopifyJson.order(node, disputes);
    }

    /** The order tells how a dispute began: an inquiry may be a chargeback by now, so we ask. */
    private Dispute dispute(JsonNode summary) {
        var id = ShopifyJson.number(summary.path("id").asText());
        var now = summary;
        var type = summary.path("initiatedAs").asText();
        if (ShopifyJson.phase(type, summary.path("status").asText()) == Phase.INQUIRY) {
            var gid = gid("ShopifyPaymentsDispute", id);
            now = admin.ask(DISPUTE, Map.of("id", gid)).path("dispute");
            type = now.path("type").asText();
        }
        return new Dispute(id, ShopifyJson.phase(type, now.path("status").asText()));
    }

    private JsonNode byId(String payment) {
        var order = admin.ask(BY_ID, Map.of("id", gid("Order", orderId(payment)))).path("order");
        if (order.isObject()) return order;
        throw new NotFound("order of payment " + payment);
    }

    private static Charge charge(JsonNode order, String payment) {
        return Charge.all(order).stream()
                .filter(charge -> payment.endsWith("." + charge.id()))
                .findFirst()
                .orElseThrow(() -> new NotFound("payment " + payment));
    }

    private static String suggestions(List<Order.Line> lines) {
        var query = new StringBuilder("query Worth($id: ID!) { order(id: $id) {\n");
        for (var line : lines)
            query.append(
                    "  line%s: suggestedRefund(refundLineItems: [{lineItemId: \"%s\", quantity: %d}]) { amountSet { presentmentMoney { amount currencyCode } } }\n"
                            .formatted(line.id(), gid("LineItem", line.id()), line.open()));
        return query.append("} }").toString();
    }

    private static String reason(Why why) {
        return switch (why) {
            case CUSTOMER -> "CUSTOMER";
            case FRAUD -> "FRAUD";
            case INVENTORY -> "INVENTORY";
            case STAFF -> "STAFF";
            case OTHER -> "OTHER";
        };
    }

    private static boolean isNoted(JsonNode order, Letter letter) {
        return order.path("note").asText("").contains(letter.tag());
    }

    private static String noted(JsonNode order, Letter letter) {
        var all = (order.path("note").asText("") + "\n" + letter.note()).strip();
        return all.length() <= LONGEST_NOTE ? all : all.substring(all.length() - LONGEST_NOTE);
    }

    private static void refuse(Problem refused) {
        throw refused;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unsure("interrupted while Shopify was cancelling");
        }
    }

    private static String orderId(String payment) {
        return payment.substring(0, payment.indexOf('.'));
    }

    private static String gid(String type, String number) {
        return "gid://shopify/" + type + "/" + number;
    }
}
