package shop.unwind.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;

/** Plain orders at Shopify, paid through Stripe, for whoever needs many cases of the usual kind. */
public final class PaidOrders {
    /** What each costs, in cents. */
    public static final long PRICE = 2000;

    private static final String EMAIL = "ann@example.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Web web;
    private final String front;
    private final String sandbox;

    public PaidOrders(Web web, String front, String sandbox) {
        this.web = web;
        this.front = front;
        this.sandbox = sandbox;
    }

    /** Customers place these orders an hour ago. */
    public void place(int firstNumber, int count) {
        var world = JSON.createObjectNode();
        var orders = world.putArray("orders");
        for (var number = firstNumber; number < firstNumber + count; number++)
            orders.add(order(number));
        web.put(sandbox + "/_world", world);
    }

    /** The customer asks in the portal to cancel the order. */
    public void cancel(int number) {
        var request =
                JSON.createObjectNode().put("order", Integer.toString(number)).put("email", EMAIL);
        web.post(front + "/cancellations", request);
    }

    /** The name of the execution that takes the order back. */
    public static String caseId(int number) {
        return "shopify-" + number + "-1";
    }

    /** The id of its payment at Stripe. */
    static String payment(int number) {
        return "pi_shopify" + number + "_1";
    }

    private static ObjectNode order(int number) {
        var order = JSON.createObjectNode();
        order.put("storefront", "shopify").put("number", Integer.toString(number));
        order.put("email", EMAIL).put("name", "Ann Lee").put("currency", "USD");
        order.put("placedAt", Instant.now().minusSeconds(3600).toString());
        order.putArray("lines")
                .addObject()
                .put("sku", "ACR-500")
                .put("title", "Acrylic paint 500 ml")
                .put("quantity", 1)
                .put("unitPrice", PRICE);
        order.putArray("payments").addObject().put("gateway", "stripe").put("amount", PRICE);
        return order;
    }
}
