package shop.unwind.slack;

import java.util.regex.Pattern;

/** Text as Slack takes it. */
final class Mrkdwn {
    /** A section takes 3,000 characters; room is left for what stands around the text. */
    static final int LONGEST = 2900;

    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,20}");

    private Mrkdwn() {}

    /** Escapes what Slack would read as a link or a mention; cuts what is too long. */
    static String escape(String text) {
        var escaped = new StringBuilder();
        for (var character : cut(text, LONGEST).codePoints().toArray()) {
            var piece =
                    switch (character) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        default -> Character.toString(character);
                    };
            if (escaped.length() + piece.length() > LONGEST) break;
            escaped.append(piece);
        }
        return escaped.toString();
    }

    /** At most so many characters, none of them in half. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) return text;
        var end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    /** Mentions a user of Slack; whoever else it is, by name. */
    static String person(String who) {
        return USER.matcher(who).matches() ? "<@" + who + ">" : escape(who);
    }
}
