package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A sequence that is being played on an order of its own. */
record Trial(int number, Sequence sequence) implements Purchase {

    Basket basket() {
        return sequence.basket();
    }

    String sku(int line) {
        return "GEL" + line + "-" + number;
    }

    @Override
    public List<Goods> goods() {
        var lines = basket().lines();
        return IntStream.range(0, lines.size())
                .mapToObj(at -> new Goods(sku(at), lines.get(at).quantity()))
                .toList();
    }

    @Override
    public String storefront() {
        return basket().storefront();
    }

    @Override
    public List<String> intents() {
        return IntStream.range(0, basket().tenders().size())
                .filter(at -> basket().mover(at) instanceof Provider.Stripe)
                .mapToObj(this::payment)
                .toList();
    }

    /** How its mover's books call the payment of this tender. */
    String payment(int tender) {
        return basket().mover(tender).payment(this, tender);
    }

    Shop shop() {
        return basket().shop();
    }

    /** The tender by card. */
    int card() {
        return basket().card();
    }

    /** Who has the card's money. */
    Mover cardMover() {
        return basket().mover(card());
    }

    /** Part of the price. */
    long part(int percent) {
        return basket().percent(basket().price(), percent);
    }

    /** Part of what was paid by card. */
    long partOfCard(int percent) {
        return basket().percent(basket().amount(card()), percent);
    }

    /** The order as the sandbox takes it. */
    ObjectNode world(Instant placedAt) {
        var order = JsonNodeFactory.instance.objectNode();
        order.put("storefront", storefront()).put("number", text());
        order.put("email", email()).put("name", Leaks.NAME).put("currency", basket().currency());
        order.put("placedAt", placedAt.toString()).put("shipping", basket().shipping());
        addLines(order);
        addPayments(order);
        return order;
    }

    private void addLines(ObjectNode order) {
        var goods = order.putArray("lines");
        for (var at = 0; at < basket().lines().size(); at++) {
            var line = basket().lines().get(at);
            goods.addObject()
                    .put("sku", sku(at))
                    .put("quantity", line.quantity())
                    .put("unitPrice", line.unitPrice())
                    .put("discount", line.discount())
                    .put("tax", line.tax());
        }
    }

    private void addPayments(ObjectNode order) {
        var payments = order.putArray("payments");
        for (var at = 0; at < basket().tenders().size(); at++) {
            var tender = basket().tenders().get(at);
            payments.addObject()
                    .put("gateway", tender.gateway())
                    .put("amount", basket().amount(at))
                    .put("captured", tender.captured())
                    .put("refundMode", tender.refunds());
        }
    }

    /**
     * What the customer fills in.
     *
     * @param units of each line; empty for the whole order
     */
    ObjectNode form(List<Integer> units) {
        var form = JsonNodeFactory.instance.objectNode();
        form.put("storefront", storefront()).put("order", text()).put("email", email());
        if (units.isEmpty()) return form;
        var wishes = form.putArray("lines");
        for (var at = 0; at < units.size(); at++)
            if (units.get(at) > 0)
                wishes.addObject().put("sku", sku(at)).put("quantity", units.get(at));
        return form;
    }

    /** What this order has of the units that are asked for; empty for the whole order. */
    List<Integer> existing(List<Integer> units) {
        var existing =
                IntStream.range(0, Math.min(units.size(), goods().size()))
                        .mapToObj(at -> Math.min(units.get(at), goods().get(at).quantity()))
                        .toList();
        return existing.stream().anyMatch(each -> each > 0) ? existing : List.of();
    }
}
