package shop.unwind.local.hostile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/shopify}. */
final class ShopifyWebhooks {
    /** The order that our own case cancelled. */
    static final Draft CANCELLED =
            Draft.empty()
                    .with("id", "5870001")
                    .text("name", "#" + Shop.CLOSED)
                    .text("cancel_reason", "customer");

    private static final String PATH = "/webhooks/shopify";
    private static final String HMAC = "X-Shopify-Hmac-Sha256";
    private static final String SHOP = "X-Shopify-Shop-Domain";
    private static final String TOPIC = "X-Shopify-Topic";
    private static final String OURS = "acrylic-house.myshopify.com";
    private static final String CANCEL = "orders/cancelled";
    private static final String DISPUTE = "disputes/create";
    private static final String REFUND = "refunds/create";
    private static final String UNSIGNED = "a valid signature was expected";

    private final World world;
    private final Signer signer;

    ShopifyWebhooks(World world) {
        this.world = world;
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        signatures(),
                        bodies(),
                        names(),
                        numbers(),
                        topics(),
                        shops(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    /** An event as Shopify sends it. */
    static byte[] event(Signer signer, String topic, String body) {
        return message(signer, topic, Message.utf8(body)).json().bytes();
    }

    private static Message message(Signer signer, String topic, byte[] body) {
        return unsigned(topic, body).header(HMAC, signer.shopify(body));
    }

    private static Message unsigned(String topic, byte[] body) {
        return Message.post(PATH, body).header(TOPIC, topic).header(SHOP, OURS);
    }

    Row sound() {
        return topic("an event of Shopify's", 200, "", CANCEL);
    }

    /** An order that nobody has told us of; it would be taken. */
    private static Draft sound(Mark mark) {
        return Draft.empty()
                .with("id", "5879999")
                .text("name", "#879999")
                .text("email", mark.email())
                .text("note", mark.sentence())
                .with("customer", mark.json());
    }

    private List<Row> signatures() {
        return List.of(
                Row.of(
                        "no signature",
                        401,
                        "x-shopify-hmac-sha256",
                        mark -> unsigned(CANCEL, body(mark))),
                signature("an empty signature", _ -> ""),
                signature(
                        "a signature of zeros",
                        _ -> Base64.getEncoder().encodeToString(new byte[32])),
                signature("a signature for another body", _ -> signer.shopify(Message.utf8("{}"))),
                signature("a signature in hex", body -> hex(signer.shopify(body))),
                signature("a signature with its scheme", body -> "sha256=" + signer.shopify(body)),
                signature(
                        "a signature in other capitals",
                        body -> signer.shopify(body).toLowerCase(Locale.ROOT)),
                signature(
                        "a signature without padding",
                        body -> signer.shopify(body).replace("=", "")),
                signature(
                        "a signature with a blank in it",
                        body -> signer.shopify(body).replaceFirst("(.{9})", "$1 ")),
                signature(
                        "a right signature among two",
                        body -> signer.shopify(body) + "," + signer.shopify(body)),
                signature("Stripe's signature", body -> signer.stripe(body, signer.now())),
                signature("a digest without a key", ShopifyWebhooks::digest),
                signature("personal data for a signature", _ -> new Mark(9_998).sentence()),
                Row.of("two headers, one of them right", 401, UNSIGNED, this::twoHeaders),
                Row.of("one blank more in the body", 401, UNSIGNED, this::blankMore),
                Row.of(
                        "the signature as a parameter",
                        401,
                        "x-shopify-hmac-sha256",
                        this::parameter));
    }

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }

    private static String digest(byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Message twoHeaders(Mark mark) {
        return message(signer, CANCEL, body(mark)).header(HMAC, "x");
    }

    private Message blankMore(Mark mark) {
        var more = Message.utf8(sound(mark).json() + " ");
        return unsigned(CANCEL, more).header(HMAC, signer.shopify(body(mark)));
    }

    private Message parameter(Mark mark) {
        var digest = hex(signer.shopify(body(mark)));
        var there = unsigned(CANCEL, body(mark));
        return new Message("POST", PATH + "?hmac=" + digest, there.lines(), there.body());
    }

    private Row signature(String name, Function<byte[], String> signature) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark -> unsigned(CANCEL, body(mark)).header(HMAC, signature.apply(body(mark))));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), body -> message(signer, CANCEL, body));
        return Stream.concat(
                        broken,
                        Stream.of(
                                signed(
                                        "an array, well signed",
                                        400,
                                        "name: ",
                                        CANCEL,
                                        _ -> Message.utf8("[]")),
                                signed(
                                        "null, well signed",
                                        400,
                                        "name: ",
                                        CANCEL,
                                        _ -> Message.utf8("null")),
                                signed(
                                        "no UTF-8, well signed",
                                        400,
                                        "body: ",
                                        CANCEL,
                                        m -> Bodies.notUtf8(sound(m).json())),
                                signed(
                                        "UTF-16, well signed",
                                        400,
                                        "body: ",
                                        CANCEL,
                                        m -> Bodies.utf16(sound(m).json())),
                                signed(
                                        "no UTF-32, well signed",
                                        400,
                                        "body: ",
                                        CANCEL,
                                        _ -> Bodies.notUtf32()),
                                signed(
                                        "10 MB, well signed",
                                        413,
                                        "at most 1000000",
                                        CANCEL,
                                        m -> Bodies.tenMegabytes(sound(m).json()))))
                .toList();
    }

    private List<Row> names() {
        var tricks =
                Tricks.all().stream()
                        .map(trick -> field(CANCEL, "name", trick.json(), "name: ", trick.name()));
        return Stream.concat(
                        tricks,
                        Stream.of(
                                field(CANCEL, "name", "879999", "name: ", "a number"),
                                field(CANCEL, "name", "\"##879999\"", "name: ", "two signs")))
                .toList();
    }

    private List<Row> numbers() {
        return Stream.of(
                        "1.0",
                        "1e3",
                        "1e400",
                        "0",
                        "-1",
                        "\"1\"",
                        "null",
                        "true",
                        "[1]",
                        "{}",
                        "9223372036854775808",
                        "123456789012345678901234567890")
                .flatMap(
                        number ->
                                number.equals("null")
                                        ? Stream.of(field(DISPUTE, "id", number, "id: ", number))
                                        : Stream.of(
                                                field(DISPUTE, "id", number, "id: ", number),
                                                field(
                                                        REFUND,
                                                        "order_id",
                                                        number,
                                                        "order_id: ",
                                                        number)))
                .toList();
    }

    private List<Row> topics() {
        var expected = "x-shopify-topic: one such as orders/cancelled was expected";
        return List.of(
                topic("no topic's form", 400, expected, "cancelled"),
                topic("an empty topic", 400, expected, ""),
                topic("a topic in capitals", 400, expected, "ORDERS/CANCELLED"),
                topic("two topics", 400, expected, "orders/cancelled, refunds/create"),
                topic(
                        "a topic with a line of a log",
                        400,
                        expected,
                        "orders/cancelled {\"level\":\"INFO\"}"),
                topic("a topic of 100 letters", 400, expected, "orders/" + "a".repeat(100)),
                topic("an unknown topic", 200, "", "orders/exploded"),
                topic(
                        "a topic of somebody's name",
                        400,
                        expected,
                        new Mark(9_999).name() + "/created"));
    }

    private List<Row> shops() {
        return Stream.of(
                        "other-house.myshopify.com",
                        "acrylic-house.myshopify.com.evil.example",
                        "evil-acrylic-house.myshopify.com",
                        "acrylic-house",
                        "acrylic-h\u043Ause.myshopify.com",
                        "acrylic-house.myshopify.com, other.myshopify.com",
                        "")
                .map(
                        shop ->
                                Row.of(
                                        "another shop: " + shop,
                                        403,
                                        "x-shopify-shop-domain: this shop was expected",
                                        mark -> fromShop(mark, shop)))
                .toList();
    }

    private Message fromShop(Mark mark, String shop) {
        var body = body(mark);
        return Message.post(PATH, body)
                .header(TOPIC, CANCEL)
                .header(SHOP, shop)
                .header(HMAC, signer.shopify(body));
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                new Row("an event that was overheard", _ -> world.overheard().shopify(), 200, ""),
                Row.of("the same under another webhook's id", 200, "", _ -> underAnotherId()),
                field(REFUND, "order_id", "null", 200, "", "a refund of no order"),
                signed("our own refund's echo", 200, "", REFUND, mark -> echo(mark)),
                signed("a refund that moved nothing", 200, "", REFUND, mark -> nothing(mark)));
    }

    private Message underAnotherId() {
        return message(signer, CANCEL, Message.utf8(CANCELLED.json()))
                .header("X-Shopify-Webhook-Id", "00000000-0000-4000-8000-000000000001");
    }

    private static byte[] echo(Mark mark) {
        var note = "unwind:shopify-870001-1:refund " + mark.name();
        return Message.utf8(refund(mark).text("note", note).json());
    }

    private static byte[] nothing(Mark mark) {
        return Message.utf8(refund(mark).with("transactions", "[]").json());
    }

    private static Draft refund(Mark mark) {
        return sound(mark).with("order_id", "5879999");
    }

    private static List<Row> methods() {
        return Stream.of("GET", "PUT", "DELETE", "OPTIONS")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> unsigned(CANCEL, body(mark)).by(method)))
                .toList();
    }

    private Row topic(String name, int status, String words, String topic) {
        return signed(name, status, words, topic, ShopifyWebhooks::body);
    }

    private Row field(String topic, String field, String json, String words, String what) {
        return field(topic, field, json, 400, words, what);
    }

    private Row field(
            String topic, String field, String json, int status, String words, String what) {
        return signed(
                topic + ", " + field + ": " + what,
                status,
                words,
                topic,
                mark -> Message.utf8(refund(mark).with(field, json).json()));
    }

    private Row signed(
            String name, int status, String words, String topic, Function<Mark, byte[]> body) {
        return Row.of(name, status, words, mark -> message(signer, topic, body.apply(mark)));
    }

    private static byte[] body(Mark mark) {
        return sound(mark).json().getBytes(StandardCharsets.UTF_8);
    }
}
