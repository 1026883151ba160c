package shop.unwind.local.hostile;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad requests to {@code /webhooks/magento}. */
final class MagentoWebhooks {
    private static final String PATH = "/webhooks/magento";
    private static final String SIGNATURE = "x-adobe-digital-signature-1";
    private static final String SECOND = "x-adobe-digital-signature-2";
    private static final String KEY = "x-adobe-public-key1-path";
    private static final String OURS =
            "/prod/keys/pub-key-5e1d0c9b-8a7f-4e6d-9c3b-2a1908f7e6d5.pem";
    private static final String VALID = "a valid signature was expected";
    private static final String ADOBES = "a public key of Adobe's was expected";
    private static final String ORDER = "com.adobe.commerce.observer.sales_order_save_after";
    private static final String MEMO =
            "com.adobe.commerce.observer.sales_order_creditmemo_save_after";

    private final Signer signer;
    private final SandboxKey key = new SandboxKey("magento");

    MagentoWebhooks(World world) {
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        challenges(),
                        signatures(),
                        keys(),
                        bodies(),
                        fields(),
                        recipients(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return signed("an event of Magento's", 200, "", this::body);
    }

    /** An order that somebody cancelled there; it would be taken. */
    private Draft sound(Mark mark) {
        return event(ORDER, order(mark)).text("note", mark.sentence());
    }

    private Draft event(String type, Draft value) {
        return Draft.empty()
                .text("specversion", "1.0")
                .text("type", type)
                .text("id", "871999")
                .text("recipientclientid", signer.secret("unwind/magento", "eventsClientId"))
                .with("data", "{\"value\":" + value.json() + "}");
    }

    private static Draft order(Mark mark) {
        return Draft.empty()
                .text("entity_id", "871999")
                .text("increment_id", "000871999")
                .text("state", "canceled")
                .text("customer_email", mark.email());
    }

    private Message message(byte[] body) {
        return message(body, key.sign(body), OURS);
    }

    private static Message message(byte[] body, String signature, String path) {
        return Message.post(PATH, body).json().header(SIGNATURE, signature).header(KEY, path);
    }

    /** Adobe begins with a question; whoever asks gets nothing but what he brought. */
    private static List<Row> challenges() {
        return Stream.of(
                        "",
                        "?challenge=",
                        "?challenge=%3Cscript%3E",
                        "?challenge=a%0D%0AX-Evil:%201",
                        "?challenge=" + "a".repeat(201),
                        "?challenge=%22%7D",
                        "?other=1")
                .map(
                        query ->
                                Row.of(
                                        "a challenge: " + query,
                                        400,
                                        "query challenge: letters and digits were expected",
                                        _ -> Message.get(PATH + query)))
                .toList();
    }

    private List<Row> signatures() {
        return List.of(
                Row.of(
                        "no signature",
                        401,
                        "header " + SIGNATURE + " was expected",
                        mark -> Message.post(PATH, body(mark)).json().header(KEY, OURS)),
                signature("an empty signature", _ -> ""),
                signature("a signature that is no Base64", _ -> "***"),
                signature("a signature of zeros", _ -> "A".repeat(344)),
                signature("a signature cut short", right -> right.substring(4)),
                signature("a right signature among two", right -> right + "," + right),
                signature("Shopify's signature", _ -> signer.shopify(Message.utf8("{}"))),
                signature("personal data for a signature", _ -> new Mark(9_992).sentence()),
                signature("a signature for another body", _ -> key.sign(Message.utf8("{}"))),
                Row.of(
                        "no key to a signature",
                        401,
                        VALID,
                        mark ->
                                Message.post(PATH, body(mark))
                                        .json()
                                        .header(SIGNATURE, key.sign(body(mark)))),
                Row.of(
                        "a second signature without a key",
                        401,
                        VALID,
                        mark ->
                                message(body(mark), "AAAA", OURS)
                                        .header(SECOND, key.sign(body(mark)))),
                Row.of(
                        "one blank more in the body",
                        401,
                        VALID,
                        mark ->
                                message(
                                        Message.utf8(sound(mark).json() + " "),
                                        key.sign(body(mark)),
                                        OURS)));
    }

    private Row signature(String name, UnaryOperator<String> change) {
        return Row.of(
                name,
                401,
                VALID,
                mark -> message(body(mark), change.apply(key.sign(body(mark))), OURS));
    }

    /** Whoever names another key would be believed by his own. */
    private List<Row> keys() {
        return Stream.of(
                        "https://evil.example/prod/keys/" + OURS.substring(11),
                        "@evil.example" + OURS,
                        ".evil.example" + OURS,
                        OURS + "?to=evil.example",
                        OURS + "/../evil.pem",
                        OURS.replace("keys/", "keys/../keys/"),
                        OURS.replace("/prod/", "/stage/"),
                        "/prod/keys/pub-key-00000000-0000-4000-8000-000000000000.pem",
                        "/prod/keys/pub-key-1.pem",
                        "",
                        new Mark(9_991).sentence())
                .map(
                        path ->
                                Row.of(
                                        "a key at: " + path,
                                        401,
                                        ADOBES,
                                        mark -> message(body(mark), key.sign(body(mark)), path)))
                .toList();
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), this::message);
        // What is sent as JSON and is no UTF-8 comes to us as something else than was signed.
        var others =
                Stream.of(
                        signed("an array", 403, "recipientclientid: ", _ -> Message.utf8("[]")),
                        signed("null", 403, "recipientclientid: ", _ -> Message.utf8("null")),
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
        var numbers =
                Tricks.all().stream()
                        .map(
                                trick ->
                                        order(
                                                "increment_id: " + trick.name(),
                                                "increment_id: ",
                                                o -> o.with("increment_id", trick.json())));
        var others =
                Stream.of(
                        order("an id of SQL", "entity_id: ", o -> o.text("entity_id", "' OR 1=1")),
                        order("an id of zero", "entity_id: ", o -> o.text("entity_id", "0")),
                        order(
                                "a fraction for an id",
                                "entity_id: ",
                                o -> o.with("entity_id", "1.5")),
                        order("no state", "state: ", o -> o.without("state")),
                        order("a number for a state", "state: ", o -> o.with("state", "5")),
                        field("no type", "type: ", e -> e.without("type")),
                        field("a type of HTML", "type: ", e -> e.text("type", "<b>")),
                        field("a type of a log's line", "type: ", e -> e.text("type", "a\\nb")),
                        field("no data", "state: ", e -> e.without("data")),
                        memo("a credit memo of no order", "order_id: ", "{\"entity_id\":\"31\"}"),
                        memo("a credit memo without id", "entity_id: ", "{\"order_id\":\"74\"}"));
        return Stream.concat(numbers, others).toList();
    }

