package shop.unwind.table;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;
import java.util.Optional;

/** Reads attributes of an item; a missing one is an error of ours and is named. */
public final class Item {
    private Item() {}

    public static String text(Map<String, AttributeValue> item, String attribute) {
        return Optional.ofNullable(item.get(attribute))
                .map(AttributeValue::s)
                .orElseThrow(() -> new IllegalStateException("item without " + attribute));
    }
}
