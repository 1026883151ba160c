package shop.unwind.local.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A bad event on its way from Stripe's bus through the queue to the disputes function.
 *
 * @param text EventBridge's envelope
 * @param onBus put on Stripe's bus; else in the queue behind it
 * @param parked it comes to rest in the dead-letter queue; else nothing comes of it
 */
record Envelope(String name, String text, boolean onBus, boolean parked) {
    private static final String SOURCE = "aws.partner/stripe.com/ed_test_unwind";
    private static final String TYPE = "charge.dispute.created";

    /** All of them, each with personal data of its own. */
    static List<Envelope> all(Shop shop) {
        var rows = new ArrayList<Envelope>();
        stoppedByTheRule(shop).forEach(rows::add);
        passedOver(shop).forEach(rows::add);
        brokenDetails(shop).forEach(rows::add);
        brokenEnvelopes(shop).forEach(rows::add);
        return rows;
    }

    private static Draft sound(Mark mark) {
        return envelope(StripeWebhooks.sound(mark));
    }

    private static Draft envelope(Draft detail) {
        return Draft.empty()
                .text("source", SOURCE)
                .text("detail-type", TYPE)
                .with("detail", detail.json());
    }

    /** Whether a message is this one: EventBridge adds to what it was given. */
    boolean isIn(String message) {
        return message.contains(onBus ? text.substring(text.indexOf("\"detail\":")) : text);
    }

    private static Stream<Envelope> stoppedByTheRule(Shop shop) {
        return Stream.of(
                onBus(shop, "another type", e -> e.text("detail-type", "charge.succeeded")),
                onBus(
                        shop,
                        "a type in capitals",
                        e -> e.text("detail-type", "CHARGE.DISPUTE.CREATED")),
                onBus(
                        shop,
                        "a type with a blank before it",
                        e -> e.text("detail-type", " " + TYPE)),
                onBus(
                        shop,
                        "a refund that was made",
                        e -> e.text("detail-type", "refund.created")));
    }

    private static Stream<Envelope> passedOver(Shop shop) {
        return Stream.of(
                        new StripeWebhooks.Broken(
                                "another account's", "", e -> e.text("account", "acct_1Other")),
                        new StripeWebhooks.Broken(
                                "of the other mode", "", e -> e.with("livemode", "true")),
                        new StripeWebhooks.Broken(
                                "of an unknown type", "", e -> e.text("type", "charge.exploded")),
                        new StripeWebhooks.Broken(
                                "of a refund that is not ours", "", StripeWebhooks::failed))
                .map(
                        other ->
                                new Envelope(
                                        "an event " + other.name(),
                                        envelope(
                                                        other.change()
                                                                .apply(
                                                                        StripeWebhooks.sound(
                                                                                shop.mark())))
                                                .json(),
                                        true,
                                        false));
    }

    private static Stream<Envelope> brokenDetails(Shop shop) {
        return StripeWebhooks.broken().stream()
                .map(
                        wrong ->
                                new Envelope(
                                        wrong.name(),
                                        envelope(
                                                        wrong.change()
                                                                .apply(
                                                                        StripeWebhooks.sound(
                                                                                shop.mark())))
                                                .json(),
                                        true,
                                        true));
    }

    private static Stream<Envelope> brokenEnvelopes(Shop shop) {
        var broken =
                Bodies.all().stream()
                        .filter(body -> !body.of().apply("{}").isBlank())
                        // SQS itself turns away what XML 1.0 cannot hold.
                        .filter(body -> !body.of().apply("{}").contains("\0"))
                        .map(
                                body ->
                                        inQueue(
                                                body.name(),
                                                body.of().apply(sound(shop.mark()).json())));
        return Stream.concat(
                broken,
                Stream.of(
                        inQueue("an array", "[" + sound(shop.mark()).json() + "]"),
                        inQueue("null", "null"),
                        inQueue(
                                "another source",
                                sound(shop.mark())
                                        .text("source", "aws.partner/evil.example/1")
                                        .json()),
                        inQueue("no source", sound(shop.mark()).without("source").json()),
                        inQueue("no type", sound(shop.mark()).without("detail-type").json()),
                        inQueue(
                                "personal data for a type",
                                sound(shop.mark())
                                        .text("detail-type", shop.mark().sentence())
                                        .json()),
                        inQueue(
                                "a type with a line of a log",
                                sound(shop.mark()).text("detail-type", "a\\r\\nb").json()),
                        inQueue(
                                "an array for a detail",
                                sound(shop.mark()).with("detail", "[]").json()),
                        inQueue(
                                "a text for a detail",
                                sound(shop.mark()).text("detail", "evt_1").json())));
    }

    private static Envelope onBus(Shop shop, String name, UnaryOperator<Draft> change) {
        return new Envelope(name, change.apply(sound(shop.mark())).json(), true, false);
    }

    private static Envelope inQueue(String name, String text) {
        return new Envelope(name, text, false, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
