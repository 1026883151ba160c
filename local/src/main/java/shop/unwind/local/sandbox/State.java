package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.Journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one platform knows: documents by collection and id, each change written to the journal.
 * Hands out copies and takes copies.
 */
final class State {
    private static final ScopedValue<View> VIEW = ScopedValue.newInstance();
    private static final View BEGINNING = new View(0, false);
    private static final AtomicLong CALLS = new AtomicLong();

    /** What one call sees: its number, and whether it is shown only the past. */
    private record View(long call, boolean stale) {}

    /** A document now, and as it was before the last call that changed it. */
    private record Entry(Optional<ObjectNode> now, Optional<ObjectNode> before, long call) {}

    private final String platform;
    private final Journal journal;
    private final Map<String, SequencedMap<String, Entry>> collections = new TreeMap<>();

    State(String platform, Journal journal) {
        this.platform = platform;
        this.journal = journal;
    }

    /** Runs a call whose changes count as one; a stale one sees all before the last change. */
    static <T> T inOneView(boolean stale, Supplier<T> call) {
        if (VIEW.isBound()) return call.get();
        var view = new View(CALLS.incrementAndGet(), stale);
        return ScopedValue.where(VIEW, view).call(call::get);
    }

    /** Runs a change that makes the world as it always was: a stale read sees it, too. */
    static <T> T atTheBeginning(Supplier<T> change) {
        return ScopedValue.where(VIEW, BEGINNING).call(change::get);
    }

    synchronized Optional<ObjectNode> get(String collection, String id) {
        return Optional.ofNullable(collection(collection).get(id))
                .flatMap(State::seen)
                .map(ObjectNode::deepCopy);
    }

    synchronized void put(String collection, String id, ObjectNode document) {
        set(collection, id, Optional.of(document.deepCopy()));
        journal.append(line(collection, id).set("value", document));
    }

    synchronized void remove(String collection, String id) {
        collection(collection).remove(id);
        journal.append(line(collection, id));
    }

    /** All documents of a collection, oldest first. */
    synchronized Stream<ObjectNode> all(String collection) {
        return collection(collection).values().stream()
                .flatMap(entry -> seen(entry).stream())
                .map(ObjectNode::deepCopy)
                .toList()
                .stream();
    }

    synchronized int count(String collection) {
        return collection(collection).size();
    }

    synchronized void clear() {
        collections.clear();
    }

    /** Takes one line of the journal back in. */
    synchronized void replay(JsonNode line) {
        var collection = line.path("collection").asText();
        var id = line.path("id").asText();
        if (line.get("value") instanceof ObjectNode value) set(collection, id, Optional.of(value));
        else collection(collection).remove(id);
    }

    synchronized ObjectNode toJson() {
        var all = Json.of();
        collections.forEach(
                (name, entries) -> {
                    if (entries.isEmpty()) return;
                    var documents = all.putObject(name);
                    entries.forEach(
                            (id, entry) -> entry.now.ifPresent(value -> documents.set(id, value)));
                });
        return all.deepCopy();
    }

    private void set(String collection, String id, Optional<ObjectNode> value) {
        var view = view();
        if (view.stale) throw new IllegalStateException("a stale read must not write");
        var old = Optional.ofNullable(collection(collection).get(id));
        var sameCall = old.filter(entry -> entry.call == view.call);
        var before = sameCall.isPresent() ? sameCall.get().before : old.flatMap(entry -> entry.now);
        if (view.equals(BEGINNING)) before = value;
        collection(collection).put(id, new Entry(value, before, view.call));
    }

    private SequencedMap<String, Entry> collection(String name) {
        return collections.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    }

    private ObjectNode line(String collection, String id) {
        return Json.of("platform", platform, "collection", collection, "id", id);
    }

    private static Optional<ObjectNode> seen(Entry entry) {
        return view().stale ? entry.before : entry.now;
    }

    private static View view() {
        return VIEW.orElse(BEGINNING);
    }
}
