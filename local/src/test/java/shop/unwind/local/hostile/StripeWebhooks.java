package shop.unwind.local.hostile;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/stripe}. */
final class StripeWebhooks {
    /** A complaint about a payment that nobody knows. */
    static final Draft DISPUTE = event("evt_870001", "dp_870001", "pi_870009");

    private static final String PATH = "/webhooks/stripe";
    private static final String SIGNATURE = "Stripe-Signature";
    private static final String FORM = "header stripe-signature: t=…,v1=… was expected";
    private static final String RECENT = "a signature of the last 300 seconds was expected";
    private static final String VALID = "a valid signature was expected";

    private final World world;
    private final Signer signer;

    StripeWebhooks(World world) {
        this.world = world;
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        headers(),
                        times(),
                        keys(),
                        bodies(),
                        fields(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    /** An event as Stripe sends it. */
    static byte[] event(Signer signer, String body) {
        return message(signer, Message.utf8(body)).json().bytes();
    }

    private static Draft event(String id, String dispute, String payment) {
        var about = Draft.empty().text("id", dispute).text("payment_intent", payment);
        return Draft.empty()
                .text("id", id)
                .text("object", "event")
                .with("livemode", "false")
                .text("type", "charge.dispute.created")
                .with("data", "{\"object\":" + about.json() + "}");
    }

    Row sound() {
        return signed("an event of Stripe's", 200, "", StripeWebhooks::body);
    }

    /** An event that would be taken. */
    static Draft sound(Mark mark) {
        return event("evt_" + mark.word(), "dp_" + mark.word(), "pi_" + mark.word())
                .with("evidence", mark.json())
                .text("note", mark.sentence());
    }

    private static Message message(Signer signer, byte[] body) {
        var now = signer.now();
        return Message.post(PATH, body)
                .header(SIGNATURE, "t=" + now + ",v1=" + signer.stripe(body, now));
    }

    private List<Row> headers() {
        return List.of(
                Row.of(
                        "no signature",
                        401,
                        "header stripe-signature was expected",
                        mark -> Message.post(PATH, body(mark))),
                header("an empty header", FORM, (_, _) -> ""),
                header("no time", FORM, (_, v1) -> "v1=" + v1),
                header("no signature but a time", FORM, (t, _) -> "t=" + t),
                header("an old scheme alone", FORM, (t, v1) -> "t=" + t + ",v0=" + v1),
                header("two times", FORM, (t, v1) -> "t=" + t + ",t=" + t + ",v1=" + v1),
                header("a time in words", FORM, (_, v1) -> "t=now,v1=" + v1),
                header("a time of 30 digits", FORM, (_, v1) -> "t=" + "9".repeat(30) + ",v1=" + v1),
                header("a time in full-width digits", FORM, (_, v1) -> "t=１７９５,v1=" + v1),
                header("semicolons", FORM, (t, v1) -> "t=" + t + ";v1=" + v1),
                header("Slack's scheme", FORM, (t, v1) -> "v0=" + v1),
                header("personal data for a header", FORM, (_, _) -> new Mark(9_997).sentence()),
                Row.of(
                        "two headers, one of them right",
                        401,
                        FORM,
                        mark -> message(signer, body(mark)).header(SIGNATURE, "t=1,v1=00")));
    }

    private interface Header {
        String of(long time, String signature);
    }

    private Row header(String name, String words, Header header) {
        return Row.of(
                name,
                401,
                words,
                mark -> {
                    var now = signer.now();
                    var given = header.of(now, signer.stripe(body(mark), now));
                    return Message.post(PATH, body(mark)).header(SIGNATURE, given);
                });
    }

    private List<Row> times() {
        return List.of(
                at("signed 6 minutes ago", RECENT, Duration.ofMinutes(-6)),
                at("signed a year ago", RECENT, Duration.ofDays(-365)),
                at("signed 6 minutes from now", RECENT, Duration.ofMinutes(6)),
                at("signed in a thousand years", RECENT, Duration.ofDays(365_000)),
                header(
                        "an old signature under a new time",
                        VALID,
                        (t, _) -> "t=" + t + ",v1=" + signer.stripe(Message.utf8("{}"), t - 600)));
    }

    private Row at(String name, String words, Duration later) {
        return Row.of(
                name,
                401,
                words,
                mark -> {
                    var time = signer.in(later);
                    var given = "t=" + time + ",v1=" + signer.stripe(body(mark), time);
                    return Message.post(PATH, body(mark)).header(SIGNATURE, given);
                });
    }

    private List<Row> keys() {
        return List.of(
                header("a signature of zeros", VALID, (t, _) -> "t=" + t + ",v1=" + "0".repeat(64)),
                header(
                        "a signature in capitals",
                        VALID,
                        (t, v1) -> "t=" + t + ",v1=" + v1.toUpperCase(Locale.ROOT)),
                header(
                        "a signature cut short",
                        VALID,
                        (t, v1) -> "t=" + t + ",v1=" + v1.substring(1)),
                header(
                        "a signature for another body",
                        VALID,
                        (t, _) -> "t=" + t + ",v1=" + signer.stripe(Message.utf8("{}"), t)),
                header("an empty signature", VALID, (t, _) -> "t=" + t + ",v1="),
                header(
                        "a hundred wrong signatures",
                        VALID,
                        (t, _) -> "t=" + t + ",v1=00".repeat(100)),
                Row.of(
                        "Shopify's signature",
                        401,
                        VALID,
                        mark ->
                                Message.post(PATH, body(mark))
                                        .header(
                                                SIGNATURE,
                                                "t="
                                                        + signer.now()
                                                        + ",v1="
                                                        + signer.shopify(body(mark)))),
                Row.of("one blank more in the body", 401, VALID, this::blankMore));
    }

    private Message blankMore(Mark mark) {
        var sound = message(signer, body(mark));
        return new Message("POST", PATH, sound.lines(), Message.utf8(sound(mark).json() + " "));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), body -> message(signer, body));
        return Stream.concat(
                        broken,
                        Stream.of(
                                signed(
                                        "an array, well signed",
                                        400,
                                        "object: ",
                                        m -> Message.utf8("[" + sound(m).json() + "]")),
                                signed(
                                        "null, well signed",
                                        400,
                                        "object: ",
                                        _ -> Message.utf8("null")),
                                signed(
                                        "no UTF-8, well signed",
                                        400,
                                        "body: ",
                                        m -> Bodies.notUtf8(sound(m).json())),
                                signed(
                                        "UTF-16, well signed",
                                        400,
                                        "body: ",
                                        m -> Bodies.utf16(sound(m).json())),
                                signed(
                                        "no UTF-32, well signed",
                                        400,
                                        "body: ",
                                        _ -> Bodies.notUtf32()),
                                signed(
                                        "10 MB, well signed",
                                        413,
                                        "at most 1000000",
                                        m -> Bodies.tenMegabytes(sound(m).json()))))
                .toList();
    }

