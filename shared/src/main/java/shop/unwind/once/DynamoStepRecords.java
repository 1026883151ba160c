package shop.unwind.once;

import shop.unwind.json.Json;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Step records in DynamoDB. The partition key begins with the platform ({@code
 * stripe#shopify-1001-1#refund-pi_1}), so that a function's policy can be narrowed to its own.
 */
final class DynamoStepRecords implements StepRecords {
    /** Longer than any provider takes refunds, so that no rerun outlives its records. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource clock;

    DynamoStepRecords(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Put create(String key, StepRecord record) {
        return put(key, record, put -> put.conditionExpression("attribute_not_exists(step)"));
    }

    @Override
    public Put replace(String key, String holder, StepRecord.Status status, StepRecord record) {
        var expected =
                Map.of(
                        ":holder", AttributeValue.fromS(holder),
                        ":was", AttributeValue.fromS(status.name()));
        return put(
                key,
                record,
                put ->
                        put.conditionExpression("holder = :holder AND progress = :was")
                                .expressionAttributeValues(expected));
    }

    private Put put(String key, StepRecord record, Consumer<PutItemRequest.Builder> condition) {
        var item = new HashMap<String, AttributeValue>();
        item.put("step", AttributeValue.fromS(key));
        item.put("holder", AttributeValue.fromS(record.holder()));
        item.put("progress", AttributeValue.fromS(record.status().name()));
        item.put("body", AttributeValue.fromS(Json.write(record)));
        item.put(
                "expiresAt",
                AttributeValue.fromN(Long.toString(clock.instant().plus(KEPT).getEpochSecond())));
        try {
            dynamo.putItem(
                    put ->
                            condition.accept(
                                    put.tableName(table)
                                            .item(item)
                                            .returnValuesOnConditionCheckFailure(
                                                    ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return new Put.Won();
        } catch (ConditionalCheckFailedException conflict) {
            var standing = standing(conflict);
            return isOurs(standing, record) ? new Put.Won() : new Put.Lost(standing);
        }
    }

    /** The SDK repeats a put whose answer was lost, and then meets its own first one. */
    private static boolean isOurs(Optional<StepRecord> standing, StepRecord record) {
        return standing.filter(
                        other ->
                                other.holder().equals(record.holder())
                                        && other.status() == record.status())
                .isPresent();
    }

    private static Optional<StepRecord> standing(ConditionalCheckFailedException conflict) {
        return conflict.hasItem() && conflict.item().containsKey("body")
                ? Optional.of(Json.read(Item.text(conflict.item(), "body"), StepRecord.class))
                : Optional.empty();
    }
}
