package shop.unwind.intakesquare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.event.SquareEvents;
import shop.unwind.event.SquareEvents.Notice;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.log.Log;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Secret;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/square}: verify, normalise, put on the bus. What asks nothing of
 * us, and what is another account's, is acknowledged and passed over: Square would go on sending
 * what is refused. No time is signed: a repeat is known by its event's id.
 */
public final class SquareIntake extends HttpFunction {
    private static final String SIGNATURE = "x-square-hmacsha256-signature";

    private final Secrets secrets;
    private final Documents documents;
    private final Bus bus;

    public SquareIntake() {
        this(new Clients());
    }

    SquareIntake(Secrets secrets, Documents documents, Bus bus) {
        this.secrets = secrets;
        this.documents = documents;
        this.bus = bus;
    }

    private SquareIntake(Clients clients) {
        this(
                clients.secrets(),
                clients.documents(),
                new Bus(
                        Clients.patient(EventBridgeClient::builder).build(),
                        Environment.required("EVENT_BUS")));
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        var settings = settings();
        checkSignature(http.signed(SIGNATURE), address(settings), http.body());
        var event = http.json();
        var notice = notice(event);
        if (notice.isEmpty()) log.info("event passed over: " + event.path("type").asText());
        else if (SquareEvents.isOurs(notice.get(), settings)) bus.put(notice.get());
        else log.warn("passed over: of another account than platforms.square names");
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        keys();
        documents.store();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }

    private void checkSignature(String given, byte[] address, byte[] body) {
        if (keys().noneMatch(key -> Hmac.same(new Hmac(key).base64(address, body), given)))
            throw new BadRequest(401, "a valid signature was expected");
    }

    /** The address as it was registered with Square; never taken from a request. */
    private static byte[] address(JsonNode settings) {
        var address = settings.path("notificationUrl").asText("");
        if (address.isBlank())
            throw new Misconfigured("store document: platforms.square.notificationUrl");
        return address.getBytes(StandardCharsets.UTF_8);
    }

    /** While the key is changed, deliveries made before are signed with the old one. */
    private Stream<Secret> keys() {
        return Stream.concat(
                Stream.of(secrets.required("square", "webhookSignatureKey")),
                secrets.optional("square", "previousWebhookSignatureKey").stream());
    }

    private JsonNode settings() {
        return documents.store().platforms().getOrDefault("square", MissingNode.getInstance());
    }

    private static Optional<Notice> notice(JsonNode event) {
        try {
            return SquareEvents.notice(event);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
    }
}