    /** What well-signed events may not be; the same rows come through EventBridge. */
    static List<Broken> broken() {
        var payment = "data.object: a payment_intent or charge";
        return List.of(
                new Broken("no event", "object: ", e -> e.text("object", "charge")),
                new Broken("a thin event", "object: ", e -> e.text("object", "v2.core.event")),
                new Broken("no id", "id: ", e -> e.without("id")),
                new Broken("a number for an id", "id: ", e -> e.with("id", "1001")),
                new Broken("a fraction for an id", "id: ", e -> e.with("id", "1.5")),
                new Broken("an array for an id", "id: ", e -> e.with("id", "[\"evt_1\"]")),
                new Broken("an empty id", "id: ", e -> e.text("id", "")),
                new Broken("an id in full-width digits", "id: ", e -> e.text("id", "evt_１")),
                new Broken(
                        "an id with a zero-width joiner", "id: ", e -> e.text("id", "evt\u200D1")),
                new Broken("an id with a path", "id: ", e -> e.text("id", "evt/../1")),
                new Broken("an id of SQL", "id: ", e -> e.text("id", "' OR '1'='1")),
                new Broken(
                        "an id with a line of a log",
                        "id: ",
                        e -> e.text("id", "e\\r\\n{\\\"level\\\":1}")),
                new Broken("an id of 256 letters", "id: ", e -> e.text("id", "e".repeat(256))),
                new Broken("no data", "id: ", e -> e.without("data")),
                new Broken("an array for data", "id: ", e -> e.with("data", "[]")),
                new Broken("a text for an object", "id: ", e -> about(e, "\"dp_1\"")),
                new Broken("a dispute without id", "id: ", e -> about(e, "{\"charge\":\"ch_1\"}")),
                new Broken("a dispute's id of HTML", "id: ", e -> dispute(e, "<b>", "pi_1")),
                new Broken("no payment", payment, e -> about(e, "{\"id\":\"dp_1\"}")),
                new Broken("a payment of JSONata", payment, e -> dispute(e, "dp_1", "{% $x %}")),
                new Broken(
                        "a payment with a right-to-left override",
                        payment,
                        e -> dispute(e, "dp_1", "pi_\u202E1")),
                new Broken("a payment with a NUL", payment, e -> dispute(e, "dp_1", "pi_1\\u0000")),
                new Broken(
                        "a payment too long for a case",
                        "32",
                        e -> dispute(e, "dp_1", "pi_" + "1".repeat(30))),
                new Broken(
                        "a payment of 255 letters",
                        "32",
                        e -> dispute(e, "dp_1", "p".repeat(255))));
    }

