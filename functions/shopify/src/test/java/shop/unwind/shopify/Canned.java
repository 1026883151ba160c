package shop.unwind.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Shopify's answers, one file per case. */
final class Canned {
    private Canned() {}

    static ObjectNode object(String name) {
        try (var file = Canned.class.getResourceAsStream("/shopify/" + name + ".json")) {
            return (ObjectNode) Json.parse(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(String name) {
        return Json.write(object(name));
    }

    /** The order in a read's answer, to be changed. */
    static ObjectNode node(ObjectNode answer) {
        return (ObjectNode) answer.at("/data/orders/nodes/0");
    }

    static ObjectNode line(ObjectNode answer) {
        return (ObjectNode) node(answer).at("/lineItems/nodes/0");
    }

    static ObjectNode sale(ObjectNode answer) {
        return (ObjectNode) node(answer).at("/transactions/0");
    }

    /** The same order as one asked for by its id. */
    static String byId(ObjectNode answer) {
        var other = Json.object();
        other.putObject("data").set("order", node(answer));
        return Json.write(other);
    }
}
