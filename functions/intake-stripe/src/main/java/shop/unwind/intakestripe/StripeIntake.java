package shop.unwind.intakestripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.domain.Request;
import shop.unwind.event.StripeEvents;
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

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers {@code POST /webhooks/stripe}: verify, normalise, enqueue. Where the setting {@code
 * livemode} says which mode is ours, events of the other are passed over: Connect sends both.
 */
public final class StripeIntake extends HttpFunction {
    private final Secrets secrets;
    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;

    public StripeIntake() {
        this(new Clients());
    }

    StripeIntake(Secrets secrets, Documents documents, Requests requests, InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private StripeIntake(Clients clients) {
        this(clients.secrets(), clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        var now = clock.instant();
        StripeSignature.parse(http.signed("stripe-signature")).check(http.body(), keys(), now);
        var event = event(http.body());
        if (isOurMode(event))
            request(event, now).ifPresentOrElse(requests::send, () -> idle(event, log));
        else log.warn("event of the other mode passed over: platforms.stripe.livemode");
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

    /** The old secret stays good until Stripe has stopped signing with it. */
    private List<Secret> keys() {
        var previous = secrets.optional("stripe", "previousWebhookSecret");
        return Stream.concat(
                        Stream.of(secrets.required("stripe", "webhookSecret")), previous.stream())
                .toList();
    }

    private boolean isOurMode(JsonNode event) {
        var settings =
                documents.store().platforms().getOrDefault("stripe", MissingNode.getInstance());
        var livemode = settings.path("livemode");
        return livemode.isMissingNode()
                || livemode.asBoolean() == event.path("livemode").asBoolean();
    }

    private static JsonNode event(byte[] body) {
        try {
            return Json.parse(body);
        } catch (Json.Malformed malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
    }

    private static Optional<Request> request(JsonNode event, Instant now) {
        try {
            return StripeEvents.request(event, now);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
    }

    private static void idle(JsonNode event, Log log) {
        log.info("event passed over: " + event.path("type").asText());
    }
}
