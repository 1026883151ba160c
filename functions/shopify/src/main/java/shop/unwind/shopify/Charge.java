package shop.unwind.shopify;

import static shop.unwind.shopify.ShopifyJson.money;
import static shop.unwind.shopify.ShopifyJson.number;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.problem.Changed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One payment of an order: a sale or an authorisation, and every transaction that came of it. It
 * keeps its id when an authorisation is captured between our reading and our refund.
 */
record Charge(JsonNode root, List<JsonNode> family) {
    private static final Set<String> HOLDS = Set.of("AUTHORIZATION", "EMV_AUTHORIZATION");
    private static final Set<String> TAKES = Set.of("SALE", "CAPTURE");
    private static final Set<String> CAME_TO_NOTHING = Set.of("ERROR", "FAILURE");

    /** What is given back of one sale or capture. */
    record Part(JsonNode taken, Money amount) {}

    static List<Charge> all(JsonNode order) {
        var all = order.path("transactions").valueStream().toList();
        var roots = all.stream().filter(one -> isRoot(one, all)).toList();
        return roots.stream().map(root -> new Charge(root, family(root, roots, all))).toList();
    }

    String id() {
        return number(root.path("id").asText());
    }

    /** Nothing once any of it was taken or it was voided. */
    Money authorised() {
        var open = isOf(HOLDS, root) && taken().isEmpty() && successful(Set.of("VOID")).isEmpty();
        return open ? money(root.path("amountSet")) : sum(List.of());
    }

    Money captured() {
        return sum(taken());
    }

    /** Refunds on their way count: what was promised once must not be promised again. */
    Money refunded() {
        return sum(refunds());
    }

    boolean isReleased() {
        return !captured().isPositive() && !authorised().isPositive();
    }

    /**
     * The sales or captures that an amount is given back from.
     *
     * @throws Changed when less is left
     */
    List<Part> parts(Money amount) {
        var parts = new ArrayList<Part>();
        var missing = amount;
        for (var taken : taken()) {
            var part = missing.min(left(taken));
            if (part.isPositive()) parts.add(new Part(taken, part));
            missing = missing.minus(part);
        }
        if (missing.isPositive()) throw new Changed("less is left of the payment than " + amount);
        return parts;
    }

    /** Refunds that name no capture are taken off each, which errs on the safe side. */
    private Money left(JsonNode taken) {
        var other = taken().stream().filter(one -> !one.equals(taken)).map(Charge::idOf).toList();
        var off = refunds().stream().filter(one -> !other.contains(parent(one))).toList();
        var left = money(taken.path("amountSet")).minus(sum(off));
        return left.isPositive() ? left : sum(List.of());
    }

    private List<JsonNode> taken() {
        return successful(TAKES);
    }

    private List<JsonNode> successful(Set<String> kinds) {
        return family.stream().filter(one -> isOf(kinds, one) && succeeded(one)).toList();
    }

    private List<JsonNode> refunds() {
        return family.stream()
                .filter(one -> isOf(Set.of("REFUND"), one))
                .filter(one -> !CAME_TO_NOTHING.contains(one.path("status").asText()))
                .toList();
    }

    private Money sum(List<JsonNode> some) {
        var none = Money.zero(money(root.path("amountSet")).currency());
        return some.stream().map(one -> money(one.path("amountSet"))).reduce(none, Money::plus);
    }

    private static List<JsonNode> family(JsonNode root, List<JsonNode> roots, List<JsonNode> all) {
        return all.stream()
                .filter(one -> ancestor(one, roots, all).anyMatch(root::equals))
                .toList();
    }

    /** What names no parent belongs to the first payment through its gateway. */
    private static Stream<JsonNode> ancestor(
            JsonNode one, List<JsonNode> roots, List<JsonNode> all) {
        if (roots.contains(one)) return Stream.of(one);
        var parent = all.stream().filter(other -> idOf(other).equals(parent(one))).findFirst();
        if (parent.isPresent()) return ancestor(parent.get(), roots, all);
        return roots.stream()
                .filter(root -> root.path("gateway").equals(one.path("gateway")))
                .limit(1);
    }

    private static boolean isRoot(JsonNode one, List<JsonNode> all) {
        var orphan = all.stream().noneMatch(other -> idOf(other).equals(parent(one)));
        return succeeded(one) && (isOf(HOLDS, one) || (isOf(TAKES, one) && orphan));
    }

    private static boolean isOf(Set<String> kinds, JsonNode transaction) {
        return kinds.contains(transaction.path("kind").asText());
    }

    private static boolean succeeded(JsonNode transaction) {
        return transaction.path("status").asText().equals("SUCCESS");
    }

    private static String idOf(JsonNode transaction) {
        return transaction.path("id").asText();
    }

    private static String parent(JsonNode transaction) {
        return transaction.path("parentTransaction").path("id").asText();
    }
}
