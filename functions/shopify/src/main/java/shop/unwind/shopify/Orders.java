package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds orders, and says in our words what they show. */
final class Orders {
    private static final String FIELDS = Admin.document("order-fields");
    private static final String BY_NAME = Admin.document("order-by-name") + FIELDS;
    private static final String BY_ID = Admin.document("order-by-id") + FIELDS;
    private static final String DISPUTE = Admin.document("dispute");

    private final Admin admin;

    Orders(Admin admin) {
        this.admin = admin;
    }

    Order read(OrderRef order) {
        return order(numbered(order));
    }

    /**
     * By name, through the index: what it brings is compared again; two of a name are for people.
     */
    JsonNode numbered(OrderRef order) {
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

    /** The order that a payment's id names. */
    JsonNode paidBy(String payment) {
        var order = admin.ask(BY_ID, Map.of("id", gid(payment))).path("order");
        if (order.isObject()) return order;
        throw new NotFound("order of payment " + payment);
    }

    Order order(JsonNode node) {
        var disputes = node.path("disputes").valueStream().map(this::dispute).toList();
        return ShopifyJson.order(node, disputes);
    }

    /** Of the order that a payment's id names. */
    static String gid(String payment) {
        return ShopifyJson.gid("Order", payment.substring(0, payment.indexOf('.')));
    }

    private List<JsonNode> byName(String query, OrderRef order) {
        var found = new ArrayList<JsonNode>();
        for (var node : admin.ask(BY_NAME, Map.of("query", query)).path("orders").path("nodes")) {
            var name = node.path("name").asText();
            if (name.equals(order.number()) || name.equals("#" + order.number())) found.add(node);
        }
        return found;
    }

    /** The order tells how a dispute began: an inquiry may be a chargeback by now, so we ask. */
    private Dispute dispute(JsonNode summary) {
        var id = ShopifyJson.number(summary.path("id").asText());
        var now = summary;
        var type = summary.path("initiatedAs").asText();
        if (ShopifyJson.phase(type, summary.path("status").asText()) == Phase.INQUIRY) {
            var gid = ShopifyJson.gid("ShopifyPaymentsDispute", id);
            now = admin.ask(DISPUTE, Map.of("id", gid)).path("dispute");
            type = now.path("type").asText();
        }
        return new Dispute(id, ShopifyJson.phase(type, now.path("status").asText()));
    }
}
