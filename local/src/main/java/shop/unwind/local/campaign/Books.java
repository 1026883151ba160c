package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The platforms' states at one moment, read as an auditor would: from their own documents, with no
 * code of the product between. A new storefront adds its {@link ShopBooks}, a new provider what it
 * holds of a payment.
 */
final class Books {
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    private final JsonNode shopify;
    private final JsonNode woocommerce;
    private final JsonNode magento;
    private final JsonNode bigcommerce;
    private final JsonNode paypal;
    private final JsonNode square;
    private final JsonNode stripe;
    private final JsonNode sendgrid;
    private final JsonNode slack;
    private final Function<OrderRef, Dossier> dossiers;

    /**
     * Reads all states.
     *
     * @param states by the platform's name
     * @param dossiers our own record of an order
     */
    Books(Function<String, JsonNode> states, Function<OrderRef, Dossier> dossiers) {
        // Words first, goods last: what was said or refunded rests on what had been done before.
        this.sendgrid = states.apply("sendgrid");
        this.slack = states.apply("slack");
        this.paypal = states.apply("paypal");
        this.stripe = states.apply("stripe");
        this.square = states.apply("square");
        this.shopify = states.apply("shopify");
        this.woocommerce = states.apply("woocommerce");
        this.magento = states.apply("magento");
        this.bigcommerce = states.apply("bigcommerce");
        this.dossiers = dossiers;
    }

    Dossier dossier(Purchase purchase) {
        return dossiers.apply(purchase.order());
    }

    Account account(Purchase purchase) {
        var shop = shop(purchase);
        var paypal = new PayPalBooks(this.paypal, purchase);
        var square = new SquareBooks(this.square, purchase);
        return new Account(
                shop.cancelled(),
                shop.shippedFirst(),
                shop.taken(),
                shop.restocked(purchase.goods()),
                shop.takes(),
                shop.shipments(),
                Stream.of(shop.refunds(), atStripe(purchase), paypal.refunds(), square.refunds())
                        .flatMap(each -> each)
                        .toList(),
                Stream.of(refused(purchase).stream(), paypal.refused(), square.refused())
                        .flatMap(each -> each)
                        .toList(),
                chargedBack(purchase)
                        .or(paypal::chargedBack)
                        .or(square::chargedBack)
                        .or(shop::chargedBack),
                held(purchase) || paypal.isHeld() || square.isHeld(),
                Stream.of(mails(purchase), chats(purchase), shop.notes())
                        .flatMap(each -> each)
                        .toList());
    }

    private ShopBooks shop(Purchase purchase) {
        return switch (purchase.storefront()) {
            case "shopify" -> ShopifyBooks.of(shopify, purchase);
            case "woocommerce" -> WooCommerceBooks.of(woocommerce, purchase);
            case "magento" -> MagentoBooks.of(magento, purchase);
            case "square" -> SquareShopBooks.of(square, purchase);
            case "bigcommerce" -> BigCommerceBooks.of(bigcommerce, purchase);
            case String other -> throw new IllegalArgumentException("no books of " + other);
        };
    }

    private Stream<Refund> atStripe(Purchase purchase) {
        return about(stripe.path("refunds"), "payment_intent", purchase)
                .map(
                        each ->
                                refund(
                                        each,
                                        each.at("/metadata/unwind_case").asText(""),
                                        Instant.ofEpochSecond(each.path("created").asLong())));
    }

    private static Refund refund(JsonNode money, String by, Instant at) {
        return new Refund(
                money.path("payment_intent").asText(),
                money.path("amount").asLong(),
                money.path("status").asText(),
                by,
                at);
    }

    /** The provider keeps the answer to each of our keys, its refusals too. */
    private List<Refusal> refused(Purchase purchase) {
        var refused = new ArrayList<Refusal>();
        for (var kept : stripe.path("idempotency").properties()) {
            var answer = kept.getValue();
            if (!kept.getKey().contains("-" + purchase.text() + "-")) continue;
            if (answer.path("status").asInt() / 100 != 4) continue;
            var at = Instant.parse(answer.path("until").asText()).minus(KEY_LIFE);
            var by = kept.getKey().split(":", 2)[0];
            refused.add(new Refusal(answer.path("body").asText(), by, at));
        }
        return refused;
    }

    private Optional<Instant> chargedBack(Purchase purchase) {
        return about(stripe.path("disputes"), "payment_intent", purchase)
                .filter(dispute -> !dispute.path("is_charge_refundable").asBoolean())
                .map(dispute -> Instant.ofEpochSecond(dispute.path("created").asLong()))
                .findFirst();
    }

    private boolean held(Purchase purchase) {
        return purchase.intents().stream()
                .map(intent -> stripe.at("/payment_intents/" + intent + "/status").asText("none"))
                .anyMatch(status -> !Set.of("none", "succeeded", "canceled").contains(status));
    }

    private Stream<Message> mails(Purchase purchase) {
        return sendgrid.path("outbox")
                .valueStream()
                .map(kept -> kept.path("mail"))
                .filter(mail -> at(mail, "/to/0/email").equals(purchase.email()))
                .map(
                        mail ->
                                new Message(
                                        Channel.MAIL,
                                        at(mail, "/custom_args/step"),
                                        mail.at("/content/0/value").asText()));
    }

    private static String at(JsonNode mail, String path) {
        return mail.path("personalizations").path(0).at(path).asText();
    }

    private Stream<Message> chats(Purchase purchase) {
        return slack.path("messages")
                .valueStream()
                .filter(
                        message ->
                                message.at("/metadata/event_payload/case")
                                        .asText()
                                        .contains("-" + purchase.text() + "-"))
                .map(
                        message ->
                                new Message(
                                        Channel.CHAT,
                                        message.at("/metadata/event_payload/step").asText(),
                                        message.path("text").asText()));
    }

    private static Stream<JsonNode> about(JsonNode documents, String field, Purchase purchase) {
        var intents = purchase.intents();
        return documents.valueStream().filter(each -> intents.contains(each.path(field).asText()));
    }
}
