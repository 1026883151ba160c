package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Why;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes an order or some of its units back, without money: the order by a cancel, which is a job
 * that is waited for, units by a refund of units alone.
 */
record Cancellation(
        Platform platform,
        Admin admin,
        Orders orders,
        Refunds refunds,
        OrderRef ref,
        Plan.Cancel plan)
        implements Effect {
    private static final String CANCEL = Admin.document("cancel");
    private static final String CANCELLED = Admin.document("cancelled");
    private static final String CANCELLING = Admin.document("cancelling");

    /** Cancelling is a job of a second or so; after this we look again in the next attempt. */
    private static final Duration JOB = Duration.ofSeconds(8);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    @Override
    public Outcome act(Attempt attempt) {
        var order = orders.read(ref);
        return isWhole() ? cancel(order, attempt) : takeLines(order, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.numbered(ref);
        if (!isWhole())
            return Refunds.marked(shown, attempt)
                    .map(refund -> refund.path("id").asText())
                    .<Found>map(id -> new Found.Done(linesTaken(id, attempt)))
                    .orElseGet(Found.Nothing::new);
        if (!orders.order(shown).cancelled()) return new Found.Nothing();
        var id = shown.path("id").asText();
        return new Found.Done(platform.outcome(attempt, Result.DONE, id, "order cancelled"));
    }

    private boolean isWhole() {
        return plan.lines().isEmpty();
    }

    private Outcome cancel(Order order, Attempt attempt) {
        var id = ShopifyJson.gid("Order", order.id());
        if (order.cancelled())
            return platform.outcome(attempt, Result.ALREADY, id, "had been cancelled before");
        if (order.anythingShipped()) throw shipped();
        var refused = cancel(id, plan.restock(), attempt);
        if (refused.isPresent() && plan.restock() && isAboutStock(refused.get()))
            return withoutStock(id, attempt);
        if (refused.isPresent()) throw unlessShipped(refused.get());
        var words = plan.restock() ? "order cancelled, stock taken back" : "order cancelled";
        return platform.outcome(attempt, Result.DONE, id, words);
    }

    /** A deactivated location takes no stock; the order is cancelled all the same. */
    private Outcome withoutStock(String id, Attempt attempt) {
        var refused = cancel(id, false, attempt);
        if (refused.isPresent()) throw unlessShipped(refused.get());
        return platform.outcome(
                attempt,
                Result.DONE,
                id,
                "order cancelled; its location is closed, so its stock must be taken back by hand");
    }

    /** What ships while Shopify is at it makes it refuse; that is decided again. */
    private Problem unlessShipped(Problem refused) {
        var isFinal = refused instanceof Refused;
        return isFinal && orders.read(ref).anythingShipped() ? shipped() : refused;
    }

    private static Changed shipped() {
        return new Changed("part of the order has shipped meanwhile");
    }

    /** Why Shopify does not cancel it; empty once it has. What is cancelled is refused as well. */
    private Optional<Problem> cancel(String id, boolean restock, Attempt attempt) {
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
        var answer = admin.change(CANCEL, variables).path("orderCancel");
        var refused = Admin.userError(answer, "orderCancelUserErrors");
        if (refused.isPresent()) return refused.filter(_ -> !isCancelled(id));
        var job = answer.path("jobResult").path("id").asText("");
        return awaitEnd(id, Optional.of(job).filter(named -> !named.isEmpty()));
    }

    private static boolean isAboutStock(Problem refused) {
        return String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("location");
    }

    /** Why the job failed; empty when the order is cancelled. */
    private Optional<Problem> awaitEnd(String id, Optional<String> job) {
        var end = platform.clock().instant().plus(JOB);
        var pause = FIRST_PAUSE;
        while (true) {
            pause(pause);
            var seen = Unsure.unlessSeen("Shopify took the cancel", () -> look(id, job));
            if (isCancelled(seen)) return Optional.empty();
            if (seen.path("node").path("status").asText().equals("FAILED"))
                return Optional.of(failure(seen.path("node")));
            if (platform.clock().instant().isAfter(end))
                throw new Unsure("Shopify took the cancel but has not done it yet");
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    /** The order alone proves a cancel; the job, which some tokens may not read, says why not. */
    private JsonNode look(String id, Optional<String> job) {
        if (job.isEmpty()) return admin.ask(CANCELLED, Map.of("id", id));
        try {
            return admin.ask(CANCELLING, Map.of("id", id, "job", job.get()));
        } catch (Misconfigured withheld) {
            return admin.ask(CANCELLED, Map.of("id", id));
        }
    }

    private static Problem failure(JsonNode job) {
        return Admin.userError(job, "errors")
                .orElseGet(() -> new Refused("FAILED", "Shopify does not say why"));
    }

    private boolean isCancelled(String id) {
        return isCancelled(admin.ask(CANCELLED, Map.of("id", id)));
    }

    private static boolean isCancelled(JsonNode shown) {
        return shown.path("order").path("cancelledAt").isTextual();
    }

    private Outcome takeLines(Order order, Attempt attempt) {
        for (var units : plan.lines()) checkOpen(order, units);
        var lines = plan.lines().stream().map(this::refundLine).toList();
        var content = Map.of("refundLineItems", lines, "currency", order.currency());
        var refund = refunds.create(ShopifyJson.gid("Order", order.id()), attempt, content);
        return linesTaken(refund.path("id").asText(), attempt);
    }

    private static void checkOpen(Order order, Plan.Units units) {
        var isOpen =
                order.lines().stream()
                        .filter(line -> line.id().equals(units.line()))
                        .anyMatch(line -> line.cancellable() >= units.quantity());
        if (!isOpen) throw new Changed("a line has shipped or was taken back meanwhile");
    }

    private Map<String, Object> refundLine(Plan.Units units) {
        var line = new LinkedHashMap<String, Object>();
        line.put("lineItemId", ShopifyJson.gid("LineItem", units.line()));
        line.put("quantity", units.quantity());
        line.put("restockType", plan.restock() ? "CANCEL" : "NO_RESTOCK");
        if (plan.restock())
            platform.optional("locationId")
                    .ifPresent(id -> line.put("locationId", ShopifyJson.gid("Location", id)));
        return line;
    }

    private Outcome linesTaken(String id, Attempt attempt) {
        return platform.outcome(attempt, Result.DONE, id, "lines taken back");
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

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unsure("interrupted while Shopify was cancelling");
        }
    }
}
