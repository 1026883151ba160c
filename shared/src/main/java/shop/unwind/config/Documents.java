package shop.unwind.config;

import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Documents as immutable versions: item {@code (name, v000001)} and so on, and {@code (name,
 * current)} naming the version in force. A reader may see a version up to {@link #MAX_AGE} old.
 */
public final class Documents {
    public static final String STORE = "store";
    public static final String POLICY = "policy";
    private static final String CURRENT = "current";
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

    /** The policy document in force. */
    public Versioned<Policy> policy() {
        return current(POLICY, Policy.class, Policy::validated);
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
        var current = item(name, CURRENT);
        if (current.isEmpty()) throw new Misconfigured("document " + name + ": put one first");
        var version = Item.text(current, "version");
        return new Versioned<>(version, Item.text(item(name, version), "body"));
    }

    /**
     * Puts a new version in force, once it is seen to be usable as a whole. Of two writers at once
     * the later fails.
     *
     * @param name {@link #STORE} or {@link #POLICY}
     * @throws IllegalArgumentException with everything that is wrong with the text
     */
    public String put(String name, String text) {
        check(name, text);
        var last = item(name, CURRENT);
        var version = last.isEmpty() ? version(1) : next(Item.text(last, "version"));
        try {
            dynamo.transactWriteItems(
                    write ->
                            write.clientRequestToken(UUID.randomUUID().toString())
                                    .transactItems(
                                            edition(name, version, text),
                                            pointer(name, last, version)));
        } catch (TransactionCanceledException raced) {
            throw new IllegalStateException(
                    "somebody else put " + name + " " + version + " just now", raced);
        }
        return version;
    }

    private static void check(String name, String text) {
        switch (name) {
            case STORE -> Json.readStrictly(text, Store.class).validated();
            case POLICY -> Json.readStrictly(text, Policy.class).validated();
            default ->
                    throw new IllegalArgumentException(
                            "document: store or policy was expected, not " + name);
        }
    }

    private static String next(String version) {
        return version(Integer.parseInt(version.substring(1)) + 1);
    }

    private static String version(int number) {
        return "v%06d".formatted(number);
    }

    private TransactWriteItem edition(String name, String version, String text) {
        var item = new HashMap<>(key(name, version));
        item.put("body", AttributeValue.fromS(text));
        item.put("putAt", AttributeValue.fromS(clock.instant().toString()));
        return put(Put.builder().item(item).conditionExpression("attribute_not_exists(doc)"));
    }

    private TransactWriteItem pointer(
            String name, Map<String, AttributeValue> last, String version) {
        var item = new HashMap<>(key(name, CURRENT));
        item.put("version", AttributeValue.fromS(version));
        var put = Put.builder().item(item);
        return put(
                last.isEmpty()
                        ? put.conditionExpression("attribute_not_exists(doc)")
                        : put.conditionExpression("version = :last")
                                .expressionAttributeValues(Map.of(":last", last.get("version"))));
    }

    private TransactWriteItem put(Put.Builder put) {
        return TransactWriteItem.builder().put(put.tableName(table).build()).build();
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
