package shop.unwind.connector;

import shop.unwind.queue.Requests;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a storefront on a schedule what has happened since the last time, for webhooks are lost. How
 * far it has come stands in the steps table under {@code PLATFORM#sweep}; it moves on only when
 * everything found is on the queue.
 */
final class Sweep {
    /** A change may become visible this much later than it bears its date. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    /** How far the first sweep looks back. */
    private static final Duration FIRST = Duration.ofHours(1);

    private final DynamoDbClient dynamo;
    private final String table;
    private final String platform;
    private final Supplier<Requests> requests;
    private final InstantSource clock;

    Sweep(
            DynamoDbClient dynamo,
            String table,
            String platform,
            Supplier<Requests> requests,
            InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.platform = platform;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * What a sweep did.
     *
     * @param requests how many were put on the queue
     */
    record Swept(int requests) {}

    Swept run(Storefront storefront) {
        var now = clock.instant();
        var then = last().orElse(now.minus(FIRST)).minus(OVERLAP);
        var found = storefront.eventsSince(then);
        if (!found.isEmpty()) found.forEach(requests.get()::send);
        keep(now);
        return new Swept(found.size());
    }

    private Optional<Instant> last() {
        var item = dynamo.getItem(g -> g.tableName(table).key(key()).consistentRead(true)).item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.parse(Item.text(item, "until")));
    }

    private void keep(Instant until) {
        var item =
                Map.of(
                        "step", key().get("step"),
                        "until", AttributeValue.fromS(until.toString()));
        dynamo.putItem(put -> put.tableName(table).item(item));
    }

    private Map<String, AttributeValue> key() {
        return Map.of("step", AttributeValue.fromS(platform + "#sweep"));
    }
}
