package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One imitated platform. Its handlers and {@link #add} run one at a time, so they need no locks;
 * acts take {@link Stage#alone} themselves. What it must not forget it keeps in its stage's state.
 */
interface Platform {
    /** Its word in paths, faults and statistics. */
    String name();

    Routes routes();

    /** The name of the operation, where the route alone does not tell. */
    default String operation(Routes.Route route) {
        return route.operation();
    }

    /** Whether the call changes nothing, so that a stale answer to it is possible. */
    default boolean isQuestion(Routes.Route route) {
        return route.call().method().equals("GET");
    }

    /** Refuses a call for its credentials, headers or rate, before anything else is looked at. */
    default Optional<Answer> refuse(Call call) {
        return Optional.empty();
    }

    /** The vendor's answer for a path or method it does not have. */
    Answer unknown(Call call);

    /** The vendor's answer when it is broken. */
    Answer broken();

    /** The vendor's answer when it was called too often. */
    Answer throttled();

    /** The key under which this call takes effect only once. */
    default Optional<String> idempotencyKey(Call call) {
        return Optional.empty();
    }

    /** How long a key is remembered. */
    default Duration keyLife() {
        return Duration.ofHours(24);
    }

    /** The vendor's answer while the first call with this key is under way. */
    default Answer keyInUse(Call call, String key) {
        throw new UnsupportedOperationException(name() + " has no idempotency keys");
    }

    /** The vendor's answer when the key came before with other content. */
    default Answer keyMismatch(Call call, String key) {
        throw new UnsupportedOperationException(name() + " has no idempotency keys");
    }

    /** Takes over what concerns it of an order; answers what it made of it, empty when nothing. */
    default Optional<JsonNode> add(WorldOrder order) {
        return Optional.empty();
    }

    /**
     * Does what a person at the shop or a bank does.
     *
     * @param path the words behind {@code _act/}
     * @throws Fields.Invalid when there is no such act or subject
     */
    default JsonNode act(List<String> path, Fields input) {
        throw new Fields.Invalid(name() + " has no acts");
    }

    /** What it holds of each payment. */
    default Stream<Book> books() {
        return Stream.empty();
    }

    /** Goes on with what was under way when the sandbox stopped. */
    default void resume() {}

    /**
     * One payment by the platform's own books, in minor units. Pending refunds have not moved yet.
     */
    record Book(
            String platform,
            String payment,
            String order,
            String currency,
            long captured,
            long refunded,
            long pending,
            int refunds) {}
}