    /**
     * What is wrong about a well-signed event.
     *
     * @param words in the complaint
     */
    record Broken(String name, String words, UnaryOperator<Draft> change) {}

    private static Draft about(Draft event, String object) {
        return event.with("data", "{\"object\":" + object + "}");
    }

    private static Draft dispute(Draft event, String id, String payment) {
        return about(event, "{\"id\":\"" + id + "\",\"payment_intent\":\"" + payment + "\"}");
    }

    private List<Row> fields() {
        var more =
                Stream.of(
                        new Broken("no type", "type: ", e -> e.without("type")),
                        new Broken(
                                "a type in capitals",
                                "type: ",
                                e -> e.text("type", "CHARGE.DISPUTE.CREATED")),
                        new Broken(
                                "a type with a line of a log",
                                "type: ",
                                e -> e.text("type", "a\\r\\nb")));
        return Stream.concat(broken().stream(), more)
                .map(
                        wrong ->
                                signed(
                                        wrong.name(),
                                        400,
                                        wrong.words(),
                                        mark ->
                                                Message.utf8(
                                                        wrong.change().apply(sound(mark)).json())))
                .toList();
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return Stream.concat(
                        Stream.of(
                                new Row(
                                        "an event that was overheard",
                                        _ -> world.overheard().stripe(),
                                        200,
                                        "")),
                        Stream.of(
                                        new Broken(
                                                "another account's event",
                                                "",
                                                e -> e.text("account", "acct_1Other")),
                                        new Broken(
                                                "an event of the other mode",
                                                "",
                                                e -> e.with("livemode", "true")),
                                        new Broken(
                                                "an unknown type",
                                                "",
                                                e -> e.text("type", "charge.exploded")),
                                        new Broken(
                                                "a refund that failed and is not ours",
                                                "",
                                                StripeWebhooks::failed))
                                .map(
                                        other ->
                                                signed(
                                                        other.name(),
                                                        200,
                                                        "",
                                                        mark ->
                                                                Message.utf8(
                                                                        other.change()
                                                                                .apply(sound(mark))
                                                                                .json()))))
                .toList();
    }

    static Draft failed(Draft event) {
        return about(event, "{\"id\":\"re_1\",\"charge\":\"ch_1\",\"status\":\"failed\"}")
                .text("type", "refund.failed");
    }

    private List<Row> methods() {
        return Stream.of("GET", "PUT", "DELETE", "OPTIONS")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> message(signer, body(mark)).by(method)))
                .toList();
    }

    private Row signed(String name, int status, String words, Function<Mark, byte[]> body) {
        return Row.of(name, status, words, mark -> message(signer, body.apply(mark)));
    }

    private static byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
