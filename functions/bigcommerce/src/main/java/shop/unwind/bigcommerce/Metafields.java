package shop.unwind.bigcommerce;

import shop.unwind.json.Json;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Unsure;

import java.util.Map;

/**
 * Keeps our {@link Marks} in the order's metafields, which only the app that made them sees; other
 * than in the staff notes nobody overwrites them. The contract has them created and read, so no
 * mark is ever changed. That a second one of the same key is turned away with 409 is likely and not
 * certain: if it is, a mark that arrives late cannot be written over, and nothing here needs it.
 */
final class Metafields {
    private static final int LONGEST_VALUE = 65_535;

    private final RestApi api;

    Metafields(RestApi api) {
        this.api = api;
    }

    Marks of(String order) {
        return Marks.of(api.pages(at(order) + "?namespace=" + Marks.NAMESPACE));
    }

    /**
     * Writes a mark, or finds it there.
     *
     * @param known the marks as they were last read
     * @return the marks with this one
     * @throws Unsure when it is there and cannot be read yet
     */
    Marks add(String order, Marks known, String key, Object value) {
        var text = text(value);
        if (create(order, key, text)) return known.and(key, text);
        var now = of(order);
        if (now.has(key)) return now;
        throw new Unsure("metafield " + key + " is there and not shown yet");
    }

    /** Whether the mark is new: not when the store says that it has one of this key. */
    boolean isNew(String order, String key, Object value) {
        return create(order, key, text(value));
    }

    private boolean create(String order, String key, String value) {
        if (value.length() > LONGEST_VALUE)
            throw new Refused("too long", "BigCommerce holds no metafield for so many lines");
        return api.createOnce(
                at(order),
                Map.of(
                        "permission_set",
                        Marks.OURS_ALONE,
                        "namespace",
                        Marks.NAMESPACE,
                        "key",
                        key,
                        "value",
                        value));
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Json.write(value);
    }

    private static String at(String order) {
        return "/v3/orders/" + order + "/metafields";
    }
}
