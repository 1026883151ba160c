package shop.unwind.woocommerce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.FakePlatform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** WooCommerce's answers, one file per case. */
final class Canned {
    static final String API = "/wp-json/wc/v3";
    static final String SEARCH = "GET " + API + "/orders?search=727";
    static final String ORDER = "GET " + API + "/orders/727";
    static final String RECORDS = "GET " + API + "/orders/727/refunds";
    static final String UPDATE = "PUT " + API + "/orders/727";
    static final String CREATE = "POST " + API + "/orders/727/refunds";
    static final String NOTES = "GET " + API + "/orders/727/notes";
    static final String NOTE = "POST " + API + "/orders/727/notes";

    private Canned() {}

    static ObjectNode object(String name) {
        try (var file = Canned.class.getResourceAsStream("/woocommerce/" + name + ".json")) {
            return (ObjectNode) Json.parse(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The order bearing these records. */
    static ObjectNode with(ObjectNode order, List<ObjectNode> records) {
        var refunds = order.putArray("refunds");
        for (var record : records)
            refunds.addObject()
                    .put("id", record.path("id").asInt())
                    .put("reason", record.path("reason").asText())
                    .put("total", "-" + record.path("amount").asText());
        return order;
    }

    static ObjectNode record(int id, Money amount, String reason) {
        return object("refund").put("id", id).put("amount", amount.decimal()).put("reason", reason);
    }

    /** Answers what a search for the order asks. */
    static void isFound(FakePlatform platform, ObjectNode order, List<ObjectNode> records) {
        var list = Json.object().arrayNode().add(with(order, records));
        platform.answersTo(SEARCH, 200, Json.write(list));
        platform.answersTo(RECORDS + "?", 200, Json.write(array(records)));
    }

    /** Answers what reading the order by its id asks. */
    static void isRead(FakePlatform platform, ObjectNode order, List<ObjectNode> records) {
        platform.answersTo(RECORDS + "?", 200, Json.write(array(records)));
        platform.answersTo(ORDER, 200, Json.write(with(order, records)));
    }

    static String error(String code, String words, int status) {
        var error = Json.object().put("code", code).put("message", words);
        error.putObject("data").put("status", status);
        return Json.write(error);
    }

    private static ArrayNode array(List<ObjectNode> records) {
        return Json.object().arrayNode().addAll(records);
    }
}
