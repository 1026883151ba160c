package shop.unwind.table;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far a storefront's events have been read, kept in the steps table under {@code
 * PLATFORM#bookmark}. One that is lost or set back only brings again what had been read: requests
 * are recognised by their ids.
 */
public final class Bookmark {
    private final DynamoDbClient dynamo;
    private final String table;
    private final String platform;

    public Bookmark(DynamoDbClient dynamo, String table, String platform) {
        this.dynamo = dynamo;
        this.table = table;
        this.platform = platform;
    }

    /** Empty before the first time. */
    public Optional<Instant> read() {
        var item = dynamo.getItem(g -> g.tableName(table).key(key()).consistentRead(true)).item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.parse(Item.text(item, "readUntil")));
    }

    public void move(Instant readUntil) {
        var item =
                Map.of(
                        "step", key().get("step"),
                        "readUntil", AttributeValue.fromS(readUntil.toString()));
        dynamo.putItem(put -> put.tableName(table).item(item));
    }

    private Map<String, AttributeValue> key() {
        return Map.of("step", AttributeValue.fromS(platform + "#bookmark"));
    }
}
