package shop.unwind.breaker;

import shop.unwind.domain.Money;

import java.time.Instant;

/**
 * A refund that waits its turn.
 *
 * @param key of the refund's attempt
 * @param amount what it asked for last
 * @param since when it was first held: the order in which held refunds go on
 * @param askedAt when it last asked; who asks no more holds nobody up
 */
record Held(String key, Money amount, Instant since, Instant askedAt) {
    Held askingAgain(Money asked, Instant now) {
        return new Held(key, asked, since, now);
    }
}
