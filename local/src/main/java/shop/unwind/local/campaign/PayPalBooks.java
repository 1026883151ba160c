package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Refusal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What PayPal holds of one purchase. */
record PayPalBooks(JsonNode paypal, Purchase purchase) {
    private static final Pattern OUR_NOTE = Pattern.compile("unwind\\.(?<case>[^.]+)\\..*");

    Stream<Refund> refunds() {
        return about("refunds")
                .map(
                        each ->
                                new Refund(
                                        capture(each),
                                        minor(each.path("amount")),
                                        each.path("status").asText(),
                                        ours(each),
                                        Instant.parse(each.path("create_time").asText())));
    }

    Stream<Refusal> refused() {
        return paypal.path("refusals")
                .valueStream()
                .filter(each -> ours(each).contains("-" + purchase.text() + "-"))
                .map(
                        each ->
                                new Refusal(
                                        each.path("issue").asText(),
                                        ours(each),
                                        Instant.parse(each.path("at").asText())));
    }

    Optional<Instant> chargedBack() {
        var payment = "SHOPIFY" + purchase.text() + "-";
        return paypal.path("disputes")
                .valueStream()
                .filter(dispute -> dispute.path("dispute_id").asText().contains(payment))
                .filter(dispute -> dispute.path("dispute_channel").asText().equals("EXTERNAL"))
                .map(dispute -> Instant.parse(dispute.path("create_time").asText()))
                .findFirst();
    }

    boolean isHeld() {
        return about("authorizations")
                .anyMatch(hold -> hold.path("status").asText().equals("CREATED"));
    }

    private Stream<JsonNode> about(String documents) {
        return paypal.path(documents)
                .valueStream()
                .filter(each -> each.path("id").asText().endsWith("SHOPIFY" + purchase.text()));
    }

    private static String ours(JsonNode refund) {
        var mark = OUR_NOTE.matcher(refund.path("custom_id").asText());
        return mark.matches() ? mark.group("case") : "";
    }

    /** Its capture is known by the address behind the refund alone. */
    private static String capture(JsonNode refund) {
        return refund.at("/links/1/href").asText().replaceFirst(".*/", "");
    }

    private static long minor(JsonNode amount) {
        var currency = Currency.getInstance(amount.path("currency_code").asText());
        return new BigDecimal(amount.path("value").asText())
                .movePointRight(currency.getDefaultFractionDigits())
                .longValueExact();
    }
}
