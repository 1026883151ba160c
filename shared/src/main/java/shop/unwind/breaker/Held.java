package shop.unwind.breaker;

import java.time.Instant;

/**
 * A refund that waits its turn.
 *
 * @param key of the refund's attempt
 * @param since when it was first held: the order in which held refunds go on
 * @param askedAt when it last asked; who asks no more holds nobody up
 */
record Held(String key, Instant since, Instant askedAt) {
    Held askingAgain(Instant now) {
        return new Held(key, since, now);
    }
}
