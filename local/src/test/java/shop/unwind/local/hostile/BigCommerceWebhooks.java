package shop.unwind.local.hostile;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/bigcommerce}. */
final class BigCommerceWebhooks {
    private static final String PATH = "/webhooks/bigcommerce";
    private static final String ID = "webhook-id";
    private static final String TIME = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String VALID = "a valid signature was expected";
    private static final String RECENT = "a signature of the last five minutes was expected";
    private static final String DELIVERY = "msg_871999";

    private final Signer signer;

    BigCommerceWebhooks(World world) {
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        headers(),
                        signatures(),
                        times(),
                        bodies(),
                        fields(),
                        stores(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return signed("an event of BigCommerce's", 200, "", BigCommerceWebhooks::body);
    }

    /** A cancellation of an order that nobody knows; it would be taken. */
    private static Draft sound(Mark mark) {
        return Draft.empty()
                .text("scope", "store/order/statusUpdated")
                .text("store_id", "1001")
                .with("data", data("871999", "5"))
                .text("hash", "0123456789abcdef0123456789abcdef01234567")
                .with("created_at", "1793620000")
                .text("producer", "stores/acr9x")
                .text("note", mark.sentence())
                .with("customer", mark.json());
    }

    private static String data(String id, String status) {
        return "{\"type\":\"order\",\"id\":"
                + id
                + ",\"status\":{\"previous_status_id\":11,\"new_status_id\":"
                + status
                + "}}";
    }

    private Message message(byte[] body) {
        return message(body, now());
    }

    private Message message(byte[] body, String time) {
        return message(body, time, signer.bigCommerce(DELIVERY, time, body));
    }

    private static Message message(byte[] body, String time, String signature) {
        return Message.post(PATH, body)
                .json()
                .header(ID, DELIVERY)
                .header(TIME, time)
                .header(SIGNATURE, signature);
    }

    private String now() {
        return Long.toString(signer.now());
    }

    private List<Row> headers() {
        return Stream.of(ID, TIME, SIGNATURE)
                .map(
                        name ->
                                Row.of(
                                        "without " + name,
                                        401,
                                        "header " + name + " was expected",
                                        mark -> without(name, message(body(mark)))))
                .toList();
    }

    private static Message without(String name, Message message) {
        var rest = message.lines().stream().filter(line -> !line.startsWith(name + ":")).toList();
        return new Message(message.method(), message.path(), rest, message.body());
    }

    private List<Row> signatures() {
        return List.of(
                signature("an empty signature", _ -> ""),
                signature("another version alone", right -> right.replace("v1,", "v2,")),
                signature("no version", right -> right.substring(3)),
                signature(
                        "a signature of zeros",
                        _ -> "v1," + Base64.getEncoder().encodeToString(new byte[32])),
                signature("a signature in other capitals", right -> right.toLowerCase(Locale.ROOT)),
                signature("a signature without padding", right -> right.replace("=", "")),
                signature("a right signature behind a comma", right -> "v1,AA," + right),
                signature("a hundred wrong signatures", _ -> "v1,AAAA ".repeat(100).strip()),
                signature("personal data for a signature", _ -> new Mark(9_993).sentence()),
                Row.of(
                        "a signature for another body",
                        401,
                        VALID,
                        mark -> {
                            var time = now();
                            var other = signer.bigCommerce(DELIVERY, time, Message.utf8("{}"));
                            return message(body(mark), time, other);
                        }),
                Row.of(
                        "a signature under another id",
                        401,
                        VALID,
                        mark -> {
                            var time = now();
                            var other = signer.bigCommerce("msg_1", time, body(mark));
                            return message(body(mark), time, other);
                        }),
                Row.of(
                        "one blank more in the body",
                        401,
                        VALID,
                        mark ->
                                new Message(
                                        "POST",
                                        PATH,
                                        message(body(mark)).lines(),
                                        Message.utf8(sound(mark).json() + " "))));
    }

    private Row signature(String name, UnaryOperator<String> change) {
        return Row.of(
                name,
                401,
                VALID,
                mark -> {
                    var time = now();
                    var right = signer.bigCommerce(DELIVERY, time, body(mark));
                    return message(body(mark), time, change.apply(right));
                });
    }

    private List<Row> times() {
        return List.of(
                at("sent 6 minutes ago", RECENT, in(Duration.ofMinutes(-6))),
                at("sent a year ago", RECENT, in(Duration.ofDays(-365))),
                at("sent 6 minutes from now", RECENT, in(Duration.ofMinutes(6))),
                at("sent at no time", VALID, "now"),
                at("sent at a time of 30 digits", VALID, "9".repeat(30)),
                at("sent at a negative time", VALID, "-1"));
    }

    private String in(Duration later) {
        return Long.toString(signer.in(later));
    }

    private Row at(String name, String words, String time) {
        return Row.of(name, 401, words, mark -> message(body(mark), time));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), this::message);
        // What is sent as JSON and is no UTF-8 comes to us as something else than was signed.
        var others =
                Stream.of(
                        signed("an array", 403, "producer: ", _ -> Message.utf8("[]")),
                        signed("null", 403, "producer: ", _ -> Message.utf8("null")),
                        signed("no UTF-8", 401, VALID, m -> Bodies.notUtf8(sound(m).json())),
                        signed("UTF-16", 401, VALID, m -> Bodies.utf16(sound(m).json())),
                        signed(
                                "10 MB",
                                413,
                                "at most 1000000",
                                m -> Bodies.tenMegabytes(sound(m).json())));
        return Stream.concat(broken, others).toList();
    }

    private List<Row> fields() {
        var ids =
                Stream.of("1.5", "-1", "0", "\"871999\"", "null", "[1]", "9223372036854775808")
                        .map(
                                id ->
                                        field(
                                                "data.id: " + id,
                                                "data.id: ",
                                                e -> e.with("data", data(id, "5"))));
        var statuses =
                Stream.of("1.5", "-1", "\"5\"", "null", "{}")
                        .map(
                                status ->
                                        field(
                                                "data.status: " + status,
                                                "data.status.new_status_id: ",
                                                e -> e.with("data", data("871999", status))));
        var others =
                Stream.of(
                        field("no scope", "scope: ", e -> e.without("scope")),
                        field("a number for a scope", "scope: ", e -> e.with("scope", "1")),
                        field("a scope of HTML", "scope: ", e -> e.text("scope", "<b>")),
                        field("a scope of a log's line", "scope: ", e -> e.text("scope", "a\\nb")),
                        field("no data", "data.status.", e -> e.without("data")));
        return Stream.of(ids, statuses, others).flatMap(each -> each).toList();
    }

    private Row field(String name, String words, UnaryOperator<Draft> change) {
        return signed(name, 400, words, mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    private List<Row> stores() {
        return Stream.of("stores/other", "stores/acr9x/", "acr9x", "stores/ACR9X", "")
                .map(
                        store ->
                                signed(
                                        "another store: " + store,
                                        403,
                                        "producer: this store was expected",
                                        mark ->
                                                Message.utf8(
                                                        sound(mark)
                                                                .text("producer", store)
                                                                .json())))
                .toList();
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                other("an unknown scope", e -> e.text("scope", "store/order/exploded")),
                other("another status", e -> e.with("data", data("871999", "11"))));
    }

    private Row other(String name, UnaryOperator<Draft> change) {
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

    private static byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
