package shop.unwind.intakeportal;

import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Store;
import shop.unwind.function.BadRequest;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/**
 * Counts attempts at the portal, so that nobody tries e-mail addresses on an order until one fits.
 * Time is cut into windows of one length, each with a counter of its own in the steps table under
 * {@code portal#attempts#END#WHO}. Who it was stands there as a keyed digest only.
 */
final class Attempts {
    /**
     * How many attempts are allowed.
     *
     * @param within the length of a window, in whole seconds
     */
    record Limit(int count, Duration within) {
        private static final Limit DEFAULT = new Limit(20, Duration.ofHours(1));

        Limit {
            if (count < 1) throw new IllegalArgumentException("1 or more was expected");
            if (within == null || within.toSeconds() < 1)
                throw new IllegalArgumentException("a second or more was expected");
        }

        /**
         * The setting {@code platforms.portal.attempts}, else 20 an hour.
         *
         * @throws Misconfigured when it cannot be used
         */
        static Limit of(Store store) {
            var portal = store.platforms().getOrDefault("portal", MissingNode.getInstance());
            if (!portal.has("attempts")) return DEFAULT;
            try {
                return Json.read(portal.path("attempts"), Limit.class);
            } catch (Json.Malformed malformed) {
                throw new Misconfigured("platforms.portal.attempts: " + malformed.getMessage());
            }
        }

        private Instant end(Instant now) {
            var length = within.toSeconds();
            return Instant.ofEpochSecond((now.getEpochSecond() / length + 1) * length);
        }
    }

    private final DynamoDbClient dynamo;
    private final String table;
    private final Secrets secrets;
    private final InstantSource clock;

    Attempts(DynamoDbClient dynamo, String table, Secrets secrets, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Counts one attempt.
     *
     * @param who what is limited, such as {@code order shopify-1001}; letters' case does not count
     * @throws BadRequest 429 when there were too many in this window
     */
    void count(String who, Limit limit) {
        var now = clock.instant();
        var end = limit.end(now);
        try {
            dynamo.updateItem(
                    update ->
                            update.tableName(table)
                                    .key(Map.of("step", AttributeValue.fromS(key(who, end))))
                                    .updateExpression("SET expiresAt = :end ADD attempts :one")
                                    .conditionExpression(
                                            "attribute_not_exists(attempts) OR attempts < :most")
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":end", number(end.getEpochSecond()),
                                                    ":one", number(1),
                                                    ":most", number(limit.count()))));
        } catch (ConditionalCheckFailedException exhausted) {
            throw BadRequest.tooMany(Duration.between(now, end).plusMillis(999));
        }
    }

    private String key(String who, Instant end) {
        var hmac = new Hmac(secrets.required("portal", "tokenKey"));
        var digest = hmac.hex(who.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return "portal#attempts#" + end.getEpochSecond() + "#" + digest;
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
