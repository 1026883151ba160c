package shop.unwind.local.hostile;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Bad requests to {@code POST /webhooks/paypal}. */
final class PayPalWebhooks {
    private static final String PATH = "/webhooks/paypal";
    private static final String ID = "paypal-transmission-id";
    private static final String TIME = "paypal-transmission-time";
    private static final String SIGNATURE = "paypal-transmission-sig";
    private static final String CERTIFICATE = "paypal-cert-url";
    private static final String ALGORITHM = "paypal-auth-algo";
    private static final String VALID = "a valid signature was expected";
    private static final String RECENT = "a signature of the last 4 days was expected";
    private static final String CERTIFIED = "a certificate URL of PayPal's was expected";
    private static final String OURS = "/paypal/v1/notifications/certs/CERT-sandbox";

    private final Signer signer;
    private final SandboxKey key = new SandboxKey("paypal");
    private final String certificate;

    /**
     * Bad requests.
     *
     * @param port of the sandbox, which serves the certificate
     */
    PayPalWebhooks(World world, int port) {
        this.signer = world.signer();
        this.certificate = "http://localhost:" + port + OURS;
    }

    List<Row> rows() {
        return Stream.of(
                        headers(),
                        signatures(),
                        times(),
                        certificates(),
                        bodies(),
                        fields(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    Row sound() {
        return signed("an event of PayPal's", 200, "", PayPalWebhooks::body);
    }

    /** A complaint that would be taken. */
    private static Draft sound(Mark mark) {
        return Draft.empty()
                .text("id", "WH-" + mark.word().toUpperCase(Locale.ROOT))
                .text("event_type", "CUSTOMER.DISPUTE.CREATED")
                .text("summary", mark.sentence())
                .with("resource", dispute("PP-D-871999", "8PAY871999").json());
    }

    private static Draft dispute(String id, String capture) {
        return Draft.empty()
                .text("dispute_id", id)
                .with("disputed_transactions", "[{\"seller_transaction_id\":\"" + capture + "\"}]");
    }

    /** What PayPal sends along; each may be another for once. */
    private record Sent(
            String id, String time, String signature, String certificate, String algorithm) {
        Message with(byte[] body) {
            return Message.post(PATH, body)
                    .json()
                    .header(ID, id)
                    .header(TIME, time)
                    .header(SIGNATURE, signature)
                    .header(CERTIFICATE, certificate)
                    .header(ALGORITHM, algorithm);
        }

        Sent signature(String other) {
            return new Sent(id, time, other, certificate, algorithm);
        }

        Sent certificate(String other) {
            return new Sent(id, time, signature, other, algorithm);
        }

        Sent algorithm(String other) {
            return new Sent(id, time, signature, certificate, other);
        }
    }

    private Sent sent(byte[] body) {
        return sent(body, now());
    }

    private Sent sent(byte[] body, String time) {
        var id = "871999-1";
        var signature = signature(id, time, webhookId(), body);
        return new Sent(id, time, signature, certificate, "SHA256withRSA");
    }

    private String signature(String id, String time, String webhookId, byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        var message = String.join("|", id, time, webhookId, Long.toString(crc.getValue()));
        return key.sign(Message.utf8(message));
    }

    private String webhookId() {
        return signer.secret("unwind/paypal", "webhookId");
    }

    private String now() {
        return in(Duration.ZERO);
    }

    private String in(Duration later) {
        var at = Instant.ofEpochSecond(signer.in(later));
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private List<Row> headers() {
        return Stream.of(ID, TIME, SIGNATURE, CERTIFICATE, ALGORITHM)
                .map(
                        name ->
                                Row.of(
                                        "without " + name,
                                        401,
                                        "header " + name + " was expected",
                                        mark -> without(name, sent(body(mark)).with(body(mark)))))
                .toList();
    }

    private static Message without(String name, Message message) {
        var rest = message.lines().stream().filter(line -> !line.startsWith(name + ":")).toList();
        return new Message(message.method(), message.path(), rest, message.body());
    }

    private List<Row> signatures() {
        return List.of(
                row("an empty signature", VALID, sent -> sent.signature("")),
                row("a signature that is no Base64", VALID, sent -> sent.signature("***")),
                row("a signature of zeros", VALID, sent -> sent.signature("A".repeat(344))),
                row(
                        "a signature cut short",
                        VALID,
                        sent -> sent.signature(sent.signature().substring(4))),
                row(
                        "a signature for another body",
                        VALID,
                        sent ->
                                sent.signature(
                                        signature(
                                                sent.id(),
                                                sent.time(),
                                                webhookId(),
                                                Message.utf8("{}")))),
                Row.of(
                        "a signature for another webhook",
                        401,
                        VALID,
                        mark -> forWebhook("8PT000000X000000L", body(mark))),
                Row.of(
                        "a signature of PayPal's simulator",
                        401,
                        VALID,
                        mark -> forWebhook("WEBHOOK_ID", body(mark))),
                row(
                        "a signature under another id",
                        VALID,
                        sent ->
                                new Sent(
                                        "871999-2",
                                        sent.time(),
                                        sent.signature(),
                                        sent.certificate(),
                                        sent.algorithm())),
                row(
                        "another algorithm",
                        "header paypal-auth-algo: SHA256withRSA was expected",
                        sent -> sent.algorithm("SHA1withRSA")),
                row(
                        "no algorithm",
                        "header paypal-auth-algo: SHA256withRSA was expected",
                        sent -> sent.algorithm("none")),
                row(
                        "Shopify's signature",
                        VALID,
                        sent -> sent.signature(signer.shopify(Message.utf8("{}")))),
                Row.of(
                        "one blank more in the body",
                        401,
                        VALID,
                        mark -> sent(body(mark)).with(Message.utf8(sound(mark).json() + " "))));
    }

    private Message forWebhook(String webhookId, byte[] body) {
        var sent = sent(body);
        return sent.signature(signature(sent.id(), sent.time(), webhookId, body)).with(body);
    }

    private List<Row> times() {
        return List.of(
                at("sent 5 days ago", RECENT, in(Duration.ofDays(-5))),
                at("sent a year ago", RECENT, in(Duration.ofDays(-365))),
                at("sent 6 minutes from now", RECENT, in(Duration.ofMinutes(6))),
                at("sent at no time", TIME + ": a time was expected", "now"),
                at("sent at a number", TIME + ": a time was expected", "1795168800"),
                at("sent in full-width digits", TIME + ": a time was expected", "２０２６"));
    }

    private Row at(String name, String words, String time) {
        return Row.of(name, 401, words, mark -> sent(body(mark), time).with(body(mark)));
    }

    /** Whoever names another address would be believed by his own certificate. */
    private List<Row> certificates() {
        return Stream.of(
                        "https://evil.example/v1/notifications/certs/CERT-1",
                        "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
                        "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
                        "https://api.paypal.com/v1/notifications/certs/CERT-1",
                        certificate + "/../../../evil",
                        certificate + "?to=evil.example",
                        certificate.replace("certs/", "certs/%2e%2e/"),
                        certificate.replace("http:", "file:"),
                        "http://169.254.169.254/latest/meta-data/",
                        new Mark(9_994).sentence(),
                        "")
                .map(
                        url ->
                                row(
                                        "a certificate at: " + url,
                                        CERTIFIED,
                                        sent -> sent.certificate(url)))
                .toList();
    }

    private Row row(String name, String words, UnaryOperator<Sent> change) {
        return Row.of(name, 401, words, mark -> change.apply(sent(body(mark))).with(body(mark)));
    }

    private List<Row> bodies() {
        var broken = Bodies.rows(mark -> sound(mark).json(), body -> sent(body).with(body));
        // What is sent as JSON and is no UTF-8 comes to us as something else than was signed.
        var others =
                Stream.of(
                        signed("an array", 400, "event_type: ", _ -> Message.utf8("[]")),
                        signed("null", 400, "event_type: ", _ -> Message.utf8("null")),
                        signed("no UTF-8", 401, VALID, m -> Bodies.notUtf8(sound(m).json())),
                        signed("UTF-16", 401, VALID, m -> Bodies.utf16(sound(m).json())),
                        signed("no UTF-32", 400, "body: ", _ -> Bodies.notUtf32()),
                        signed(
                                "10 MB",
                                413,
                                "at most 1000000",
                                m -> Bodies.tenMegabytes(sound(m).json())));
        return Stream.concat(broken, others).toList();
    }

    private List<Row> fields() {
        return List.of(
                field("no id", "id: ", e -> e.without("id")),
                field("an id of SQL", "id: ", e -> e.text("id", "' OR '1'='1")),
                field("an id with a path", "id: ", e -> e.text("id", "WH/../1")),
                field("an id in full-width digits", "id: ", e -> e.text("id", "WH-１")),
                field("an id of 101 letters", "id: ", e -> e.text("id", "W".repeat(101))),
                field("no type", "event_type: ", e -> e.without("event_type")),
                field("a type of HTML", "event_type: ", e -> e.text("event_type", "<b>")),
                field("a type of a log's line", "event_type: ", e -> e.text("event_type", "A\\nB")),
                field("no resource", "disputed_transactions: ", e -> e.without("resource")),
                field(
                        "a text for it",
                        "disputed_transactions: ",
                        e -> e.text("resource", "PP-D-1")),
                field(
                        "no transactions",
                        "disputed_transactions: ",
                        e -> e.with("resource", "{\"disputed_transactions\":[]}")),
                field("a dispute of SQL", "about: ", e -> about(e, "' OR 1=1", "8PAY1")),
                field("a dispute with a path", "about: ", e -> about(e, "../../refunds", "8PAY1")),
                field("a payment of JSONata", "payment: ", e -> about(e, "PP-D-1", "{% $x %}")),
                field("a payment with a NUL", "payment: ", e -> about(e, "PP-D-1", "8PAY\\u0000")),
                field("a payment in small letters", "payment: ", e -> about(e, "PP-D-1", "8pay")),
                field(
                        "a payment too long for a case",
                        "payment: ",
                        e -> about(e, "PP-D-1", "8".repeat(33))));
    }

    private Row field(String name, String words, UnaryOperator<Draft> change) {
        return signed(name, 400, words, mark -> Message.utf8(change.apply(sound(mark)).json()));
    }

    private static Draft about(Draft event, String dispute, String payment) {
        return event.with("resource", dispute(dispute, payment).json());
    }

    /** Well signed and of no concern to us: acknowledged, and nothing comes of it. */
    private List<Row> passedOver() {
        return List.of(
                other("an unknown type", e -> e.text("event_type", "ORDER.EXPLODED")),
                other(
                        "a refund that is none of ours",
                        e ->
                                e.text("event_type", "PAYMENT.REFUND.FAILED")
                                        .text("resource_type", "refund")
                                        .with("resource", "{\"status\":\"FAILED\"}")));
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
                                        mark -> sent(body(mark)).with(body(mark)).by(method)))
                .toList();
    }

    private Row signed(String name, int status, String words, Function<Mark, byte[]> body) {
        return Row.of(
                name,
                status,
                words,
                mark -> {
                    var bytes = body.apply(mark);
                    return sent(bytes).with(bytes);
                });
    }

    private static byte[] body(Mark mark) {
        return Message.utf8(sound(mark).json());
    }
}
