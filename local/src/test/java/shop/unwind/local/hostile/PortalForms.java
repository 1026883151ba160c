package shop.unwind.local.hostile;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bad requests to {@code POST /cancellations}. */
final class PortalForms {
    private static final String PATH = "/cancellations";

    private final World world;

    PortalForms(World world) {
        this.world = world;
    }

    List<Row> rows() {
        return Stream.of(
                        bodies(),
                        orders(),
                        emails(),
                        reasons(),
                        storefronts(),
                        lines(),
                        fields(),
                        keys(),
                        methods(),
                        Smuggling.rows(PATH, 400))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return Row.of("a form", 202, "received", mark -> post(sound(mark).json()));
    }

    /** A form that would be taken. */
    static Draft sound(Mark mark) {
        return Draft.empty()
                .text("order", Shop.CLOSED)
                .text("email", mark.email())
                .text("reason", mark.sentence());
    }

    private static List<Row> bodies() {
        var broken =
                Bodies.all().stream()
                        .map(
                                body ->
                                        raw(
                                                body.name(),
                                                400,
                                                "body: ",
                                                mark -> utf8(body.of().apply(sound(mark).json()))));
        return Stream.concat(
                        broken,
                        Stream.of(
                                raw(
                                        "an array",
                                        400,
                                        "body: ",
                                        m -> utf8("[" + sound(m).json() + "]")),
                                raw("a text", 400, "body: ", m -> utf8('"' + m.sentence() + '"')),
                                raw("null", 400, "body: ", _ -> utf8("null")),
                                raw("64,001 bytes", 413, "at most 64000", PortalForms::longest),
                                raw(
                                        "10 MB",
                                        413,
                                        "at most 64000",
                                        m -> Bodies.tenMegabytes(sound(m).json())),
                                raw(
                                        "no UTF-8",
                                        400,
                                        "body: ",
                                        m -> Bodies.notUtf8(sound(m).json())),
                                raw("UTF-16", 400, "body: ", m -> Bodies.utf16(sound(m).json())),
                                raw("no UTF-32", 400, "body: ", _ -> Bodies.notUtf32()),
                                Row.of("a form of HTML", 400, "body: ", PortalForms::html),
                                Row.of("a form with files", 400, "body: ", PortalForms::multipart)))
                .toList();
    }

    private static byte[] longest(Mark mark) {
        var form = sound(mark).json();
        return utf8(form + " ".repeat(64_001 - form.length()));
    }

    private static Message html(Mark mark) {
        return Message.post(PATH, "order=870001&email=" + mark.email())
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private static Message multipart(Mark mark) {
        var part = "Content-Disposition: form-data; name=\"email\"\r\n\r\n" + mark.email();
        return Message.post(PATH, "--x\r\n" + part + "\r\n--x--\r\n")
                .header("Content-Type", "multipart/form-data; boundary=x");
    }

    private static List<Row> orders() {
        var tricks =
                Tricks.all().stream()
                        .map(trick -> field("order", trick.json(), "order: ", trick.name()));
        return Stream.concat(
                        tricks,
                        Stream.of(
                                form("order missing", "order: ", form -> form.without("order")),
                                field("order", "870001", "order: ", "a number"),
                                field("order", "870001.0", "order: ", "a fraction"),
                                field("order", "1e400", "order: ", "a number beyond all"),
                                field("order", "\"870001\tB\"", "body: ", "a raw tab"),
                                field("order", "\"87\u00000001\"", "body: ", "a raw NUL")))
                .toList();
    }

    private static List<Row> emails() {
        return Stream.of(
                        form("email missing", "email: ", form -> form.without("email")),
                        field("email", "7", "email: ", "a number"),
                        field("email", "[\"a@b.example\"]", "email: ", "a list"),
                        field("email", "\"\"", "email: ", "empty"),
                        field("email", "\"nobody\"", "email: ", "no @"),
                        field(
                                "email",
                                "\"a@b.example\\r\\nBcc: c@d.example\"",
                                "email: ",
                                "a mail header"),
                        field("email", "\"a@b.example,c@d.example\"", "email: ", "two addresses"),
                        field("email", "\"<script>@b.example\"", "email: ", "HTML"),
                        field("email", "\"' OR 1=1 --@b.example\"", "email: ", "SQL"),
                        field("email", "\"a@b.example\\u0000\"", "email: ", "a NUL"),
                        field(
                                "email",
                                "\"a\u202E@b.example\"",
                                "email: ",
                                "a right-to-left override"),
                        field(
                                "email",
                                "\"" + "a".repeat(250) + "@b.example\"",
                                "email: ",
                                "261 letters"))
                .toList();
    }

    private static List<Row> reasons() {
        return List.of(
                field("reason", "1", "reason: ", "a number"),
                field("reason", "{\"html\":\"<b>\"}", "reason: ", "an object"),
                field("reason", "\"" + "x".repeat(501) + "\"", "reason: ", "501 letters"),
                field("reason", "\"a\\u001b[2Jb\"", "reason: ", "an escape sequence"),
                field("reason", "\"a\u202Eb\"", "reason: ", "a right-to-left override"));
    }

    private static List<Row> storefronts() {
        return List.of(
                field("storefront", "\"amazon\"", "storefront: ", "another's"),
                field("storefront", "\"stripe\"", "storefront: ", "a platform that sells nothing"),
                field("storefront", "\"Shopify\"", "storefront: ", "a capital"),
                field("storefront", "\"shopify/../stripe\"", "storefront: ", "a path"),
                field("storefront", "[\"shopify\"]", "storefront: ", "a list"));
    }

    private static List<Row> lines() {
        return List.of(
                field("lines", "[]", "lines: ", "none"),
                field("lines", "{\"sku\":\"A\",\"quantity\":1}", "lines: ", "an object"),
                field("lines", "\"all\"", "lines: ", "a text"),
                field("lines", many(101), "lines: ", "101 of them"),
                field("lines", "[7]", "lines[0]: ", "a number"),
                quantity("0"),
                quantity("-1"),
                quantity("1.0"),
                quantity("1e2"),
                quantity("\"1\""),
                quantity("2147483648"),
                quantity("10001"),
                quantity("null"),
                line("{\"quantity\":1}", "lines[0].sku: ", "no sku"),
                line("{\"sku\":\" \",\"quantity\":1}", "lines[0].sku: ", "a blank sku"),
                line(
                        "{\"sku\":\"A\\r\\nB\",\"quantity\":1}",
                        "lines[0].sku: ",
                        "two lines in a sku"),
                line("{\"sku\":\"A\",\"quantity\":1,\"price\":0}", "lines[0].price: ", "a price"),
                line(
                        "{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"A\",\"quantity\":1}",
                        "lines[1].sku: ",
                        "one sku twice"));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"sku\":\"A%d\",\"quantity\":1}"::formatted)
                .toList()
                .toString();
    }

