package shop.unwind.breaker;

import shop.unwind.config.Policy.Allowance;
import shop.unwind.domain.Money;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A clock hour or day (UTC) and what may pass in it.
 *
 * @param name such as {@code 2026-11-28T05}
 */
record Window(String name, String words, Allowance allowance, Instant endsAt) {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    static Window hour(Instant now, Allowance allowance) {
        return new Window(HOUR.format(now), "this hour", allowance, now.plus(Duration.ofHours(1)));
    }

    static Window day(Instant now, Allowance allowance) {
        return new Window(DAY.format(now), "today", allowance, now.plus(Duration.ofDays(1)));
    }

    /** What one more refund of this amount would exceed. */
    String exceeded(Money amount) {
        var sum = allowance.sum(amount.currency()).map(most -> " or " + most).orElse("");
        return "more than " + allowance.refunds() + " automatic refunds" + sum + " " + words;
    }
}
