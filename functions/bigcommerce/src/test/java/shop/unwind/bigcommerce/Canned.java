package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestPlatform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** BigCommerce's answers, one file per case. */
final class Canned {
    static final String STORE = "/stores/acr9x";
    static final String ORDER = "GET " + STORE + "/v2/orders/118";
    static final String PRODUCTS = ORDER + "/products";
    static final String LISTED = "GET " + STORE + "/v2/orders?status_id=5";
    static final String UPDATE = "PUT " + STORE + "/v2/orders/118";
    static final String MARKS = "GET " + STORE + "/v3/orders/118/metafields?namespace=unwind&";
    static final String MARK = "POST " + STORE + "/v3/orders/118/metafields";
    static final String TRANSACTIONS = "GET " + STORE + "/v3/orders/118/transactions";
    static final String REFUNDS = "GET " + STORE + "/v3/orders/118/payment_actions/refunds";
    static final String QUOTE = "POST " + STORE + "/v3/orders/118/payment_actions/refund_quotes";
    static final String REFUND = "POST " + STORE + "/v3/orders/118/payment_actions/refunds";
    static final String VOID = "POST " + STORE + "/v3/orders/118/payment_actions/void";
    static final String SETTINGS = "GET " + STORE + "/v3/settings/inventory";
    static final String LEVELS = "GET " + STORE + "/v3/inventory/items";
    static final String ADJUST = "POST " + STORE + "/v3/inventory/adjustments/relative";
    static final String ADJUSTED = "{\"transaction_id\":\"c0ffee\"}";

    private Canned() {}

    static Platform platform(String baseUrl, String token, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl).put("storeHash", "acr9x");
        return TestPlatform.of("bigcommerce", settings, Map.of("accessToken", token), clock);
    }

    static ObjectNode object(String name) {
        return (ObjectNode) read(name);
    }

    static JsonNode read(String name) {
        try (var file = Canned.class.getResourceAsStream("/bigcommerce/" + name + ".json")) {
            return Json.parse(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An order whose one line costs this. */
    static ObjectNode order(Money total) {
        return object("order")
                .put("default_currency_code", total.currency())
                .put("total_inc_tax", total.decimal());
    }

    static JsonNode products(Money total, int shipped) {
        var products = read("products");
        ((ObjectNode) products.path(0))
                .put("total_inc_tax", total.decimal())
                .put("quantity_shipped", shipped);
        return products;
    }

    static ObjectNode transaction(String event, Money amount) {
        return ((ObjectNode) read("transactions").at("/data/0"))
                .put("event", event)
                .put("amount", new BigDecimal(amount.decimal()))
                .put("currency", amount.currency());
    }

    static ObjectNode refund(Money amount, String reason) {
        var refund = object("refund");
        ((ObjectNode) refund.at("/items/0")).put("reason", reason);
        return with(refund, amount);
    }

    private static ObjectNode with(ObjectNode refund, Money amount) {
        var number = new BigDecimal(amount.decimal());
        ((ObjectNode) refund.at("/payments/0")).put("amount", number);
        return refund.put("total_amount", number);
    }

    static ObjectNode quote(Money amount) {
        var quote = object("quote");
        var number = new BigDecimal(amount.decimal());
        for (var way : quote.at("/data/refund_methods"))
            ((ObjectNode) way.path(0)).put("amount", number);
        return quote;
    }

    static String data(Object content) {
        return Json.write(Map.of("data", content, "meta", Map.of()));
    }

    /** Answers what reading goods asks. */
    static void showsGoods(
            FakePlatform platform, JsonNode order, JsonNode products, ObjectNode... marks) {
        platform.answersTo(ORDER, 200, Json.write(order));
        platform.answersTo(PRODUCTS, 200, Json.write(products));
        platform.answersTo(MARKS, 200, page(marks.length, marks));
    }

    /** A page of a list of so many. */
    static String page(int total, ObjectNode... items) {
        var pagination = Map.of("pagination", Map.of("total", total));
        return Json.write(Map.of("data", List.of(items), "meta", pagination));
    }

    static ObjectNode mark(String key, String value) {
        return object("metafield").put("key", key).put("value", value);
    }

    /** The mark that a call has made. */
    static ObjectNode made(FakePlatform.Asked call) {
        return mark(call.json().path("key").asText(), call.json().path("value").asText());
    }

    /** The mark that the next call makes. */
    static void takesMark(FakePlatform platform) {
        platform.answersTo(MARK, 200, data(object("metafield")));
    }

    /** What a mark says of units taken back. */
    static String taken(Map<String, Integer> lines, Map<String, Integer> stock) {
        return Json.write(new Marks.Taken(lines, stock));
    }

    /** Answers what reading money asks, the order apart. */
    static void showsMoney(
            FakePlatform platform, List<ObjectNode> transactions, List<ObjectNode> refunds) {
        if (transactions.isEmpty()) platform.answersTo(TRANSACTIONS, 204, "");
        else platform.answersTo(TRANSACTIONS, 200, data(transactions));
        platform.answersTo(REFUNDS, 200, data(refunds));
    }

    /** As V2 writes errors below 500, and V3 all others. */
    static String error(int status, String words) {
        return status < 404
                ? Json.write(List.of(Map.of("status", status, "message", words)))
                : Json.write(Map.of("status", status, "title", words, "type", "about:blank"));
    }
}