    private static Row quantity(String json) {
        return line(
                "{\"sku\":\"A\",\"quantity\":" + json + "}",
                "lines[0].quantity: ",
                "a quantity of " + json);
    }

    private static Row line(String json, String words, String name) {
        return field("lines", "[" + json + "]", words, name);
    }

    private static List<Row> fields() {
        return Stream.of(
                        form(
                                "an unknown field",
                                "status: no such field",
                                f -> f.text("status", "CLOSED")),
                        form(
                                "a capital in a field",
                                "Order: no such field",
                                f -> f.text("Order", "1")),
                        form(
                                "a prototype",
                                "__proto__: no such field",
                                f -> f.with("__proto__", "{}")),
                        form(
                                "half a pair in a field's name",
                                "no such field",
                                f -> f.text("\\uD800", "x")),
                        form(
                                "a pair where a name is cut",
                                "no such field",
                                f -> f.text("x".repeat(39) + "\uD83D\uDE00", "x")),
                        form(
                                "a refund's amount",
                                "refund: no such field",
                                f -> f.with("refund", "999999")),
                        Row.of(
                                "personal data as a field's name",
                                400,
                                "no such field",
                                mark -> post(sound(mark).text(mark.name(), "x").json())))
                .toList();
    }

    private List<Row> keys() {
        return List.of(
                key("too short", "a"),
                key("too long", "k".repeat(101)),
                key("with a blank", "key with blanks"),
                key("beyond ASCII", "schlüssel-1"),
                key("empty", ""),
                new Row(
                        "a form that was overheard, sent once more",
                        _ -> world.overheard().form(),
                        202,
                        world.ticket().id()));
    }

    private static Row key(String name, String key) {
        return Row.of(
                "an Idempotency-Key " + name,
                400,
                "Idempotency-Key",
                mark -> post(sound(mark).json()).header("Idempotency-Key", key));
    }

    private static List<Row> methods() {
        return Stream.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "SELL")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> post(sound(mark).json()).by(method)))
                .toList();
    }

    private static Row field(String field, String json, String words, String what) {
        return form(field + ": " + what, words, form -> form.with(field, json));
    }

    private static Row form(String name, String words, UnaryOperator<Draft> change) {
        return Row.of(name, 400, words, mark -> post(change.apply(sound(mark)).json()));
    }

    /** Without a type, or the API would take the bytes for text. */
    private static Row raw(String name, int status, String words, Function<Mark, byte[]> body) {
        return Row.of(name, status, words, mark -> Message.post(PATH, body.apply(mark)));
    }

    private static Message post(String body) {
        return Message.post(PATH, body).json();
    }

    private static byte[] utf8(String text) {
        return Message.utf8(text);
    }
}
