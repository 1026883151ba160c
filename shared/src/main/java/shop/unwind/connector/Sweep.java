package shop.unwind.connector;

import shop.unwind.queue.Requests;
import shop.unwind.table.Bookmark;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Asks a storefront on a schedule what has happened since the last time, for webhooks are lost and
 * some storefronts send none. The bookmark moves on only when everything found is on the queue.
 */
final class Sweep {
    /** A change may become visible this much later than it bears its date. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    /** How far the first sweep looks back. */
    private static final Duration FIRST = Duration.ofHours(1);

    private final Bookmark bookmark;
    private final Supplier<Requests> requests;
    private final InstantSource clock;

    Sweep(Bookmark bookmark, Supplier<Requests> requests, InstantSource clock) {
        this.bookmark = bookmark;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * What a sweep did.
     *
     * @param requests how many were put on the queue
     */
    record Swept(int requests) {}

    Swept run(Storefront storefront) {
        var now = clock.instant();
        var then = bookmark.read().orElse(now.minus(FIRST)).minus(OVERLAP);
        var found = storefront.eventsSince(then);
        if (!found.isEmpty()) found.forEach(requests.get()::send);
        bookmark.move(now);
        return new Swept(found.size());
    }
}
