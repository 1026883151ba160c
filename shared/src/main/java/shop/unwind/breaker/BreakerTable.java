package shop.unwind.breaker;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The breaker's items in the cases table, partition {@code breaker}: {@code standing}, {@code
 * passed#KEY}, {@code held#TIME#KEY} and {@code window#ALLOWANCE#NAME}.
 */
final class BreakerTable {
    /** Longer than any case runs. */
    private static final Duration KEPT = Duration.ofDays(60);

    private static final String STANDING = "standing";

    private static final String ROOM = "(attribute_not_exists(#sum) OR #sum <= :room)";

    /** The amount alone exceeds the limit. */
    private static final String NO_ROOM = "#sum <= :room";

    /** Of one width, so that it sorts. */
    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    private final DynamoDbClient dynamo;
    private final String table;

    BreakerTable(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /**
     * What is known when a refund asks.
     *
     * @param passed it had passed before
     */
    record Look(Standing standing, boolean passed) {}

    /** What came of counting a refund. */
    sealed interface Count {
        record Passed() implements Count {}

        /** This window's allowance is used up. */
        record Full(Window window) implements Count {}

        /** Somebody else wrote at the same instant. */
        record Raced() implements Count {}
    }

    Look look(String key) {
        var keys = KeysAndAttributes.builder().keys(List.of(key(STANDING), key("passed#" + key)));
        var found =
                dynamo.batchGetItem(
                                get ->
                                        get.requestItems(
                                                Map.of(table, keys.consistentRead(true).build())))
                        .responses()
                        .getOrDefault(table, List.of());
        var standing = Standing.initial();
        var passed = false;
        for (var item : found) {
            if (Item.text(item, "item").equals(STANDING))
                standing = Json.read(Item.text(item, "body"), Standing.class);
            else passed = true;
        }
        return new Look(standing, passed);
    }

    Standing standing() {
        var item =
                dynamo.getItem(get -> get.tableName(table).key(key(STANDING)).consistentRead(true))
                        .item();
        return item.isEmpty()
                ? Standing.initial()
                : Json.read(Item.text(item, "body"), Standing.class);
    }

    /** Moves the breaker on; false when it stands otherwise by now. */
    boolean move(Standing was, Standing now) {
        var item = item(STANDING, now);
        try {
            dynamo.putItem(
                    put ->
                            put.tableName(table)
                                    .item(item)
                                    .conditionExpression(stillStands(was))
                                    .expressionAttributeValues(body(was)));
            return true;
        } catch (ConditionalCheckFailedException raced) {
            return false;
        }
    }

    /** Those who wait, the longest first. */
    List<Held> held() {
        var held = new ArrayList<Held>();
        var values =
                Map.of(
                        ":order", AttributeValue.fromS("breaker"),
                        ":held", AttributeValue.fromS("held#"));
        dynamo.queryPaginator(
                        query ->
                                query.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(
                                                "#order = :order AND begins_with(#item, :held)")
                                        .expressionAttributeNames(
                                                Map.of("#order", "order", "#item", "item"))
                                        .expressionAttributeValues(values))
                .items()
                .forEach(item -> held.add(Json.read(Item.text(item, "body"), Held.class)));
        return held;
    }

    void hold(Held held) {
        var item = item(place(held), held);
        item.put("expiresAt", seconds(held.askedAt().plus(KEPT)));
        dynamo.putItem(put -> put.tableName(table).item(item));
    }

    void release(Held held) {
        dynamo.deleteItem(delete -> delete.tableName(table).key(key(place(held))));
    }

    /**
     * Counts one refund in both windows, or in none.
     *
     * @param first it may pass whatever its size, if nothing has passed under this allowance
     */
    Count count(
            Standing standing,
            String key,
            Money amount,
            boolean first,
            Window hour,
            Window day,
            Instant now) {
        try {
            dynamo.transactWriteItems(
                    write ->
                            write.clientRequestToken(UUID.randomUUID().toString())
                                    .transactItems(
                                            passage(key, now),
                                            unmoved(standing),
                                            update(standing, hour, amount, first),
                                            update(standing, day, amount, first)));
            return new Count.Passed();
        } catch (TransactionCanceledException cancelled) {
            return whyNot(cancelled.cancellationReasons(), hour, day);
        }
    }

    /** A window that is full counts only for who has not passed and sees the breaker as it is. */
    private static Count whyNot(List<CancellationReason> reasons, Window hour, Window day) {
        if (failed(reasons.get(0)) || failed(reasons.get(1))) return new Count.Raced();
        if (failed(reasons.get(2))) return new Count.Full(hour);
        return failed(reasons.get(3)) ? new Count.Full(day) : new Count.Raced();
    }

    private static boolean failed(CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code());
    }

