package shop.unwind.intakeshopify;

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

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/shopify}: verify, normalise, enqueue. Where the setting {@code
 * shop} names our shop, deliveries for another are turned away.
 */
public final class ShopifyIntake extends HttpFunction {
    private static final String SHOP = "x-shopify-shop-domain";
    private static final String TOPIC = "x-shopify-topic";
    private static final Pattern TOPICS = Pattern.compile("[a-z_]{1,40}/[a-z_]{1,40}");

    private final Secrets secrets;
    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;

    public ShopifyIntake() {
        this(new Clients());
    }

    ShopifyIntake(Secrets secrets, Documents documents, Requests requests, InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private ShopifyIntake(Clients clients) {
        this(clients.secrets(), clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        checkSignature(http.signed("x-shopify-hmac-sha256"), http.body());
        checkShop(http);
        var topic = topic(http);
        ShopifyEvents.request(topic, id(http.body()), http.json(), clock.instant())
                .ifPresentOrElse(requests::send, () -> log.info("event passed over: " + topic));
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

    private void checkSignature(String given, byte[] body) {
        if (keys().noneMatch(key -> Hmac.same(new Hmac(key).base64(body), given)))
            throw new BadRequest(401, "a valid signature was expected");
    }

    /** For up to an hour after a rotation Shopify still signs with the old secret. */
    private Stream<Secret> keys() {
        return Stream.concat(
                Stream.of(secrets.required("shopify", "clientSecret")),
                secrets.optional("shopify", "previousClientSecret").stream());
    }

    private void checkShop(HttpRequest http) {
        var domain = http.header(SHOP).orElse("");
        if (shop().filter(shop -> !domain.equalsIgnoreCase(shop + ".myshopify.com")).isPresent())
            throw new BadRequest(403, "header " + SHOP + ": this shop was expected");
    }

    private Optional<String> shop() {
        var settings =
                documents.store().platforms().getOrDefault("shopify", MissingNode.getInstance());
        return Optional.of(settings.path("shop").asText("")).filter(shop -> !shop.isBlank());
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
                                                + ": one such as orders/cancelled was expected"));
    }

    /**
     * Named after the body, for that alone is signed: under another {@code X-Shopify-Webhook-Id} a
     * delivery that somebody repeats would pass for a new one.
     */
    private static String id(byte[] body) {
        return "shopify-" + UUID.nameUUIDFromBytes(body);
    }
}
