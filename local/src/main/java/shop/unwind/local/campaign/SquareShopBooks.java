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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Square's books of one order. Square takes no line off an order: what was taken back stands in its
 * metadata, as a list of line and units behind our mark, or is all of it once it is called off.
 */
record SquareShopBooks(JsonNode order, JsonNode audit, JsonNode inventory) implements ShopBooks {
    private static final String NOTE = "unwind_note";
    private static final String CANCEL = "unwind_cancel";
    private static final String TAKE = "unwind_take_";

    static SquareShopBooks of(JsonNode state, Purchase purchase) {
        return new SquareShopBooks(
                state.path("orders").path(purchase.text()),
                state.path("audit").path(purchase.text()),
                state.path("inventory"));
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
        return audit.path("shipments")
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
        for (var line : order.path("line_items")) taken.put(sku(line), 0);
        for (var take : takes()) taken.merge(take.sku(), take.units(), Integer::sum);
        return taken;
    }

    @Override
    public List<Take> takes() {
        var takes = new ArrayList<Take>();
        audit.path("metadata")
                .valueStream()
                .filter(entry -> entry.path("key").asText().startsWith(TAKE))
                .forEach(entry -> takes.addAll(taken(entry, takes)));
        if (!cancelled()) return takes;
        var by = ShopBooks.ours(order.path("metadata").path(CANCEL));
        for (var line : order.path("line_items")) {
            var before = units(takes, sku(line));
            var rest = line.path("quantity").asInt() - before;
            if (rest > 0) takes.add(take(line, before, rest, by, cancelledAt()));
        }
        return takes;
    }

    private List<Take> taken(JsonNode entry, List<Take> before) {
        var by = ShopBooks.ours(entry.path("value"));
        var at = Instant.parse(entry.path("at").asText());
        var taken = new ArrayList<Take>();
        for (var words : entry.path("value").asText().split(" ", -1)) {
            var part = words.split("\\*", -1);
            for (var line : order.path("line_items"))
                if (part.length == 2 && line.path("uid").asText().equals(part[0]))
                    taken.add(
                            take(
                                    line,
                                    units(before, sku(line)),
                                    Integer.parseInt(part[1]),
                                    by,
                                    at));
        }
        return taken;
    }

    private static Take take(JsonNode line, int before, int units, String by, Instant at) {
        var worth = line.at("/total_money/amount").asLong();
        var of = line.path("quantity").asLong();
        return new Take(
                sku(line), units, worth * (before + units) / of - worth * before / of, by, at);
    }

    private static int units(List<Take> takes, String sku) {
        return takes.stream().filter(take -> take.sku().equals(sku)).mapToInt(Take::units).sum();
    }

    /** What is taken off an order that is not completed was never missing in stock. */
    @Override
    public Map<String, Integer> restocked(List<Goods> goods) {
        if (!order.path("state").asText().equals("COMPLETED")) return taken();
        var restocked = new TreeMap<String, Integer>();
        for (var line : goods)
            restocked.put(line.sku(), inventory.path(line.sku()).path("restocked").asInt());
        return restocked;
    }

    /** They stand in {@link SquareBooks}. */
    @Override
    public Stream<Refund> refunds() {
        return Stream.empty();
    }

    /** An order that is over takes no note: then the mark of its cancel must tell. */
    @Override
    public Stream<Message> notes() {
        return audit.path("metadata")
                .valueStream()
                .filter(entry -> Set.of(NOTE, CANCEL).contains(entry.path("key").asText()))
                .map(entry -> entry.path("value").asText())
                .map(text -> new Message(Channel.NOTE, text, text));
    }

    private static String sku(JsonNode line) {
        return line.path("catalog_object_id").asText();
    }
}
