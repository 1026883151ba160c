package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.local.campaign.Account.Channel;
import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Refusal;
import shop.unwind.local.campaign.Account.Shipment;
import shop.unwind.local.campaign.Account.Take;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The platforms' states at one moment, read as an auditor would: from their own documents, with no
 * code of the product between. A new platform adds what it holds of an order to {@link #account}.
 */
final class Books {
    private static final Set<String> PROVIDERS = Set.of("paypal", "stripe");
    private static final Pattern OUR_NOTE = Pattern.compile("unwind:(?<case>[^:]+):.*");
    private static final Pattern PAYPAL_NOTE = Pattern.compile("unwind\\.(?<case>[^.]+)\\..*");
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    private final JsonNode shopify;
    private final JsonNode paypal;
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
        this.shopify = states.apply("shopify");
        this.dossiers = dossiers;
    }

    Dossier dossier(Purchase purchase) {
        return dossiers.apply(purchase.order());
    }

    Account account(Purchase purchase) {
        var order = shopify.path("orders").path(Long.toString(purchase.shopifyId()));
        return new Account(
                order.path("cancelledAt").isTextual(),
                shippedFirst(order),
                taken(order),
                restocked(purchase),
                takes(order),
                shipments(order),
                Stream.of(atStorefront(order), atStripe(purchase), atPayPal(purchase))
                        .flatMap(each -> each)
                        .toList(),
                Stream.concat(refused(purchase).stream(), refusedByPayPal(purchase)).toList(),
                chargedBack(purchase).or(() -> chargedBackAtPayPal(purchase)),
                held(purchase) || heldAtPayPal(purchase),
                Stream.of(mails(purchase), chats(purchase), notes(order))
                        .flatMap(each -> each)
                        .toList());
    }

    private static boolean shippedFirst(JsonNode order) {
        var shipped = order.at("/fulfillments/0/createdAt").asText("");
        if (shipped.isEmpty()) return false;
        var cancelled = order.path("cancelledAt").textValue();
        return cancelled == null || Instant.parse(shipped).isBefore(Instant.parse(cancelled));
    }

    private static Map<String, Integer> taken(JsonNode order) {
        var taken = new TreeMap<String, Integer>();
        for (var line : order.path("lines"))
            taken.put(line.path("sku").asText(), line.path("refunded").asInt());
        return taken;
    }

    private static List<Take> takes(JsonNode order) {
        var takes = new ArrayList<Take>();
        for (var record : order.path("refunds"))
            for (var line : record.path("lines"))
                takes.add(
                        new Take(
                                sku(order, line),
                                line.path("quantity").asInt(),
                                line.path("subtotal").asLong() + line.path("tax").asLong(),
                                taker(order, record),
                                Instant.parse(record.path("createdAt").asText())));
        return takes;
    }

    /** Who cancels a whole order says so on the order; its refund record has no note. */
    private static String taker(JsonNode order, JsonNode record) {
        var cancels = record.path("createdAt").equals(order.path("cancelledAt"));
        return ours(cancels ? order.path("staffNote") : record.path("note"));
    }

    /** The case in our mark; empty where it is nobody's or somebody else's. */
    private static String ours(JsonNode note) {
        var mark = OUR_NOTE.matcher(note.asText(""));
        return mark.matches() ? mark.group("case") : "";
    }

    private static List<Shipment> shipments(JsonNode order) {
        var shipments = new ArrayList<Shipment>();
        for (var parcel : order.path("fulfillments"))
            for (var line : parcel.path("lines"))
                shipments.add(
                        new Shipment(
                                sku(order, line),
                                line.path("quantity").asInt(),
                                Instant.parse(parcel.path("createdAt").asText())));
        return shipments;
    }

    private static String sku(JsonNode order, JsonNode part) {
        return order.path("lines")
                .valueStream()
                .filter(line -> line.path("id").equals(part.path("line")))
                .map(line -> line.path("sku").asText())
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Integer> restocked(Purchase purchase) {
        var restocked = new TreeMap<String, Integer>();
        for (var line : purchase.goods())
            restocked.put(
                    line.sku(),
                    shopify.path("inventory").path(line.sku()).path("restocked").asInt());
        return restocked;
    }

    /** Money that the storefront's own gateways gave back; the refund record says who asked. */
    private static Stream<Refund> atStorefront(JsonNode order) {
        var refunds = new ArrayList<Refund>();
        for (var record : order.path("refunds")) {
            var by = ours(record.path("note"));
            for (var id : record.path("transactions"))
                transaction(order, id.asLong())
                        .filter(money -> !PROVIDERS.contains(money.path("gateway").asText()))
                        .map(money -> refund("parent", money, by, made(money)))
                        .ifPresent(refunds::add);
        }
        return refunds.stream();
    }

    private static Optional<JsonNode> transaction(JsonNode order, long id) {
        return order.path("transactions")
                .valueStream()
                .filter(each -> each.path("id").asLong() == id)
                .findFirst();
    }

    private static Instant made(JsonNode transaction) {
        return Instant.parse(transaction.path("createdAt").asText());
    }

    private Stream<Refund> atStripe(Purchase purchase) {
        return about(stripe.path("refunds"), "payment_intent", purchase)
                .map(
                        each ->
                                refund(
                                        "payment_intent",
                                        each,
                                        each.at("/metadata/unwind_case").asText(""),
                                        Instant.ofEpochSecond(each.path("created").asLong())));
    }

    private Stream<Refund> atPayPal(Purchase purchase) {
        return ofPayPal("refunds", purchase)
                .map(
                        each ->
                                new Refund(
                                        each.at("/links/1/href").asText(),
                                        cents(each.path("amount")),
                                        each.path("status").asText(),
                                        oursAtPayPal(each),
                                        Instant.parse(each.path("create_time").asText())));
    }

    private Stream<Refusal> refusedByPayPal(Purchase purchase) {
        return paypal.path("refusals")
                .valueStream()
                .filter(each -> oursAtPayPal(each).contains("-" + purchase.text() + "-"))
                .map(
                        each ->
                                new Refusal(
                                        each.path("issue").asText(),
                                        oursAtPayPal(each),
                                        Instant.parse(each.path("at").asText())));
    }

    private Optional<Instant> chargedBackAtPayPal(Purchase purchase) {
        return paypal.path("disputes")
                .valueStream()
                .filter(
                        dispute ->
                                dispute.path("dispute_id")
                                        .asText()
                                        .contains("SHOPIFY" + purchase.text() + "-"))
                .filter(dispute -> dispute.path("dispute_channel").asText().equals("EXTERNAL"))
                .map(dispute -> Instant.parse(dispute.path("create_time").asText()))
                .findFirst();
    }

    private boolean heldAtPayPal(Purchase purchase) {
        return ofPayPal("authorizations", purchase)
                .anyMatch(hold -> hold.path("status").asText().equals("CREATED"));
    }

    private Stream<JsonNode> ofPayPal(String documents, Purchase purchase) {
        return paypal.path(documents)
                .valueStream()
                .filter(each -> each.path("id").asText().endsWith("SHOPIFY" + purchase.text()));
    }

    private static String oursAtPayPal(JsonNode refund) {
        var mark = PAYPAL_NOTE.matcher(refund.path("custom_id").asText());
        return mark.matches() ? mark.group("case") : "";
    }

    private static long cents(JsonNode amount) {
        return new BigDecimal(amount.path("value").asText()).movePointRight(2).longValueExact();
    }

    private static Refund refund(String payment, JsonNode money, String by, Instant at) {
        return new Refund(
                money.path(payment).asText(),
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

    private static Stream<Message> notes(JsonNode order) {
        return order.path("note")
                .asText("")
                .lines()
                .filter(line -> line.startsWith("[unwind:"))
                .map(line -> new Message(Channel.NOTE, line, line));
    }

    private static Stream<JsonNode> about(JsonNode documents, String field, Purchase purchase) {
        var intents = purchase.intents();
        return documents.valueStream().filter(each -> intents.contains(each.path(field).asText()));
    }
}
