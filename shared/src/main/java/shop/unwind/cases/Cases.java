package shop.unwind.cases;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Request;
import shop.unwind.json.Json;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The cases table. Partition {@code order} is {@link OrderRef#key}, sort key {@code item} is {@code
 * case}, {@code order}, {@code request#ID}, {@code decision#GENERATION}, {@code
 * outcomes#GENERATION}, {@code approval#ID} or {@code event#GENERATION#TIME#LINE}; {@code body} is
 * the record as JSON. Reads are consistent, but for the index {@code recent}: it finds the heads by
 * the {@code day} of their last change.
 */
public final class Cases {
    private static final String RECENT = "recent";

    /** Of one width: {@code Instant.toString} leaves zeros out and would sort wrongly. */
    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
                    .withZone(ZoneOffset.UTC);

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource clock;

    public Cases(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    /** Everything of an order in one read. */
    public Folder folder(OrderRef order) {
        return new Folder(
                items(
                        "#order = :order",
                        Map.of("#order", "order"),
                        Map.of(":order", AttributeValue.fromS(order.key()))));
    }

    public Optional<Head> head(OrderRef order) {
        return get(order, Place.HEAD, Head.class);
    }

    /** The head of this very case. */
    public Head head(CaseId id) {
        return Folder.ofCase(id, head(id.order()));
    }

    /**
     * What recording a request brought about.
     *
     * @param head the order's latest case afterwards
     * @param repeated the request had been recorded before; nothing changed
     */
    public record Admission(Head head, boolean repeated) {}

    /** How the head of an order moves when a request arrives. */
    @FunctionalInterface
    public interface Move {
        /**
         * The head that is to stand; must count the request.
         *
         * @param standing freshly made for the order's first request
         * @param folder what else is kept of the order
         */
        Head from(Head standing, Folder folder);
    }

    /** Records a request and moves the head, both or neither. */
    public Admission admit(OrderRef order, Request request, Move move) {
        while (true) {
            var folder = folder(order);
            var standing = folder.head();
            if (folder.holds(Place.request(request.id())))
                return new Admission(standing.orElseThrow(), true);
            var first = Head.first(order, clock.instant());
            var next = move.from(standing.orElse(first), folder);
            var recorded = new Recorded(next.seen(), request);
            if (write(order, standing, next, recorded)) return new Admission(raised(next), false);
        }
    }

    /** Moves the head; false when somebody else moved it meanwhile. */
    public boolean move(Head from, Head to) {
        try {
            dynamo.putItem(
                    put ->
                            put.tableName(table)
                                    .item(headItem(to))
                                    .conditionExpression("version = :was")
                                    .expressionAttributeValues(version(from)));
            return true;
        } catch (ConditionalCheckFailedException raced) {
            return false;
        }
    }

    public Optional<Recorded> request(OrderRef order, String id) {
        return get(order, Place.request(id), Recorded.class);
    }

    /** Keeps the order as it was just read; personal data stand here and nowhere else. */
    public void keep(Order order) {
        put(order.ref(), Place.SNAPSHOT, order);
    }

    public Optional<Order> order(OrderRef order) {
        return get(order, Place.SNAPSHOT, Order.class);
    }

    public void keep(CaseId id, Decision decision) {
        put(id.order(), Place.decision(id), decision);
    }

    public Optional<Decision> decision(CaseId id) {
        return get(id.order(), Place.decision(id), Decision.class);
    }

    /** Keeps how the steps of a case ended. */
    public void keep(CaseId id, List<Outcome> outcomes) {
        put(id.order(), Place.outcomes(id), new Outcomes(outcomes));
    }

    /** How the steps of a case ended; empty until it ends. */
    public List<Outcome> outcomes(CaseId id) {
        return get(id.order(), Place.outcomes(id), Outcomes.class)
                .map(Outcomes::all)
                .orElse(List.of());
    }

    private record Outcomes(List<Outcome> all) {}

    /** The latest cases that changed last on this day (UTC), as far as the index knows by now. */
    public List<Head> changedOn(LocalDate day) {
        var found = new ArrayList<Head>();
        dynamo.queryPaginator(
                        query ->
                                query.tableName(table)
                                        .indexName(RECENT)
                                        .keyConditionExpression("#day = :day")
                                        .expressionAttributeNames(Map.of("#day", "day"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":day",
                                                        AttributeValue.fromS(day.toString()))))
                .items()
                .forEach(item -> found.add(Json.read(Item.text(item, "body"), Head.class)));
        return found;
    }

    public Optional<Approval> approval(OrderRef order, String id) {
        return get(order, Place.approval(id), Approval.class);
    }

    /** Every question that was asked about the order. */
    public List<Approval> approvals(OrderRef order) {
        return list(order, Place.APPROVALS, Approval.class);
    }

    /** Puts a new question; false when it had been put before. */
    public boolean ask(OrderRef order, Approval question) {
        return write(order, question, put -> put.conditionExpression("attribute_not_exists(body)"));
    }

    /** Writes an approval over the one that was read; false when another stands by now. */
    public boolean change(OrderRef order, Approval was, Approval now) {
        var standing = Map.of(":was", AttributeValue.fromS(Json.write(was)));
        return write(
                order,
                now,
                put -> put.conditionExpression("body = :was").expressionAttributeValues(standing));
    }

    private boolean write(
            OrderRef order, Approval approval, Consumer<PutItemRequest.Builder> condition) {
        var item = item(order, Place.approval(approval.id()), approval);
        try {
            dynamo.putItem(put -> condition.accept(put.tableName(table).item(item)));
            return true;
        } catch (ConditionalCheckFailedException raced) {
            return false;
        }
    }

    /** Adds a line to the timeline; the same line twice at once stands once. */
    public void tell(CaseId id, String what, String words) {
        var event = new Event(clock.instant(), id.generation(), what, words);
        var line = Fingerprint.of(what, words);
        var place =
                "event#%04d#%s#%s".formatted(id.generation(), SORTABLE.format(event.at()), line);
        put(id.order(), place, event);
    }

    /** The timeline of all cases of an order, oldest first. */
    public List<Event> timeline(OrderRef order) {
        return list(order, Place.EVENTS, Event.class);
    }

    private boolean write(OrderRef order, Optional<Head> standing, Head next, Recorded recorded) {
        var request =
                Put.builder()
                        .tableName(table)
                        .item(item(order, Place.request(recorded.request().id()), recorded))
                        .conditionExpression("attribute_not_exists(body)")
                        .build();
        var head = Put.builder().tableName(table).item(headItem(next));
        standing.ifPresentOrElse(
                was ->
                        head.conditionExpression("version = :was")
                                .expressionAttributeValues(version(was)),
                () -> head.conditionExpression("attribute_not_exists(body)"));
        try {
            dynamo.transactWriteItems(
                    write ->
                            write.clientRequestToken(UUID.randomUUID().toString())
                                    .transactItems(
                                            TransactWriteItem.builder().put(request).build(),
                                            TransactWriteItem.builder().put(head.build()).build()));
            return true;
        } catch (TransactionCanceledException raced) {
            if (raced.cancellationReasons().stream().noneMatch(Cases::isRace)) throw raced;
            return false;
        }
    }

    private static boolean isRace(
            software.amazon.awssdk.services.dynamodb.model.CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code())
                || "TransactionConflict".equals(reason.code());
    }

    private Map<String, AttributeValue> headItem(Head head) {
        var raised = raised(head);
        var item = item(head.order(), Place.HEAD, raised);
        item.put("version", AttributeValue.fromN(Integer.toString(raised.version())));
        var day = LocalDate.ofInstant(raised.changedAt(), ZoneOffset.UTC);
        item.put("day", AttributeValue.fromS(day.toString()));
        return item;
    }

    private static Head raised(Head head) {
        return new Head(
                head.order(),
                head.generation(),
                head.origin(),
                head.from(),
                head.seen(),
                head.status(),
                head.version() + 1,
                head.changedAt());
    }

    private static Map<String, AttributeValue> version(Head head) {
        return Map.of(":was", AttributeValue.fromN(Integer.toString(head.version())));
    }

    private void put(OrderRef order, String place, Object body) {
        dynamo.putItem(put -> put.tableName(table).item(item(order, place, body)));
    }

    private <T> Optional<T> get(OrderRef order, String place, Class<T> type) {
        var item =
                dynamo.getItem(
                                get ->
                                        get.tableName(table)
                                                .key(key(order, place))
                                                .consistentRead(true))
                        .item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.read(Item.text(item, "body"), type));
    }

    private <T> List<T> list(OrderRef order, String prefix, Class<T> type) {
        var found = new ArrayList<T>();
        items(
                        "#order = :order AND begins_with(#item, :prefix)",
                        Map.of("#order", "order", "#item", "item"),
                        Map.of(
                                ":order", AttributeValue.fromS(order.key()),
                                ":prefix", AttributeValue.fromS(prefix)))
                .forEach(item -> found.add(Json.read(Item.text(item, "body"), type)));
        return found;
    }

    private Iterable<Map<String, AttributeValue>> items(
            String condition, Map<String, String> names, Map<String, AttributeValue> values) {
        return dynamo.queryPaginator(
                        query ->
                                query.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(condition)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(values))
                .items();
    }

    private static Map<String, AttributeValue> item(OrderRef order, String place, Object body) {
        var item = new HashMap<>(key(order, place));
        item.put("body", AttributeValue.fromS(Json.write(body)));
        return item;
    }

    private static Map<String, AttributeValue> key(OrderRef order, String place) {
        return Map.of(
                "order", AttributeValue.fromS(order.key()), "item", AttributeValue.fromS(place));
    }

    /** Goes the way to the table, by both ways of reading, about an order that is not there. */
    public void rehearse() {
        var none = new OrderRef("none", "0");
        head(none);
        timeline(none);
    }

    /** The time the records are stamped with. */
    public Instant now() {
        return clock.instant();
    }
}
