package shop.unwind.local.hostile;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/woocommerce}. */
final class WooCommerceWebhooks {
    private static final String PATH = "/webhooks/woocommerce";
    private static final String SIGNATURE = "X-WC-Webhook-Signature";
    private static final String SOURCE = "X-WC-Webhook-Source";
    private static final String TOPIC = "X-WC-Webhook-Topic";
    private static final String OURS = "https://acrylic-house.example/";
    private static final String UPDATED = "order.updated";
    private static final String UNSIGNED = "a valid signature was expected";

    private final Signer signer;

    WooCommerceWebhooks(World world) {
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        signatures(),
                        bodies(),
                        numbers(),
                        fields(),
                        topics(),
                        sources(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return topic("an event of WooCommerce's", 200, "", UPDATED);
    }

    /** An order that somebody cancelled there; it would be taken. */
    private static Draft sound(Mark mark) {
        return Draft.empty()
                .with("id", "871999")
                .text("number", "871999")
                .text("status", "cancelled")
                .text("date_modified_gmt", "2026-11-20T10:00:00")
                .text("customer_note", mark.sentence())
                .with("billing", mark.json());
    }

    private Message message(String topic, byte[] body) {
        return unsigned(topic, body).header(SIGNATURE, signer.wooCommerce(body));
    }

    private static Message unsigned(String topic, byte[] body) {
        return Message.post(PATH, body).json().header(TOPIC, topic).header(SOURCE, OURS);
    }

    private List<Row> signatures() {
        return List.of(
                Row.of(
                        "no signature",
                        401,
                        "x-wc-webhook-signature",
                        mark -> unsigned(UPDATED, body(mark))),
                signature("an empty signature", _ -> ""),
                signature(
                        "a signature of zeros",
                        _ -> Base64.getEncoder().encodeToString(new byte[32])),
                signature(
                        "a signature for another body",
                        _ -> signer.wooCommerce(Message.utf8("{}"))),
                signature("a signature with its scheme", body -> "sha256=" + right(body)),
                signature(
                        "a signature in other capitals",
                        body -> right(body).toLowerCase(Locale.ROOT)),
                signature("a signature without padding", body -> right(body).replace("=", "")),
                signature("a right signature among two", body -> right(body) + "," + right(body)),
                signature("Shopify's signature", signer::shopify),
                signature("personal data for a signature", _ -> new Mark(9_996).sentence()),
                Row.of(
                        "two headers, one of them right",
                        401,
                        UNSIGNED,
                        mark -> message(UPDATED, body(mark)).header(SIGNATURE, "x")),
                Row.of(
                        "one blank more in the body",
                        401,
                        UNSIGNED,
                        mark ->
                                unsigned(UPDATED, Message.utf8(sound(mark).json() + " "))
                                        .header(SIGNATURE, right(body(mark)))),
                Row.of(
                        "a ping that is none",
                        401,
                        "x-wc-webhook-signature",
                        mark -> Message.post(PATH, "webhook_id=1&order=" + mark.word())));
    }

    private String right(byte[] body) {
        return signer.wooCommerce(body);
    }

    private Row signature(String name, Function<byte[], String> signature) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark ->
                        unsigned(UPDATED, body(mark))
                                .header(SIGNATURE, signature.apply(body(mark))));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), body -> message(UPDATED, body));
        // What is sent as JSON and is no UTF-8 comes to us as something else than was signed.
        var others =
                Stream.of(
                        signed("an array", 400, "status: ", _ -> Message.utf8("[]")),
                        signed("null", 400, "status: ", _ -> Message.utf8("null")),
                        signed("no UTF-8", 401, UNSIGNED, m -> Bodies.notUtf8(sound(m).json())),
                        signed("UTF-16", 401, UNSIGNED, m -> Bodies.utf16(sound(m).json())),
                        signed("no UTF-32", 400, "body: ", _ -> Bodies.notUtf32()),
                        signed(
                                "10 MB",
                                413,
                                "at most 1000000",
                                m -> Bodies.tenMegabytes(sound(m).json())));
        return Stream.concat(broken, others).toList();
    }

    private List<Row> numbers() {
        return Tricks.all().stream()
                .map(trick -> field("number", trick.json(), 400, "number: ", trick.name()))
                .toList();
    }

    private List<Row> fields() {
        return List.of(
                field("number", "871999", 400, "number: ", "a number"),
                field("id", "\"871999\"", 400, "id: ", "a text"),
                field("id", "1.5", 400, "id: ", "a fraction"),
                field("id", "null", 400, "id: ", "null"),
                field("status", "5", 400, "status: ", "a number"),
                field("status", "\" \"", 400, "status: ", "a blank"),
                field("status", "[\"cancelled\"]", 400, "status: ", "an array"),
                field("date_modified_gmt", "1795168800", 400, "date_modified_gmt: ", "a number"),
                field("date_modified_gmt", "null", 400, "date_modified_gmt: ", "null"));
    }

    private List<Row> topics() {
        var expected = "x-wc-webhook-topic: one such as order.updated was expected";
        return List.of(
                topic("an empty topic", 400, expected, ""),
                topic("a topic in capitals", 400, expected, "ORDER.UPDATED"),
                topic("two topics", 400, expected, "order.updated, order.deleted"),
                topic("a topic with a line of a log", 400, expected, "order {\"level\":\"INFO\"}"),
                topic("a topic of 100 letters", 400, expected, "a".repeat(100)),
                topic("a topic of somebody's name", 400, expected, new Mark(9_995).name()),
                topic("an unknown topic", 200, "", "order.exploded"),
                topic("a topic of no order", 200, "", "customer.updated"));
    }

    private List<Row> sources() {
        return Stream.of(
                        "https://other-house.example/",
                        "http://acrylic-house.example/",
                        "https://acrylic-house.example.evil.example/",
                        "https://acrylic-house.example@evil.example/",
                        "https://acrylic-h\u043Ause.example/",
                        "https://acrylic-house.example/, https://other.example/",
                        "")
                .map(
                        source ->
                                Row.of(
                                        "another shop: " + source,
                                        403,
                                        "x-wc-webhook-source: this shop was expected",
                                        mark -> from(source, body(mark))))
                .toList();
    }

    private Message from(String source, byte[] body) {
        return Message.post(PATH, body)
                .header(TOPIC, UPDATED)
                .header(SOURCE, source)
                .header(SIGNATURE, right(body));
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                field("status", "\"processing\"", 200, "", "an order under way"),
                field("status", "\"exploded\"", 200, "", "a word of a plugin's"),
                field(
                        "meta_data",
                        "[{\"key\":\"_unwind_cancel\",\"value\":\"x\"}]",
                        200,
                        "",
                        "our own cancellation's echo"),
                Row.of("a ping", 200, "", _ -> Message.post(PATH, "webhook_id=142")));
    }

    private static List<Row> methods() {
        return Stream.of("GET", "PUT", "DELETE", "OPTIONS")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> unsigned(UPDATED, body(mark)).by(method)))
                .toList();
    }

    private Row topic(String name, int status, String words, String topic) {
        return Row.of(name, status, words, mark -> message(topic, body(mark)));
    }

    private Row field(String field, String json, int status, String words, String what) {
        return signed(
                field + ": " + what,
                status,
                words,
                mark -> Message.utf8(sound(mark).with(field, json).json()));
    }

    private Row signed(String name, int status, String words, Function<Mark, byte[]> body) {
        return Row.of(name, status, words, mark -> message(UPDATED, body.apply(mark)));
    }

    private static byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
