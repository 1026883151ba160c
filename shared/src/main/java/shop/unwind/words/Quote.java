package shop.unwind.words;

import shop.unwind.domain.Personal;

import java.util.regex.Pattern;

/**
 * A customer's own words as staff read them: marked as such, in one line, cut. They are for the
 * letter alone, personal as they are.
 */
public final class Quote {
    /** In characters: two or three sentences. */
    private static final int LONGEST = 300;

    /** What breaks a line, turns its direction, or cannot be seen. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}]+");

    /** What could pass for the end of the quotation. */
    private static final Pattern MARKS = Pattern.compile("[\"“”„‟«»＂]");

    private Quote() {}

    public static String of(Personal words) {
        var line = UNSEEN.matcher(words.value()).replaceAll(" ").strip();
        return "The customer's words: “" + cut(MARKS.matcher(line).replaceAll("'")) + "”";
    }

    /** None of its characters in half. */
    private static String cut(String line) {
        if (line.length() <= LONGEST) return line;
        var end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return line.substring(0, end) + "…";
    }
}
