package shop.unwind.cases;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Order;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Wish;
import shop.unwind.json.Json;
import shop.unwind.problem.NotFound;
import shop.unwind.table.Item;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that is kept of one order, as read in one go. */
public final class Folder {
    private final TreeMap<String, String> bodies = new TreeMap<>();

    Folder(Iterable<Map<String, AttributeValue>> items) {
        items.forEach(item -> bodies.put(Item.text(item, "item"), Item.text(item, "body")));
    }

    public Optional<Head> head() {
        return one(Place.HEAD, Head.class);
    }

    /** The head of this very case. */
    public Head head(CaseId id) {
        return ofCase(id, head());
    }

    static Head ofCase(CaseId id, Optional<Head> head) {
        return head.filter(standing -> standing.generation() >= id.generation())
                .orElseThrow(() -> new NotFound("case " + id));
    }

    /** The order as it was last read. */
    public Optional<Order> order() {
        return one(Place.SNAPSHOT, Order.class);
    }

    /** Every request about the order, oldest first. */
    public List<Recorded> requests() {
        return all(Place.REQUESTS, Recorded.class).stream()
                .sorted(Comparator.comparingInt(Recorded::number))
                .toList();
    }

    /** The requests of one case: those beyond {@code head.from()}, oldest first. */
    public List<Recorded> requests(Head head) {
        return requests().stream().filter(recorded -> recorded.number() > head.from()).toList();
    }

    /**
     * The reason that the customer gave last of what a decision of this case has seen. Whoever
     * asked in the customer's name with another address is not quoted.
     */
    public Optional<Personal> reason(CaseId id, Decision decision) {
        return requests(head(id)).stream()
                .filter(recorded -> recorded.number() <= decision.covers())
                .map(Recorded::request)
                .filter(this::isCustomers)
                .flatMap(request -> reason(request.wish()).stream())
                .reduce((_, last) -> last);
    }

    private boolean isCustomers(Request request) {
        return order().flatMap(Order::email)
                .filter(known -> request.email().filter(known::sameMailbox).isPresent())
                .isPresent();
    }

    private static Optional<Personal> reason(Wish wish) {
        return wish instanceof Wish.Cancel(var reason, _) && !reason.isBlank()
                ? Optional.of(new Personal(reason))
                : Optional.empty();
    }

    public Optional<Decision> decision(CaseId id) {
        return one(Place.decision(id), Decision.class);
    }

    /** Every question that was asked about the order. */
    public List<Approval> approvals() {
        return all(Place.APPROVALS, Approval.class);
    }

    /** The timeline of all cases of the order, oldest first. */
    public List<Event> timeline() {
        return all(Place.EVENTS, Event.class);
    }

    boolean holds(String place) {
        return bodies.containsKey(place);
    }

    private <T> Optional<T> one(String place, Class<T> type) {
        return Optional.ofNullable(bodies.get(place)).map(body -> Json.read(body, type));
    }

    private <T> List<T> all(String prefix, Class<T> type) {
        return bodies.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> Json.read(entry.getValue(), type))
                .toList();
    }
}
