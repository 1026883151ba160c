package shop.unwind.square;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.problem.Refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Disputes about payments. Square lists them by state and location only, so all of them are paged.
 */
record Disputes(RestApi api) {
    /** Of some 50 disputes each. */
    private static final int MOST_PAGES = 40;

    /** Every one about one of these payments. */
    List<Dispute> about(Set<String> payments) {
        return all().stream()
                .filter(dispute -> payments.contains(payment(dispute)))
                .map(dispute -> new Dispute(id(dispute), phase(dispute.path("state").asText())))
                .toList();
    }

    /**
     * All there are.
     *
     * @throws Refused when there are too many: what is not seen could forbid a refund
     */
    List<JsonNode> all() {
        var disputes = new ArrayList<JsonNode>();
        var cursor = "";
        for (var page = 0; page < MOST_PAGES; page++) {
            var list = api.list("/v2/disputes" + behind(cursor));
            list.path("disputes").forEach(disputes::add);
            cursor = list.path("cursor").asText("");
            if (cursor.isEmpty()) return disputes;
        }
        throw new Refused(
                "too many", "Square lists more than " + MOST_PAGES + " pages of disputes");
    }

    private static String behind(String cursor) {
        return cursor.isEmpty() ? "" : "?cursor=" + RestApi.encoded(cursor);
    }

    private static String payment(JsonNode dispute) {
        return dispute.at("/disputed_payment/payment_id").asText();
    }

    private static String id(JsonNode dispute) {
        return dispute.path("id").asText(dispute.path("dispute_id").asText());
    }

    private static Phase phase(String state) {
        return switch (state) {
            case "INQUIRY_EVIDENCE_REQUIRED", "INQUIRY_PROCESSING" -> Phase.INQUIRY;
            case "EVIDENCE_REQUIRED" -> Phase.CHARGEBACK;
            case "PROCESSING" -> Phase.IN_REVIEW;
            case "LOST", "ACCEPTED" -> Phase.CLOSED_LOST;
            case "WON", "INQUIRY_CLOSED" -> Phase.CLOSED_WON;
            default -> Phase.UNKNOWN;
        };
    }
}
