package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Shipment;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Purchase.Goods;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Shopify's books of one order. */
record ShopifyBooks(JsonNode order, JsonNode inventory) implements ShopBooks {
    /** Gateways whose money others move. */
    private static final Set<String> PROVIDERS = Set.of("paypal", "stripe");

    static ShopifyBooks of(JsonNode state, Purchase purchase) {
        var order = state.path("orders").path(Long.toString(purchase.shopifyId()));
        return new ShopifyBooks(order, state.path("inventory"));
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
        var shipments = new ArrayList<Shipment>();
        for (var parcel : order.path("fulfillments"))
            for (var line : parcel.path("lines"))
                shipments.add(new Shipment(sku(line), line.path("quantity").asInt(), time(parcel)));
        return shipments;
    }

    @Override
    public Map<String, Integer> taken() {
        var taken = new TreeMap<String, Integer>();
        for (var line : order.path("lines"))
            taken.put(line.path("sku").asText(), line.path("refunded").asInt());
        return taken;
    }

    @Override
    public List<Take> takes() {
        var takes = new ArrayList<Take>();
        for (var record : order.path("refunds"))
            for (var line : record.path("lines"))
                takes.add(
                        new Take(
                                sku(line),
                                line.path("quantity").asInt(),
                                line.path("subtotal").asLong() + line.path("tax").asLong(),
                                taker(record),
                                time(record)));
        return takes;
    }

    /** Who cancels a whole order says so on the order; its refund record has no note. */
    private String taker(JsonNode record) {
        var cancels = record.path("createdAt").equals(order.path("cancelledAt"));
        return ShopBooks.ours(cancels ? order.path("staffNote") : record.path("note"));
    }

    private String sku(JsonNode part) {
        return order.path("lines")
                .valueStream()
                .filter(line -> line.path("id").equals(part.path("line")))
                .map(line -> line.path("sku").asText())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Map<String, Integer> restocked(List<Goods> goods) {
        var restocked = new TreeMap<String, Integer>();
        for (var line : goods)
            restocked.put(line.sku(), inventory.path(line.sku()).path("restocked").asInt());
        return restocked;
    }

    /** The refund record says who asked. */
    @Override
    public Stream<Refund> refunds() {
        var refunds = new ArrayList<Refund>();
        for (var record : order.path("refunds")) {
            var by = ShopBooks.ours(record.path("note"));
            for (var id : record.path("transactions"))
                transaction(id.asLong())
                        .filter(money -> !PROVIDERS.contains(money.path("gateway").asText()))
                        .map(money -> refund(money, by))
                        .ifPresent(refunds::add);
        }
        return refunds.stream();
    }

    private Optional<JsonNode> transaction(long id) {
        return order.path("transactions")
                .valueStream()
                .filter(each -> each.path("id").asLong() == id)
                .findFirst();
    }

    private static Refund refund(JsonNode money, String by) {
        return new Refund(
                money.path("parent").asText(),
                money.path("amount").asLong(),
                money.path("status").asText(),
                by,
                time(money));
    }

    @Override
    public Optional<Instant> chargedBack() {
        return order.path("disputes")
                .valueStream()
                .filter(dispute -> dispute.path("type").asText().equals("CHARGEBACK"))
                .map(dispute -> Instant.parse(dispute.path("initiatedAt").asText()))
                .findFirst();
    }

    @Override
    public Stream<Message> notes() {
        return order.path("note")
                .asText("")
                .lines()
                .filter(line -> line.startsWith("[unwind:"))
                .map(line -> new Message(Channel.NOTE, line, line));
    }

    private static Instant time(JsonNode made) {
        return Instant.parse(made.path("createdAt").asText());
    }
}
