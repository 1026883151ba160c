package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.campaign.Account.Message;
import shop.unwind.local.campaign.Account.Refund;
import shop.unwind.local.campaign.Account.Shipment;
import shop.unwind.local.campaign.Account.Take;
import shop.unwind.local.campaign.Purchase.Goods;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the books of one storefront hold of one order. */
interface ShopBooks {
    Pattern OUR_MARK = Pattern.compile("unwind:(?<case>[^:]+):.*");

    boolean cancelled();

    /** Units that have left. */
    List<Shipment> shipments();

    /** Units taken back, by SKU. */
    Map<String, Integer> taken();

    /** Units taken back, one by one. */
    List<Take> takes();

    /** Units that came back into stock, by SKU. */
    Map<String, Integer> restocked(List<Goods> goods);

    /** Money that the storefront's own gateways gave back. */
    Stream<Refund> refunds();

    /** Our notes on the order's page. */
    Stream<Message> notes();

    /** Since when a bank has charged back what the storefront's own gateway had taken. */
    default Optional<Instant> chargedBack() {
        return Optional.empty();
    }

    /** When it was cancelled; far in the future when it was not. */
    Instant cancelledAt();

    /** Whether something had left before the order was cancelled. */
    default boolean shippedFirst() {
        return shipments().stream()
                .findFirst()
                .filter(first -> first.at().isBefore(cancelledAt()))
                .isPresent();
    }

    /** The case in our mark; empty where it is nobody's or somebody else's. */
    static String ours(JsonNode words) {
        var mark = OUR_MARK.matcher(words.asText(""));
        return mark.matches() ? mark.group("case") : "";
    }
}
