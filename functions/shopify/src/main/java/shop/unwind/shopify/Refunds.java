package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Unsure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shopify's refunds: of units, of money, each with our mark as its note. */
final class Refunds {
    private static final String CREATE = Admin.document("refund");
    private static final String OF_ORDER = Admin.document("refunds");
    private static final String FOLLOW = Admin.document("follow");
    private static final Set<String> GOES_WELL = Set.of("SUCCESS", "PENDING");
    private static final Set<String> CAME_TO_NOTHING = Set.of("ERROR", "FAILURE");

    private final Admin admin;

    Refunds(Admin admin) {
        this.admin = admin;
    }

    /** Makes one of this content. */
    JsonNode create(String order, Attempt attempt, Map<String, ?> content) {
        var input = new LinkedHashMap<String, Object>(content);
        input.put("orderId", order);
        input.put("note", attempt.mark());
        input.put("notify", false);
        var answer =
                admin.change(CREATE, Map.of("input", input, "key", attempt.uuid().toString()))
                        .path("refundCreate");
        Admin.check(answer, "userErrors");
        if (!answer.path("refund").path("id").isTextual())
            throw new Unsure("Shopify answered without a refund");
        return answer.path("refund");
    }

    /** The order's, as they stand now. */
    JsonNode of(String order) {
        return admin.ask(OF_ORDER, Map.of("id", order)).path("order");
    }

    JsonNode byId(String id) {
        var refund = admin.ask(FOLLOW, Map.of("id", id)).path("node");
        if (!refund.isObject()) throw new NotFound("refund " + id);
        return refund;
    }

    /** What an earlier attempt at this step made. */
    static Optional<JsonNode> marked(JsonNode order, Attempt attempt) {
        return order.path("refunds")
                .valueStream()
                .filter(refund -> refund.path("note").asText().equals(attempt.mark()))
                .findFirst();
    }

    /** Of a refund from several captures the least certain part speaks. */
    static Result standing(JsonNode refund) {
        var statuses = statuses(refund);
        if (statuses.equals(List.of("SUCCESS"))) return Result.DONE;
        if (!statuses.isEmpty() && GOES_WELL.containsAll(statuses)) return Result.PENDING;
        if (!statuses.isEmpty() && CAME_TO_NOTHING.containsAll(statuses)) return Result.FAILED;
        throw new Unsure("refund " + refund.path("id").asText() + " has status " + statuses);
    }

    static List<String> statuses(JsonNode refund) {
        var parts = refund.path("transactions").path("nodes").valueStream();
        return parts.map(part -> part.path("status").asText()).distinct().toList();
    }

    static Money total(JsonNode refund) {
        return refund.path("transactions")
                .path("nodes")
                .valueStream()
                .map(part -> ShopifyJson.money(part.path("amountSet")))
                .reduce(Money::plus)
                .orElseThrow(() -> new Unsure("a refund of ours moved no money"));
    }
}
