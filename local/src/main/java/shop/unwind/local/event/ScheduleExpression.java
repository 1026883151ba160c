package shop.unwind.local.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a schedule is due: {@code rate(5 minutes)}, {@code cron(0 8 * * ? *)} or {@code at(...)}.
 */
sealed interface ScheduleExpression {
    /** The next moment after this one, if there is another. */
    Optional<Instant> next(Instant after);

    record Rate(Duration every) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(after.plus(every));
        }
    }

    record Times(Cron cron, ZoneId zone) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant after) {
            return cron.next(after.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    record Once(Instant at) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(at).filter(after::isBefore);
        }
    }

    Pattern FORM = Pattern.compile("(rate|cron|at)\\((.+)\\)");
    Pattern RATE = Pattern.compile("([1-9][0-9]{0,5}) (minute|hour|day)s?");

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException it is none
     */
    static ScheduleExpression parse(String text, ZoneId zone) {
        var form = FORM.matcher(text);
        if (!form.matches())
            throw new IllegalArgumentException("expected rate, cron or at, found " + text);
        return switch (form.group(1)) {
            case "rate" -> rate(form.group(2));
            case "cron" -> new Times(Cron.parse(form.group(2)), zone);
            default -> new Once(LocalDateTime.parse(form.group(2)).atZone(zone).toInstant());
        };
    }

    private static Rate rate(String text) {
        var rate = RATE.matcher(text);
        if (!rate.matches())
            throw new IllegalArgumentException(
                    "expected a rate in minutes, hours or days: " + text);
        var count = Integer.parseInt(rate.group(1));
        return new Rate(
                switch (rate.group(2)) {
                    case "minute" -> Duration.ofMinutes(count);
                    case "hour" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
