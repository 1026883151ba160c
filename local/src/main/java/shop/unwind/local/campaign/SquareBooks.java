package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Refusal;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What Square holds of the money of one purchase, wherever it was bought. */
record SquareBooks(JsonNode square, Purchase purchase) {

    Stream<Refund> refunds() {
        return about("refunds", "payment_id")
                .map(
                        each ->
                                new Refund(
                                        each.path("payment_id").asText(),
                                        each.at("/amount_money/amount").asLong(),
                                        each.path("status").asText(),
                                        ShopBooks.ours(each.path("reason")),
                                        Instant.parse(each.path("created_at").asText())));
    }

    Stream<Refusal> refused() {
        return square.path("refusals")
                .valueStream()
                .filter(
                        each ->
                                ShopBooks.ours(each.path("reason"))
                                        .contains("-" + purchase.text() + "-"))
                .map(
                        each ->
                                new Refusal(
                                        each.path("code").asText(),
                                        ShopBooks.ours(each.path("reason")),
                                        Instant.parse(each.path("at").asText())));
    }

    Optional<Instant> chargedBack() {
        return square.path("disputes")
                .valueStream()
                .filter(dispute -> isOfPurchase(dispute.at("/disputed_payment/payment_id")))
                .filter(dispute -> !dispute.path("state").asText().startsWith("INQUIRY_"))
                .map(dispute -> Instant.parse(dispute.path("created_at").asText()))
                .findFirst();
    }

    boolean isHeld() {
        return about("payments", "id")
                .anyMatch(payment -> payment.path("status").asText().equals("APPROVED"));
    }

    private Stream<JsonNode> about(String documents, String payment) {
        return square.path(documents)
                .valueStream()
                .filter(each -> isOfPurchase(each.path(payment)));
    }

    private boolean isOfPurchase(JsonNode payment) {
        return payment.asText().startsWith("PAY" + purchase.storefront() + purchase.text() + "_");
    }
}
