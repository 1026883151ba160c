package shop.unwind.local.hostile;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/square}. */
final class SquareWebhooks {
    private static final String PATH = "/webhooks/square";
    private static final String SIGNATURE = "x-square-hmacsha256-signature";
    private static final String UNSIGNED = "a valid signature was expected";

    private final Signer signer;

    SquareWebhooks(World world) {
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        signatures(),
                        bodies(),
                        fields(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return signed("an event of Square's", 200, "", SquareWebhooks::body);
    }

    /** A cancellation of an order that nobody knows; it would be taken. */
    private static Draft sound(Mark mark) {
        var order =
                Draft.empty()
                        .text("order_id", mark.word())
                        .text("state", "CANCELED")
                        .text("note", mark.sentence());
        return Draft.empty()
                .text("merchant_id", "MLUNWIND00001")
                .text("type", "order.updated")
                .text("event_id", "evt-" + mark.word())
                .with("data", data("order_updated", order))
                .with("customer", mark.json());
    }

    private static String data(String kind, Draft object) {
        return "{\"object\":{\"" + kind + "\":" + object.json() + "}}";
    }

    private List<Row> signatures() {
        var address = signer.secret("unwind/square", "notificationUrl");
        return List.of(
                Row.of("no signature", 401, SIGNATURE, mark -> Message.post(PATH, body(mark))),
                signature("an empty signature", _ -> ""),
                signature(
                        "a signature of zeros",
                        _ -> Base64.getEncoder().encodeToString(new byte[32])),
                signature("a signature for another body", _ -> signer.square(Message.utf8("{}"))),
                signature("a signature of the body alone", body -> signer.square("", body)),
                signature(
                        "a signature for an address with a slash more",
                        body -> signer.square(address + "/", body)),
                signature(
                        "a signature for an address without TLS",
                        body -> signer.square(address.replace("https", "http"), body)),
                signature(
                        "a signature for the host that was called",
                        body -> signer.square("http://localhost" + PATH, body)),
                signature(
                        "a signature for an address in capitals",
                        body -> signer.square(address.toUpperCase(Locale.ROOT), body)),
                signature(
                        "a signature for an address with a parameter",
                        body -> signer.square(address + "?a=b", body)),
                signature("a signature with its scheme", body -> "sha256=" + signer.square(body)),
                signature(
                        "a signature in other capitals",
                        body -> signer.square(body).toLowerCase(Locale.ROOT)),
                signature(
                        "a signature without padding",
                        body -> signer.square(body).replace("=", "")),
                signature(
                        "a right signature among two",
                        body -> signer.square(body) + "," + signer.square(body)),
                signature("Shopify's signature", signer::shopify),
                signature("personal data for a signature", _ -> new Mark(9_996).sentence()),
                Row.of("two headers, one of them right", 401, UNSIGNED, this::twoHeaders),
                Row.of("one blank more in the body", 401, UNSIGNED, this::blankMore),
                Row.of("the signature as a parameter", 401, SIGNATURE, this::parameter));
    }

    private Row signature(String name, Function<byte[], String> signature) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark ->
                        Message.post(PATH, body(mark))
                                .header(SIGNATURE, signature.apply(body(mark))));
    }

    private Message twoHeaders(Mark mark) {
        return message(body(mark)).header(SIGNATURE, "x");
    }

    private Message blankMore(Mark mark) {
        return Message.post(PATH, Message.utf8(sound(mark).json() + " "))
                .header(SIGNATURE, signer.square(body(mark)));
    }

    private Message parameter(Mark mark) {
        var path = PATH + "?" + SIGNATURE + "=" + signer.square(body(mark)).replace("+", "%2B");
        return new Message("POST", path, List.of(), body(mark));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), this::message);
        return Stream.concat(
                        broken,
                        Stream.of(
                                signed("an array", 400, "type: ", _ -> Message.utf8("[]")),
                                signed("null", 400, "type: ", _ -> Message.utf8("null")),
                                signed(
                                        "no UTF-8",
                                        400,
                                        "body: ",
                                        mark -> Bodies.notUtf8(sound(mark).json())),
                                signed(
                                        "UTF-16",
                                        400,
                                        "body: ",
                                        mark -> Bodies.utf16(sound(mark).json())),
                                signed(
                                        "10 MB",
                                        413,
                                        "at most 1000000",
                                        mark -> Bodies.tenMegabytes(sound(mark).json()))))
                .toList();
    }

    private List<Row> fields() {
        return List.of(
                broken("no type", "type: ", event -> event.without("type")),
                broken(
                        "a type in capitals",
                        "type: ",
                        event -> event.text("type", "Order.Updated")),
                broken(
                        "a type with a line of a log",
                        "type: ",
                        event -> event.text("type", "a\\r\\n{}")),
                broken("no event's id", "event_id: ", event -> event.without("event_id")),
                broken("a number for an id", "event_id: ", event -> event.with("event_id", "1001")),
                broken(
                        "an id with a path",
                        "event_id: ",
                        event -> event.text("event_id", "a/../b")),
                broken(
                        "an id of 101 letters",
                        "event_id: ",
                        event -> event.text("event_id", "e".repeat(101))),
                broken("no merchant", "merchant_id: ", event -> event.without("merchant_id")),
                broken("an order without id", "id: ", event -> order(event, Draft.empty())),
                broken(
                        "an order's id with a path",
                        "id: ",
                        event -> order(event, Draft.empty().text("order_id", "../refunds"))),
                broken(
                        "an order's id of SQL",
                        "id: ",
                        event -> order(event, Draft.empty().text("order_id", "' OR '1'='1"))),
                broken(
                        "an order's id of HTML",
                        "id: ",
                        event -> order(event, Draft.empty().text("order_id", "<b>"))),
                broken(
                        "an order's id too long for a case",
                        "payment_id: ",
                        event -> order(event, Draft.empty().text("order_id", "1".repeat(40)))),
                broken("a number for an order's id", "id: ", SquareWebhooks::numbered),
                broken("a dispute of nothing", "id: ", SquareWebhooks::dispute),
                broken(
                        "a dispute without payment",
                        "payment_id: ",
                        event ->
                                event.text("type", "dispute.created")
                                        .with(
                                                "data",
                                                data(
                                                        "dispute",
                                                        Draft.empty().text("id", "DSP1")))));
    }

    private static Draft order(Draft event, Draft order) {
        return event.with("data", data("order_updated", order.text("state", "CANCELED")));
    }

    private static Draft numbered(Draft event) {
        return order(event, Draft.empty().with("order_id", "1001"));
    }

    private static Draft dispute(Draft event) {
        return event.text("type", "dispute.created").with("data", "{}");
    }

    private Row broken(String name, String words, UnaryOperator<Draft> change) {
        return signed(name, 400, words, mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                passed("another account's event", event -> event.text("merchant_id", "M2")),
                passed("an unknown type", event -> event.text("type", "order.exploded")),
                passed(
                        "an order that is not cancelled",
                        event ->
                                event.with(
                                        "data",
                                        data(
                                                "order_updated",
                                                Draft.empty()
                                                        .text("order_id", "1")
                                                        .text("state", "OPEN")))),
                passed("our own refund's echo", event -> refund(event, "unwind:a-1-1:refund")),
                passed("a refund that moved nothing", event -> refund(event, "by hand", "FAILED")));
    }

    private static Draft refund(Draft event, String reason) {
        return refund(event, reason, "COMPLETED");
    }

    private static Draft refund(Draft event, String reason, String status) {
        var refund =
                Draft.empty()
                        .text("id", "r_1")
                        .text("payment_id", "p_1")
                        .text("reason", reason)
                        .text("status", status);
        return event.text("type", "refund.updated").with("data", data("refund", refund));
    }

    private Row passed(String name, UnaryOperator<Draft> change) {
        return signed(name, 200, "", mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    private List<Row> methods() {
        return Stream.of("GET", "PUT", "DELETE", "OPTIONS")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> message(body(mark)).by(method)))
                .toList();
    }

    private Row signed(String name, int status, String words, Function<Mark, byte[]> body) {
        return Row.of(name, status, words, mark -> message(body.apply(mark)));
    }

    private Message message(byte[] body) {
        return Message.post(PATH, body).header(SIGNATURE, signer.square(body));
    }

    private static byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
