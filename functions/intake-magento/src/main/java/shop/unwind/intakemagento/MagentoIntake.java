package shop.unwind.intakemagento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.config.Documents;
import shop.unwind.domain.Request;
import shop.unwind.event.MagentoEvents;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.problem.Misconfigured;
import shop.unwind.queue.Requests;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers {@code /webhooks/magento}: the challenge that Adobe begins with (GET), and its events
 * (POST): verify, normalise, enqueue. Settings: {@code eventsClientId}, for which events must be
 * meant, and {@code eventKeys}, the host of Adobe's keys.
 */
public final class MagentoIntake extends HttpFunction {
    private static final String ADOBE = "https://static.adobeioevents.com";
    private static final String OBSERVER = "com.adobe.commerce.observer.";
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._~-]{1,200}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9._]{1,120}");

    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;
    private final Keys keys = new Keys();

    public MagentoIntake() {
        this(new Clients());
    }

    MagentoIntake(Documents documents, Requests requests, InstantSource clock) {
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private MagentoIntake(Clients clients) {
        this(clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        if (http.method().equals("GET")) return challenge(http);
        var settings = settings();
        checkSignature(http, settings);
        var event = http.json();
        checkRecipient(event, settings);
        var type = type(event);
        request(type, value(event))
                .ifPresentOrElse(requests::send, () -> log.info("event passed over: " + type));
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        documents.forget();
    }

    /** Proves to Adobe that the address is ours; says nothing that it did not bring. */
    private static HttpAnswer challenge(HttpRequest http) {
        var challenge = Optional.ofNullable(http.query().get("challenge")).orElse("");
        if (!CHALLENGE.matcher(challenge).matches())
            throw new BadRequest(400, "query challenge: letters and digits were expected");
        return new HttpAnswer(200, Json.object().put("challenge", challenge));
    }

    /** Adobe signs with two keys, so that it can change them; one of the two will do. */
    private void checkSignature(HttpRequest http, JsonNode settings) {
        var host = settings.path("eventKeys").asText(ADOBE);
        http.signed("x-adobe-digital-signature-1");
        if (!isFirstSigned(http, host) && !isSigned(http, host, 2))
            throw new BadRequest(401, "a valid signature was expected");
    }

    /** A first key that is not Adobe's any more is no reason not to look at the second. */
    private boolean isFirstSigned(HttpRequest http, String host) {
        try {
            return isSigned(http, host, 1);
        } catch (BadRequest unknown) {
            if (isSigned(http, host, 2)) return true;
            throw unknown;
        }
    }

    private boolean isSigned(HttpRequest http, String host, int number) {
        var signature = http.header("x-adobe-digital-signature-" + number);
        var path = http.header("x-adobe-public-key" + number + "-path");
        if (signature.isEmpty() || path.isEmpty()) return false;
        var key = keys.key(host, path.get(), clock.instant());
        return isSigned(http.body(), signature.get(), key);
    }

    private static boolean isSigned(byte[] body, String given, PublicKey key) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(body);
            return signature.verify(Base64.getDecoder().decode(given));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Adobe signs everybody's events with the same keys. */
    private static void checkRecipient(JsonNode event, JsonNode settings) {
        var ours = settings.path("eventsClientId").asText("");
        if (ours.isBlank())
            throw new Misconfigured("store document: platforms.magento.eventsClientId");
        if (!event.path("recipientclientid").asText().equals(ours))
            throw new BadRequest(403, "recipientclientid: this shop was expected");
    }

    private static String type(JsonNode event) {
        var type = event.path("type").asText();
        if (TYPE.matcher(type).matches()) return type;
        throw new BadRequest(400, "type: one such as " + OBSERVER + "... was expected");
    }

    /** Where it stands in events, and where it stands in the vendor's own samples. */
    private static JsonNode value(JsonNode event) {
        var value = event.at("/data/value");
        return value.isMissingNode() ? event.at("/event/data/value") : value;
    }

    private Optional<Request> request(String type, JsonNode value) {
        var code = type.startsWith(OBSERVER) ? type.substring(OBSERVER.length()) : "";
        return switch (code) {
            case "sales_order_save_after", "sales_order_save_commit_after" ->
                    MagentoEvents.ofOrder(value, clock.instant());
            case "sales_order_creditmemo_save_after", "sales_order_creditmemo_save_commit_after" ->
                    MagentoEvents.ofCreditMemo(value, clock.instant());
            default -> Optional.empty();
        };
    }

    private JsonNode settings() {
        return Optional.ofNullable(documents.store().platforms().get("magento"))
                .orElseThrow(() -> new Misconfigured("store document: platforms.magento"));
    }
}
