package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Shipment;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Purchase.Goods;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** WooCommerce's books of one order. A refund record without an amount moves goods only. */
record WooCommerceBooks(JsonNode order, JsonNode inventory) implements ShopBooks {
    /** Gateways whose money stands in the provider's books. */
    private static final Set<String> ELSEWHERE = Set.of("stripe", "square_credit_card");

    static WooCommerceBooks of(JsonNode state, Purchase purchase) {
        return new WooCommerceBooks(
                state.path("orders").path(purchase.text()), state.path("inventory"));
    }

    @Override
    public boolean cancelled() {
        return order.path("cancelledAt").isTextual();
    }

    @Override
    public Instant cancelledAt() {
        return cancelled() ? Instant.parse(order.path("cancelledAt").asText()) : Instant.MAX;
    }

    @Override
    public List<Shipment> shipments() {
        return order.path("shipments")
                .valueStream()
                .map(
                        each ->
                                new Shipment(
                                        each.path("sku").asText(),
                                        each.path("quantity").asInt(),
                                        Instant.parse(each.path("at").asText())))
                .toList();
    }

    @Override
    public Map<String, Integer> taken() {
        var taken = new TreeMap<String, Integer>();
        for (var line : order.path("lines"))
            taken.put(line.path("sku").asText(), line.path("taken").asInt());
        return taken;
    }

    @Override
    public List<Take> takes() {
        return order.path("taken")
                .valueStream()
                .map(
                        each ->
                                new Take(
                                        each.path("sku").asText(),
                                        each.path("quantity").asInt(),
                                        each.path("worth").asLong(),
                                        ShopBooks.ours(each.path("by")),
                                        Instant.parse(each.path("at").asText())))
                .toList();
    }

    @Override
    public Map<String, Integer> restocked(List<Goods> goods) {
        var restocked = new TreeMap<String, Integer>();
        for (var line : goods)
            restocked.put(line.sku(), inventory.path(line.sku()).path("restocked").asInt());
        return restocked;
    }

    @Override
    public Stream<Refund> refunds() {
        if (ELSEWHERE.contains(order.path("gateway").asText())) return Stream.empty();
        return order.path("refunds")
                .valueStream()
                .filter(record -> record.path("amount").asLong() > 0)
                .map(this::refund);
    }

    private Refund refund(JsonNode record) {
        return new Refund(
                order.path("id").asText(),
                record.path("amount").asLong(),
                record.path("confirmed").asBoolean() ? "SUCCESS" : "ERROR",
                ShopBooks.ours(record.path("reason")),
                Instant.parse(record.path("createdAt").asText()));
    }

    @Override
    public Stream<Message> notes() {
        return order.path("notes")
                .valueStream()
                .map(note -> note.path("text").asText())
                .filter(text -> text.startsWith("[unwind:"))
                .map(text -> new Message(Channel.NOTE, text, text));
    }
}
