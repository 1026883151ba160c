package shop.unwind.intakepaypal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.event.PayPalEvents;
import shop.unwind.event.PayPalEvents.Notice;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.log.Log;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import java.time.InstantSource;
import java.util.List;

/**
 * Answers {@code POST /webhooks/paypal}: verify, normalise, put on the bus. What asks nothing of
 * us, and what is another account's, is acknowledged and passed over: PayPal would go on sending
 * what is refused. A resend keeps its event's id, by which its request is known again.
 */
public final class PayPalIntake extends HttpFunction {
    private final Documents documents;
    private final Bus bus;
    private final Certificates certificates = new Certificates();
    private final InstantSource clock;

    public PayPalIntake() {
        this(new Clients());
    }

    PayPalIntake(Documents documents, Bus bus, InstantSource clock) {
        this.documents = documents;
        this.bus = bus;
        this.clock = clock;
    }

    private PayPalIntake(Clients clients) {
        this(
                clients.documents(),
                new Bus(
                        Clients.patient(EventBridgeClient::builder).build(),
                        Environment.required("EVENT_BUS")),
                clients.clock());
    }

    @Override
    protected HttpAnswer respond(HttpRequest http, Log log) {
        var settings = settings();
        var trust = Trust.of(settings);
        PayPalSignature.of(http).check(http.body(), trust, certificates, clock.instant());
        var event = http.json();
        var notices = notices(event);
        var ours =
                notices.stream().filter(notice -> PayPalEvents.isOurs(notice, settings)).toList();
        if (ours.size() < notices.size())
            log.warn("passed over: of another account than platforms.paypal names");
        else if (ours.isEmpty()) log.info("event passed over: " + type(event));
        bus.put(ours);
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        documents.store();
    }

    @Override
    protected void forget() {
        documents.forget();
    }

    private JsonNode settings() {
        return documents.store().platforms().getOrDefault("paypal", MissingNode.getInstance());
    }

    private static List<Notice> notices(JsonNode event) {
        try {
            return PayPalEvents.notices(event);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
    }

    private static String type(JsonNode event) {
        return event.path("event_type").asText();
    }
}
