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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The platforms' states at one moment, read as an auditor would: from their own documents, with no
 * code of the product between. A new platform adds what it holds of an order to {@link #account}.
 */
final class Books {
    private static final Pattern OUR_NOTE = Pattern.compile("unwind:(?<case>[^:]+):.*");
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    private final JsonNode shopify;
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
        this.shopify = states.apply("shopify");
        this.stripe = states.apply("stripe");
        this.sendgrid = states.apply("sendgrid");
        this.slack = states.apply("slack");
        this.dossiers = dossiers;
    }

    Dossier dossier(Plot plot) {
        return dossiers.apply(plot.order());
    }

    Account account(Plot plot) {
        var order = shopify.path("orders").path(Long.toString(5_000_000_000_000L + plot.number()));
        return new Account(
                order.path("cancelledAt").isTextual(),
                shippedFirst(order),
                taken(order),
                restocked(plot),
                Stream.concat(atStorefront(order), atProvider(plot)).toList(),
                refused(plot),
                chargedBack(plot),
                held(plot),
                Stream.of(mails(plot), chats(plot), notes(order)).flatMap(each -> each).toList());
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

    private Map<String, Integer> restocked(Plot plot) {
        var restocked = new TreeMap<String, Integer>();
        for (var line : plot.lines())
            restocked.put(
                    line.sku(),
                    shopify.path("inventory").path(line.sku()).path("restocked").asInt());
        return restocked;
    }

    /** Money that the storefront's own gateways gave back; the refund record says who asked. */
    private static Stream<Refund> atStorefront(JsonNode order) {
        var refunds = new ArrayList<Refund>();
        for (var record : order.path("refunds")) {
            var ours = OUR_NOTE.matcher(record.path("note").asText(""));
            var by = ours.matches() ? ours.group("case") : "";
            for (var id : record.path("transactions"))
                transaction(order, id.asLong())
                        .filter(money -> !money.path("gateway").asText().equals("stripe"))
                        .map(money -> refund("parent", money, by))
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

    private Stream<Refund> atProvider(Plot plot) {
        return about(stripe.path("refunds"), "payment_intent", plot)
                .map(
                        each ->
                                refund(
                                        "payment_intent",
                                        each,
                                        each.at("/metadata/unwind_case").asText("")));
    }

    private static Refund refund(String payment, JsonNode money, String by) {
        return new Refund(
                money.path(payment).asText(),
                money.path("amount").asLong(),
                money.path("status").asText(),
                by);
    }

    /** The provider keeps the answer to each of our keys, its refusals too. */
    private List<Refusal> refused(Plot plot) {
        var refused = new ArrayList<Refusal>();
        for (var kept : stripe.path("idempotency").properties()) {
            var answer = kept.getValue();
            if (!kept.getKey().contains("-" + plot.text() + "-")) continue;
            if (answer.path("status").asInt() / 100 != 4) continue;
            var at = Instant.parse(answer.path("until").asText()).minus(KEY_LIFE);
            refused.add(new Refusal(answer.path("body").asText(), at));
        }
        return refused;
    }

    private Optional<Instant> chargedBack(Plot plot) {
        return about(stripe.path("disputes"), "payment_intent", plot)
                .filter(dispute -> !dispute.path("is_charge_refundable").asBoolean())
                .map(dispute -> Instant.ofEpochSecond(dispute.path("created").asLong()))
                .findFirst();
    }

    private boolean held(Plot plot) {
        var status =
                stripe.path("payment_intents").path(plot.intent()).path("status").asText("none");
        return switch (status) {
            case "none", "succeeded", "canceled" -> false;
            default -> true;
        };
    }

    private Stream<Message> mails(Plot plot) {
        return sendgrid.path("outbox")
                .valueStream()
                .map(kept -> kept.path("mail"))
                .filter(mail -> at(mail, "/to/0/email").equals(plot.email()))
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

    private Stream<Message> chats(Plot plot) {
        return slack.path("messages")
                .valueStream()
                .filter(
                        message ->
                                message.at("/metadata/event_payload/case")
                                        .asText()
                                        .contains("-" + plot.text() + "-"))
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

    private static Stream<JsonNode> about(JsonNode documents, String field, Plot plot) {
        return documents
                .valueStream()
                .filter(each -> each.path(field).asText().equals(plot.intent()));
    }
}
