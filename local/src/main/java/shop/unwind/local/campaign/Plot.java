package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One order of its own, with its own customer, goods and payment, so that many may be attacked side
 * by side. What is due is reckoned here, from the price list alone.
 *
 * @param number six digits that no other plot's ids contain
 * @param asked how many lines the customer gives back in all, on a road on which it is not all
 */
public record Plot(int number, Road road, int asked) implements Purchase {
    private static final long SHIPPING = 500;

    /**
     * Goods of one kind.
     *
     * @param unitPrice in cents; tax is the line's whole
     */
    record Line(String sku, int quantity, long unitPrice, long tax) {
        long worth() {
            return quantity * unitPrice + tax;
        }
    }

    /** The same order, of which the customer gives back every line, one after the other. */
    Plot lineByLine() {
        return new Plot(number, road, lines().size());
    }

    @Override
    public List<Goods> goods() {
        return lines().stream().map(line -> new Goods(line.sku(), line.quantity())).toList();
    }

    @Override
    public String storefront() {
        return road.storefront();
    }

    @Override
    public List<String> intents() {
        return List.of(intent());
    }

    /** Its payment intent, if Stripe has its money. */
    String intent() {
        return "pi_" + storefront() + number + "_1";
    }

    /** Whoever keeps its payment and hears of disputes about it. */
    String provider() {
        return switch (road.gateway()) {
            case "stripe", "paypal" -> road.gateway();
            case "card", "square_credit_card" -> "square";
            default -> storefront();
        };
    }

    /** How its provider's sandbox calls its payment, once it was taken. */
    String payment() {
        return switch (provider()) {
            case "stripe" -> intent();
            case "paypal" -> "C100" + storefront().toUpperCase(Locale.ROOT) + number;
            case "square" -> "PAY" + storefront() + number + "_1";
            default -> text();
        };
    }

    List<Line> lines() {
        var price = road.isAsked() ? 30_000 : 2_000;
        return List.of(
                new Line("GEL-" + number, 1, 1_500, 60), new Line("TIN-" + number, 2, price, 160));
    }

    /** The lines that the customer wants to give back. */
    List<Line> wanted() {
        return road.isPart() ? lines().subList(0, asked) : lines();
    }

    /** What the customer paid, in cents; for an open checkout what would be paid. */
    long price() {
        return lines().stream().mapToLong(Line::worth).sum() + SHIPPING;
    }

    /** What was taken from the customer, in cents. */
    long captured() {
        return road.isPaid() ? price() : 0;
    }

    /** What the customer is to get back when all goes as it should, in cents. */
    long due() {
        if (!road.isPaid() || road.dispute().equals("chargeback")) return 0;
        return wanted().equals(lines()) ? price() : wanted().stream().mapToLong(Line::worth).sum();
    }

    /** The order as the sandbox takes it. */
    ObjectNode world(Instant placedAt) {
        var order = JsonNodeFactory.instance.objectNode();
        order.put("storefront", storefront()).put("number", text());
        order.put("email", email()).put("name", "Ann Lee").put("currency", "USD");
        order.put("placedAt", placedAt.toString()).put("shipping", SHIPPING);
        var goods = order.putArray("lines");
        for (var line : lines())
            goods.addObject()
                    .put("sku", line.sku())
                    .put("quantity", line.quantity())
                    .put("unitPrice", line.unitPrice())
                    .put("tax", line.tax());
        order.putArray("payments")
                .addObject()
                .put("gateway", road.gateway())
                .put("amount", price())
                .put("captured", road.isPaid())
                .put("dispute", road.dispute());
        return order;
    }

    /** What the customer fills in. */
    ObjectNode form() {
        return form(road.isPart() ? wanted() : List.of());
    }

    /** The form for these lines; for the whole order when there are none. */
    ObjectNode form(List<Line> lines) {
        var form = JsonNodeFactory.instance.objectNode();
        form.put("storefront", storefront()).put("order", text()).put("email", email());
        if (lines.isEmpty()) return form;
        var wishes = form.putArray("lines");
        for (var line : lines)
            wishes.addObject().put("sku", line.sku()).put("quantity", line.quantity());
        return form;
    }
}
