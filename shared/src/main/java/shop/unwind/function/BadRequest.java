package shop.unwind.function;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A request that cannot be right, with what was expected. Holds nothing of its content. */
public final class BadRequest extends RuntimeException {
    private static final int LONGEST_NAME = 40;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final int status;
    private final String logged;
    private final Optional<Duration> pause;

    /**
     * A request to turn away.
     *
     * @param status the 4xx to answer with
     */
    public BadRequest(int status, String expected) {
        this(status, expected, expected, Optional.empty());
    }

    private BadRequest(int status, String expected, String logged, Optional<Duration> pause) {
        super(expected);
        this.status = status;
        this.logged = logged;
        this.pause = pause;
    }

    /**
     * A field that is not known. Its name is the sender's own word, which may be anything: it is
     * answered, at no great length, and not logged.
     *
     * @param at where the field stands, such as {@code lines[0].}
     */
    public static BadRequest unknownField(String at, String name) {
        return new BadRequest(
                400,
                at + shown(name) + ": no such field",
                at + "(a field): no such field",
                Optional.empty());
    }

    /** Half of a surrogate pair could be written into no answer. */
    private static String shown(String name) {
        var seen = UNSEEN.matcher(name).replaceAll("?");
        if (seen.codePointCount(0, seen.length()) <= LONGEST_NAME) return seen;
        return seen.substring(0, seen.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    /**
     * One attempt too many.
     *
     * @param pause after which the next may be made
     */
    public static BadRequest tooMany(Duration pause) {
        var expected = "too many attempts; the next may be made after " + pause.toSeconds() + " s";
        return new BadRequest(429, expected, "too many attempts", Optional.of(pause));
    }

    public int status() {
        return status;
    }

    /** What may stand in a log. */
    String logged() {
        return logged;
    }

    HttpAnswer answer() {
        var answer = HttpAnswer.error(status, String.valueOf(getMessage()));
        return pause.map(time -> answer.with("retry-after", Long.toString(time.toSeconds())))
                .orElse(answer);
    }
}
