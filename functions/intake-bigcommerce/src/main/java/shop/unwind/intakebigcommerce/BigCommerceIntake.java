package shop.unwind.intakebigcommerce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secret;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/bigcommerce}: verify, normalise, enqueue. Whether every store signs
 * is not documented: where one does not, setting {@code webhookHeader} names a header that was
 * given to the webhook when it was made, and the secret {@code webhookHeaderValue} what it holds;
 * then that is checked instead. Where the setting {@code storeHash} names our store, deliveries of
 * another are turned away.
 */
public final class BigCommerceIntake extends HttpFunction {
    private final Secrets secrets;
    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;

    public BigCommerceIntake() {
        this(new Clients());
    }

    BigCommerceIntake(
            Secrets secrets, Documents documents, Requests requests, InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private BigCommerceIntake(Clients clients) {
        this(clients.secrets(), clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        var delivery = verified(http);
        var event = http.json();
        checkStore(event);
        var scope = BigCommerceEvents.scope(event);
        var id = id(delivery.orElseGet(() -> hash(event)));
        BigCommerceEvents.request(id, event, clock.instant())
                .ifPresentOrElse(requests::send, () -> log.info("event passed over: " + scope));
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        secrets.optional("bigcommerce", "clientSecret");
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }

    /** The delivery's id, where it is signed. */
    private Optional<String> verified(HttpRequest http) {
        var header = setting("webhookHeader");
        if (header.isPresent()) {
            checkHeader(http.signed(header.get().toLowerCase(Locale.ROOT)));
            return Optional.empty();
        }
        var signature = StandardSignature.of(http);
        signature.check(http.body(), keys("clientSecret", "previousClientSecret"), clock.instant());
        return Optional.of(signature.id());
    }

    private void checkHeader(String given) {
        if (keys("webhookHeaderValue", "previousWebhookHeaderValue").stream()
                .noneMatch(key -> Hmac.same(key.value(), given)))
            throw new BadRequest(401, "the webhook's own header was expected");
    }

    /** While a secret is changed, the old one is still in use. */
    private List<Secret> keys(String name, String previous) {
        return Stream.concat(
                        Stream.of(secrets.required("bigcommerce", name)),
                        secrets.optional("bigcommerce", previous).stream())
                .toList();
    }

    private void checkStore(JsonNode event) {
        var producer = event.path("producer").asText("");
        if (setting("storeHash").filter(ours -> !producer.equals("stores/" + ours)).isPresent())
            throw new BadRequest(403, "producer: this store was expected");
    }

    /** The same for repeats of one event. */
    private static String hash(JsonNode event) {
        var hash = event.path("hash");
        if (hash.isTextual() && !hash.asText().isBlank()) return hash.asText();
        throw new IllegalArgumentException("hash: a text was expected");
    }

    private static String id(String delivery) {
        var bytes = delivery.getBytes(StandardCharsets.UTF_8);
        return "bigcommerce-" + UUID.nameUUIDFromBytes(bytes);
    }

    private Optional<String> setting(String key) {
        return Optional.of(settings().path(key).asText("")).filter(value -> !value.isBlank());
    }

    private JsonNode settings() {
        return documents.store().platforms().getOrDefault("bigcommerce", MissingNode.getInstance());
    }
}
