package shop.unwind.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Stripe's answers, one file per case. */
final class Canned {
    private Canned() {}

    static ObjectNode object(String name) {
        try (var file = Canned.class.getResourceAsStream("/stripe/" + name + ".json")) {
            return (ObjectNode) Json.parse(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(String name) {
        return Json.write(object(name));
    }

    static String list(ObjectNode... entries) {
        var list = Json.object().put("object", "list").put("url", "/v1").put("has_more", false);
        var data = list.putArray("data");
        for (var entry : entries) data.add(entry);
        return Json.write(list);
    }
}
