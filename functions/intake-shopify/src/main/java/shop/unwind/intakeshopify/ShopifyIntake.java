package shop.unwind.intakeshopify;

import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secret;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/shopify}: verify, normalise, enqueue. Where the setting {@code
 * shop} names our shop, deliveries for another are turned away.
 */
public final class ShopifyIntake extends HttpFunction {
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
        var topic = expected(http, "x-shopify-topic");
        var id = "shopify-" + expected(http, "x-shopify-webhook-id");
        ShopifyEvents.request(topic, id, Json.parse(http.body()), clock.instant())
                .ifPresentOrElse(
                        requests::send, () -> log.info("event passed over: " + topic + " " + id));
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
        var domain = http.header("x-shopify-shop-domain").orElse("");
        if (shop().filter(shop -> !domain.equalsIgnoreCase(shop + ".myshopify.com")).isPresent())
            throw new BadRequest(403, "another shop was expected");
    }

    private Optional<String> shop() {
        var settings =
                documents.store().platforms().getOrDefault("shopify", MissingNode.getInstance());
        return Optional.of(settings.path("shop").asText("")).filter(shop -> !shop.isBlank());
    }

    private static String expected(HttpRequest http, String header) {
        return http.header(header)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new BadRequest(400, "header " + header + " was expected"));
    }
}
