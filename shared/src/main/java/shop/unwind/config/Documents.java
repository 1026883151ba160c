package shop.unwind.config;

import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Documents as immutable versions: item {@code (name, v000001)} and so on, and {@code (name,
 * current)} naming the version in force. A reader may see a version up to {@link #MAX_AGE} old.
 */
public final class Documents {
    public static final String STORE = "store";
    public static final String POLICY = "policy";
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private record Cached(Object value, Instant readAt) {}

    /**
     * A document and the version it is.
     *
     * @param version such as {@code v000003}
     */
    public record Versioned<T>(String version, T document) {}

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource clock;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    public Documents(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    /** The store document in force. */
    public Store store() {
        return current(STORE, Store.class, Store::validated).document();
    }

    /**
     * The version of a document in force.
     *
     * @throws Misconfigured when none was ever put, or it cannot be used
     */
    public <T> Versioned<T> current(String name, Class<T> type, UnaryOperator<T> validated) {
        var cached = cache.get(name);
        if (cached == null || !clock.instant().isBefore(cached.readAt().plus(MAX_AGE))) {
            var versioned = read(name, type, validated);
            cached = new Cached(versioned, clock.instant());
            cache.put(name, cached);
        }
        @SuppressWarnings("unchecked")
        var versioned = (Versioned<T>) cached.value();
        return versioned;
    }

    /** Forgets what was read, as after a snapshot was restored. */
    public void forget() {
        cache.clear();
    }

    /** The text of the version in force, as it was put. */
    public Versioned<String> text(String name) {
        var current = item(name, "current");
        if (current.isEmpty()) throw new Misconfigured("document " + name + ": put one first");
        var version = Item.text(current, "version");
        return new Versioned<>(version, Item.text(item(name, version), "body"));
    }

    /** Puts a new version in force. Two writers at once cannot lose one: the later fails. */
    public String put(String name, String text) {
        var current = item(name, "current");
        var last =
                current.isEmpty()
                        ? 0
                        : Integer.parseInt(Item.text(current, "version").substring(1));
        var version = "v%06d".formatted(last + 1);
        var item = new HashMap<>(key(name, version));
        item.put("body", AttributeValue.fromS(text));
        item.put("putAt", AttributeValue.fromS(clock.instant().toString()));
        try {
            dynamo.putItem(
                    p ->
                            p.tableName(table)
                                    .item(item)
                                    .conditionExpression("attribute_not_exists(doc)"));
        } catch (ConditionalCheckFailedException raced) {
            throw new IllegalStateException(
                    "somebody else put " + name + " " + version + " just now", raced);
        }
        var pointer = new HashMap<>(key(name, "current"));
        pointer.put("version", AttributeValue.fromS(version));
        dynamo.putItem(p -> p.tableName(table).item(pointer));
        return version;
    }

    private <T> Versioned<T> read(String name, Class<T> type, UnaryOperator<T> validated) {
        var text = text(name);
        try {
            return new Versioned<>(
                    text.version(), validated.apply(Json.readStrictly(text.document(), type)));
        } catch (IllegalArgumentException unusable) {
            // An operator's fault, and never that of whoever sent the request at hand.
            throw new Misconfigured(
                    "document " + name + " " + text.version() + ": " + unusable.getMessage());
        }
    }

    private Map<String, AttributeValue> item(String name, String version) {
        return dynamo.getItem(g -> g.tableName(table).key(key(name, version)).consistentRead(true))
                .item();
    }

    private static Map<String, AttributeValue> key(String name, String version) {
        return Map.of("doc", AttributeValue.fromS(name), "edition", AttributeValue.fromS(version));
    }
}
