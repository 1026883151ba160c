package shop.unwind.local.event;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * AWS's cron with six fields: minutes, hours, day of month, month, day of week (1 is Sunday), year.
 * Lists, ranges and steps are known; {@code L}, {@code W} and {@code #} are refused.
 */
record Cron(
        BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, BitSet years) {
    private static final int YEARS_AHEAD = 5;

    static Cron parse(String fields) {
        var parts = List.of(fields.strip().split("\\s+", -1));
        if (parts.size() != 6)
            throw new IllegalArgumentException("expected six fields, found " + parts.size());
        return new Cron(
                field(parts.get(0), 0, 59),
                field(parts.get(1), 0, 23),
                field(parts.get(2), 1, 31),
                field(parts.get(3), 1, 12),
                field(parts.get(4), 1, 7),
                field(parts.get(5), 1970, 2199));
    }

    /** The first moment after this one, if there is one in the next years. */
    Optional<ZonedDateTime> next(ZonedDateTime after) {
        var time = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var end = after.plusYears(YEARS_AHEAD);
        while (time.isBefore(end)) {
            if (!onDay(time)) time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            else if (!hours.get(time.getHour()))
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            else if (!minutes.get(time.getMinute())) time = time.plusMinutes(1);
            else return Optional.of(time);
        }
        return Optional.empty();
    }

    private boolean onDay(ZonedDateTime time) {
        return years.get(time.getYear())
                && months.get(time.getMonthValue())
                && days.get(time.getDayOfMonth())
                && weekdays.get(time.getDayOfWeek().getValue() % 7 + 1);
    }

    private static BitSet field(String text, int least, int most) {
        var values = new BitSet();
        for (var part : text.split(",", -1)) add(values, part, least, most);
        return values;
    }

    private static void add(BitSet values, String part, int least, int most) {
        var slash = part.indexOf('/');
        var step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, most);
        var range = slash < 0 ? part : part.substring(0, slash);
        var all = range.equals("*") || range.equals("?");
        var dash = range.indexOf('-');
        var first = all ? least : number(dash < 0 ? range : range.substring(0, dash), least, most);
        var open = all || (slash >= 0 && dash < 0);
        var last = open ? most : dash < 0 ? first : number(range.substring(dash + 1), least, most);
        for (var value = first; value <= last; value += step) values.set(value);
    }

    private static int number(String text, int least, int most) {
        var value = named(text.toUpperCase(Locale.ROOT));
        if (value < least || value > most)
            throw new IllegalArgumentException(
                    "expected %d to %d, found %s".formatted(least, most, text));
        return value;
    }

    private static int named(String text) {
        for (var day : DayOfWeek.values())
            if (day.name().substring(0, 3).equals(text)) return day.getValue() % 7 + 1;
        for (var month : Month.values())
            if (month.name().substring(0, 3).equals(text)) return month.getValue();
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }
}
