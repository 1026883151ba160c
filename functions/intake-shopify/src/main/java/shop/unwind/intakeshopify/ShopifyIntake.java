package shop.unwind.intakeshopify;

import shop.unwind.config.Store;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** POST /webhooks/shopify: verifies, normalises, puts on the queue, answers. */
public final class ShopifyIntake extends HttpFunction {
    private final Secrets secrets;
    private final Supplier<Store> store;
    private final Requests requests;
    private final ShopifyEvents events;

    public ShopifyIntake() {
        this(new Clients());
    }

    private ShopifyIntake(Clients clients) {
        this(
                clients.secrets(),
                clients.documents()::store,
                clients.requests(),
                new ShopifyEvents(clients.clock()));
    }

    ShopifyIntake(Secrets secrets, Supplier<Store> store, Requests requests, ShopifyEvents events) {
        this.secrets = secrets;
        this.store = store;
        this.requests = requests;
        this.events = events;
    }

    @Override
    protected HttpAnswer respond(HttpRequest request, Log log) {
        verify(request);
        var topic = request.signed("x-shopify-topic");
        var id = request.signed("x-shopify-webhook-id");
        var normalised = events.normalise(topic, id, Json.parse(request.body()));
        normalised.ifPresent(requests::send);
        log.info(topic + (normalised.isPresent() ? " taken" : " asks for nothing"));
        return HttpAnswer.empty(200);
    }

    @Override
    protected void forget() {
        secrets.forget();
    }

    /** Over the raw bytes; after a change of secret Shopify signs with the old one for an hour. */
    private void verify(HttpRequest request) {
        var given = request.signed("x-shopify-hmac-sha256");
        var valid =
                Stream.of("clientSecret", "previousClientSecret")
                        .flatMap(field -> secrets.optional("shopify", field).stream())
                        .map(secret -> new Hmac(secret).base64(request.body()))
                        .filter(expected -> Hmac.same(expected, given))
                        .count();
        if (valid == 0) throw new BadRequest(401, "the signature is not Shopify's");
        if (!isOurs(request)) throw new BadRequest(403, "the event is another shop's");
    }

    private boolean isOurs(HttpRequest request) {
        var shop = Json.object();
        var settings = store.get().platforms().getOrDefault("shopify", shop);
        var name = settings.path("shop").asText("");
        return name.isEmpty()
                || request.signed("x-shopify-shop-domain").equals(name + ".myshopify.com");
    }
}
