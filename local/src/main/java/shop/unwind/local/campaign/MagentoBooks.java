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
import java.util.TreeMap;
import java.util.stream.Stream;

/** Magento's books of one order. Only a credit memo made online moves money. */
record MagentoBooks(JsonNode order, JsonNode inventory) implements ShopBooks {

    static MagentoBooks of(JsonNode state, Purchase purchase) {
        var order =
                state.path("orders")
                        .valueStream()
                        .filter(each -> each.path("number").asText().equals(purchase.text()))
                        .findFirst();
        return new MagentoBooks(
                order.orElseGet(() -> state.path("orders").path("none")), state.path("inventory"));
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
            taken.put(
                    line.path("sku").asText(),
                    line.path("canceled").asInt() + line.path("refunded").asInt());
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
        if (order.path("gateway").asText().equals("stripe_payments")) return Stream.empty();
        return order.path("memos")
                .valueStream()
                .filter(memo -> memo.path("online").asBoolean())
                .map(this::refund);
    }

    private Refund refund(JsonNode memo) {
        return new Refund(
                order.path("id").asText() + "." + memo.path("invoice").asText(),
                memo.path("amount").asLong(),
                "SUCCESS",
                ShopBooks.ours(memo.path("comment")),
                Instant.parse(memo.path("createdAt").asText()));
    }

    @Override
    public Stream<Message> notes() {
        return order.path("comments")
                .valueStream()
                .map(comment -> comment.path("text").asText())
                .filter(MagentoBooks::isTold)
                .map(text -> new Message(Channel.NOTE, text, text));
    }

    /** What a step says of itself is no message about the case. */
    private static boolean isTold(String text) {
        return text.startsWith("[unwind:") && !text.matches("\\[unwind:[^]]*:(cancel|refund).*");
    }
}