    private Row order(String name, String words, UnaryOperator<Draft> change) {
        return signed(
                name,
                400,
                words,
                mark -> Message.utf8(event(ORDER, change.apply(order(mark))).json()));
    }

    private Row memo(String name, String words, String value) {
        return signed(
                name,
                400,
                words,
                mark ->
                        Message.utf8(
                                event(MEMO, order(mark))
                                        .with("data", "{\"value\":" + value + "}")
                                        .json()));
    }

    private Row field(String name, String words, UnaryOperator<Draft> change) {
        return signed(name, 400, words, mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    /** Adobe signs everybody's events with the same keys. */
    private List<Row> recipients() {
        return Stream.of("other0client", "", "UNWIND0SANDBOX0EVENTS0CLIENT0001")
                .map(
                        client ->
                                signed(
                                        "another shop: " + client,
                                        403,
                                        "recipientclientid: this shop was expected",
                                        mark ->
                                                Message.utf8(
                                                        sound(mark)
                                                                .text("recipientclientid", client)
                                                                .json())))
                .toList();
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                other("an unknown type", e -> e.text("type", "com.adobe.exploded")),
                other(
                        "an order under way",
                        e -> e.with("data", "{\"value\":{\"state\":\"processing\"}}")));
    }

    private Row other(String name, UnaryOperator<Draft> change) {
        return signed(name, 200, "", mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    private List<Row> methods() {
        return Stream.of("PUT", "DELETE", "OPTIONS")
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

    private byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
