package shop.unwind.intakewoocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.domain.Request;
import shop.unwind.event.WooCommerceEvents;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/woocommerce}: verify, normalise, enqueue. Where the setting {@code
 * webhookSource} names our site, deliveries of another are turned away: the sites of a network may
 * share a secret.
 */
public final class WooCommerceIntake extends HttpFunction {
    private static final String SIGNATURE = "x-wc-webhook-signature";
    private static final String SOURCE = "x-wc-webhook-source";
    private static final String TOPIC = "x-wc-webhook-topic";
    private static final Set<String> ORDERS =
            Set.of("order.created", "order.updated", "order.restored");

    private static final Pattern TOPICS = Pattern.compile("[a-z_.]{1,80}");

    /** Sent unsigned when a webhook is made: without a 200 it does not come to life. */
    private static final Pattern PING = Pattern.compile("webhook_id=\\d{1,18}");

    private final Secrets secrets;
    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;

    public WooCommerceIntake() {
        this(new Clients());
    }

    WooCommerceIntake(
            Secrets secrets, Documents documents, Requests requests, InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private WooCommerceIntake(Clients clients) {
        this(clients.secrets(), clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        if (isPing(http)) return HttpAnswer.empty(200);
        checkSignature(http.signed(SIGNATURE), http.body());
        checkSource(http);
        var topic = topic(http);
        var request =
                ORDERS.contains(topic)
                        ? WooCommerceEvents.request(
                                http.json(), setting("cancelRequestedStatus"), clock.instant())
                        : Optional.<Request>empty();
        request.ifPresentOrElse(requests::send, () -> log.info("event passed over: " + topic));
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        keys();
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }

    private static boolean isPing(HttpRequest http) {
        var body = new String(http.body(), StandardCharsets.UTF_8).strip();
        return http.header(SIGNATURE).isEmpty() && PING.matcher(body).matches();
    }

    private void checkSignature(String given, byte[] body) {
        if (keys().noneMatch(key -> Hmac.same(new Hmac(key).base64(body), given)))
            throw new BadRequest(401, "a valid signature was expected");
    }

    /** While a secret is changed, deliveries made before are signed with the old one. */
    private Stream<Secret> keys() {
        return Stream.concat(
                Stream.of(secrets.required("woocommerce", "webhookSecret")),
                secrets.optional("woocommerce", "previousWebhookSecret").stream());
    }

    private void checkSource(HttpRequest http) {
        var source = withoutSlash(http.header(SOURCE).orElse(""));
        if (setting("webhookSource").filter(ours -> !withoutSlash(ours).equals(source)).isPresent())
            throw new BadRequest(403, "header " + SOURCE + ": this shop was expected");
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private Optional<String> setting(String key) {
        return Optional.of(settings().path(key).asText("")).filter(value -> !value.isBlank());
    }

    private JsonNode settings() {
        return documents.store().platforms().getOrDefault("woocommerce", MissingNode.getInstance());
    }

    private static String topic(HttpRequest http) {
        return http.header(TOPIC)
                .filter(topic -> TOPICS.matcher(topic).matches())
                .orElseThrow(
                        () ->
                                new BadRequest(
                                        400,
                                        "header "
                                                + TOPIC
                                                + ": one such as order.updated was expected"));
    }
}
