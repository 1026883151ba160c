package shop.unwind.secrets;

import shop.unwind.json.Json;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The token that a platform issued last, kept in the steps table under {@code PLATFORM#token}. It
 * is replaced only by whoever knows the one before, so that two functions cannot lose a rotated
 * one. What was read serves until it ends or is turned away.
 */
public final class Tokens {
    /** Renewed this long before it ends. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * What a platform issued.
     *
     * @param refresh for platforms that rotate; may be empty text
     */
    public record Token(String access, String refresh, Instant endsAt) {
        @Override
        public String toString() {
            return "(token until " + endsAt + ")";
        }
    }

    private final DynamoDbClient dynamo;
    private final String table;
    private final String platform;
    private final InstantSource clock;
    private volatile Optional<Token> known = Optional.empty();

    public Tokens(DynamoDbClient dynamo, String table, String platform, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.platform = platform;
        this.clock = clock;
    }

    /** The token in force, else the one that {@code issue} gets in exchange for the last. */
    public Token current(Function<Optional<Token>, Token> issue) {
        return known.filter(this::lasts).orElseGet(() -> kept(this::lasts, issue));
    }

    /**
     * A new token because the platform turned this one away; another function's newer one serves.
     */
    public Token renewed(Token refused, Function<Optional<Token>, Token> issue) {
        return kept(token -> !token.access().equals(refused.access()), issue);
    }

    /** Forgets what was read, as after a snapshot was restored. */
    public void forget() {
        known = Optional.empty();
    }

    private Token kept(Predicate<Token> isGood, Function<Optional<Token>, Token> issue) {
        var last = read();
        var token = last.filter(isGood).orElseGet(() -> replace(last, issue.apply(last)));
        known = Optional.of(token);
        return token;
    }

    private boolean lasts(Token token) {
        return clock.instant().isBefore(token.endsAt().minus(MARGIN));
    }

    private Optional<Token> read() {
        var item = dynamo.getItem(g -> g.tableName(table).key(key()).consistentRead(true)).item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.read(Item.text(item, "body"), Token.class));
    }

    private Token replace(Optional<Token> last, Token next) {
        var item = new HashMap<>(key());
        item.put("body", AttributeValue.fromS(Json.write(next)));
        item.put("access", AttributeValue.fromS(fingerprint(next)));
        try {
            dynamo.putItem(
                    put -> {
                        put.tableName(table).item(item);
                        last.ifPresentOrElse(
                                token ->
                                        put.conditionExpression("access = :last")
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":last",
                                                                AttributeValue.fromS(
                                                                        fingerprint(token)))),
                                () -> put.conditionExpression("attribute_not_exists(step)"));
                    });
            return next;
        } catch (ConditionalCheckFailedException raced) {
            return read().orElse(next);
        }
    }

    private Map<String, AttributeValue> key() {
        return Map.of("step", AttributeValue.fromS(platform + "#token"));
    }

    private static String fingerprint(Token token) {
        return Integer.toHexString(token.access().hashCode()) + "@" + token.endsAt();
    }
}