    private TransactWriteItem update(
            Standing standing, Window window, Money amount, boolean first) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":one", AttributeValue.fromN("1"));
        values.put(":amount", number(amount.minor()));
        values.put(":most", number(window.allowance().refunds()));
        values.put(":end", seconds(window.endsAt().plus(KEPT)));
        var most = window.allowance().sum(amount.currency());
        most.ifPresent(sum -> values.put(":room", number(sum.minor() - amount.minor())));
        var room = most.map(sum -> sum.compareTo(amount) < 0 ? NO_ROOM : ROOM);
        var update =
                Update.builder()
                        .tableName(table)
                        .key(key("window#" + standing.allowance() + "#" + window.name()))
                        .updateExpression("ADD refunds :one, #sum :amount SET expiresAt = :end")
                        .conditionExpression(fits(room, first))
                        .expressionAttributeNames(Map.of("#sum", "sum" + amount.currency()))
                        .expressionAttributeValues(values)
                        .build();
        return TransactWriteItem.builder().update(update).build();
    }

    private static String fits(Optional<String> room, boolean first) {
        if (room.isEmpty()) return "attribute_not_exists(refunds) OR refunds < :most";
        return first
                ? "attribute_not_exists(refunds) OR (refunds < :most AND " + room.get() + ")"
                : "(attribute_not_exists(refunds) OR refunds < :most) AND " + room.get();
    }

    private TransactWriteItem passage(String key, Instant now) {
        var item = new HashMap<>(key("passed#" + key));
        item.put("expiresAt", seconds(now.plus(KEPT)));
        var put =
                Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(expiresAt)")
                        .build();
        return TransactWriteItem.builder().put(put).build();
    }

    private TransactWriteItem unmoved(Standing standing) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        check ->
                                check.tableName(table)
                                        .key(key(STANDING))
                                        .conditionExpression(stillStands(standing))
                                        .expressionAttributeValues(body(standing)))
                .build();
    }

    private static String stillStands(Standing was) {
        var same = "body = :was";
        return was.equals(Standing.initial()) ? "attribute_not_exists(body) OR " + same : same;
    }

    private static Map<String, AttributeValue> body(Standing was) {
        return Map.of(":was", AttributeValue.fromS(Json.write(was)));
    }

    private static String place(Held held) {
        return "held#" + SORTABLE.format(held.since()) + "#" + held.key();
    }

    private static Map<String, AttributeValue> item(String place, Object body) {
        var item = new HashMap<>(key(place));
        item.put("body", AttributeValue.fromS(Json.write(body)));
        return item;
    }

    private static Map<String, AttributeValue> key(String place) {
        return Map.of(
                "order", AttributeValue.fromS("breaker"), "item", AttributeValue.fromS(place));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue seconds(Instant at) {
        return number(at.getEpochSecond());
    }

    /** Where a refund stands among those who wait. */
    static Optional<Held> of(String key, List<Held> held) {
        return held.stream().filter(one -> one.key().equals(key)).findFirst();
    }
}
