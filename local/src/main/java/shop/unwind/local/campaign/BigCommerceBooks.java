package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Shipment;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Purchase.Goods;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * BigCommerce's books of one order. Which units were taken back stands in our metafields alone; a
 * cancelled order takes back all that is left.
 */
record BigCommerceBooks(JsonNode order, JsonNode metafields, JsonNode inventory)
        implements ShopBooks {
    /** A step's first mark. */
    private static final Pattern STEP = Pattern.compile("[^:]+:cancel[^:]*:\\d+");

    /** What whoever packs is told, which is no letter. */
    private static final Pattern FOR_PACKERS =
            Pattern.compile("\\[unwind:[^\\]]*:cancel[^\\]]*] .*");

    static BigCommerceBooks of(JsonNode state, Purchase purchase) {
        var order = state.path("orders").path(purchase.text());
        return new BigCommerceBooks(
                order,
                state.path("metafields").path(order.path("id").asText()).path("fields"),
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
        for (var line : order.path("lines")) taken.put(line.path("sku").asText(), 0);
        for (var take : takes()) taken.merge(take.sku(), take.units(), Integer::sum);
        return taken;
    }

    @Override
    public List<Take> takes() {
        var takes = new ArrayList<Take>();
        var before = new HashMap<String, Integer>();
        marks().filter(mark -> !isUndone(mark)).forEach(mark -> takes.addAll(takes(mark, before)));
        if (cancelled())
            for (var line : order.path("lines")) {
                var left =
                        line.path("quantity").asInt()
                                - before.getOrDefault(line.path("id").asText(), 0);
                if (left > 0) takes.add(take(line, before, left, cancelledBy(), cancelledAt()));
            }
        return List.copyOf(takes);
    }

    private Stream<JsonNode> marks() {
        return metafields
                .valueStream()
                .filter(field -> field.path("namespace").asText().equals("unwind"))
                .filter(field -> STEP.matcher(field.path("key").asText()).matches());
    }

    private boolean isUndone(JsonNode mark) {
        return has(mark, ":undone") && !has(mark, ":ended");
    }

    private boolean has(JsonNode mark, String word) {
        var key = mark.path("key").asText() + word;
        return metafields.valueStream().anyMatch(field -> field.path("key").asText().equals(key));
    }

    private static JsonNode lines(JsonNode mark) {
        return Json.parse(mark.path("value").asText()).path("lines");
    }

    private List<Take> takes(JsonNode mark, Map<String, Integer> before) {
        return lines(mark).properties().stream()
                .map(
                        units ->
                                take(
                                        line(units.getKey()),
                                        before,
                                        units.getValue().asInt(),
                                        caseOf(mark),
                                        Instant.parse(mark.path("at").asText())))
                .toList();
    }

    private static String caseOf(JsonNode mark) {
        return mark.path("key").asText().replaceFirst(":.*", "");
    }

    private JsonNode line(String id) {
        return order.path("lines")
                .valueStream()
                .filter(line -> line.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Take take(
            JsonNode line, Map<String, Integer> before, int units, String by, Instant at) {
        var from = before.merge(line.path("id").asText(), units, Integer::sum) - units;
        var worth = line.path("total").asLong() + line.path("tax").asLong();
        var of = line.path("quantity").asLong();
        return new Take(
                line.path("sku").asText(),
                units,
                worth * (from + units) / of - worth * from / of,
                by,
                at);
    }

    private String cancelledBy() {
        return marks().filter(mark -> lines(mark).isEmpty() && !isUndone(mark))
                .map(BigCommerceBooks::caseOf)
                .findFirst()
                .orElse("");
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
        if (order.path("gateway").asText().equals("stripe")) return Stream.empty();
        return order.path("refunds").valueStream().map(this::refund);
    }

    private Refund refund(JsonNode refund) {
        return new Refund(
                order.path("id").asText() + "." + order.path("gateway").asText(),
                refund.path("amount").asLong(),
                status(refund),
                ShopBooks.ours(refund.at("/items/0/reason")),
                Instant.parse(refund.path("createdAt").asText()));
    }

    private static String status(JsonNode refund) {
        if (refund.path("declined").asBoolean()) return "ERROR";
        return refund.path("transaction").isTextual() ? "SUCCESS" : "PENDING";
    }

    @Override
    public Stream<Message> notes() {
        return order.path("noted")
                .valueStream()
                .map(noted -> noted.path("text").asText())
                .filter(text -> text.startsWith("[unwind:"))
                .filter(text -> !FOR_PACKERS.matcher(text).matches())
                .map(text -> new Message(Channel.NOTE, text, text));
    }
}
