package shop.unwind.decide;

import shop.unwind.config.InvalidDocument;
import shop.unwind.domain.Money;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy document.
 *
 * @param cancelWindow how long after the order a customer may cancel
 * @param partlyShipped what to do when some units have left
 * @param madeToOrder goods that cannot be taken back once work has begun
 * @param approval staff must say yes above these amounts; the highest limit that is exceeded counts
 * @param disputes what disputes may do by themselves
 * @param restock whether the storefront takes cancelled units back into stock; exactly one of
 *     storefront and inventory system may
 */
record Policy(
        Duration cancelWindow,
        PartlyShipped partlyShipped,
        MadeToOrder madeToOrder,
        List<Limit> approval,
        Disputes disputes,
        boolean restock) {

    enum PartlyShipped {
        CANCEL_THE_REST,
        REFUSE
    }

    /**
     * Goods made for one customer.
     *
     * @param skus SKUs; a {@code *} at the end stands for any rest
     * @param tags order tags that make every line such
     * @param workBeginsAfter from the order on
     */
    record MadeToOrder(List<String> skus, List<String> tags, Duration workBeginsAfter) {
        boolean covers(String sku) {
            return skus.stream().anyMatch(pattern -> matches(pattern, sku));
        }

        private static boolean matches(String pattern, String sku) {
            return pattern.endsWith("*")
                    ? sku.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(sku);
        }
    }

    /**
     * Above these amounts staff are asked.
     *
     * @param above decimal amounts by currency; a currency that is not named has limit zero
     * @param within how long they have
     */
    record Limit(Map<String, String> above, Duration within) {
        boolean isExceededBy(Money amount) {
            return amount.compareTo(limit(amount.currency())) > 0;
        }

        Money limit(String currency) {
            return Optional.ofNullable(above.get(currency))
                    .map(decimal -> Money.parse(decimal, currency))
                    .orElse(Money.zero(currency));
        }
    }

    /**
     * What disputes may do by themselves.
     *
     * @param inquiryAutoRefund settle an inquiry on an unshipped order by a full refund
     * @param within how long staff have to answer a question about a dispute
     */
    record Disputes(boolean inquiryAutoRefund, Duration within) {}

    /**
     * Everything that is wrong, by the key a person would edit.
     *
     * @throws InvalidDocument with all findings
     */
    Policy validated() {
        var wrong = new ArrayList<String>();
        if (cancelWindow == null) wrong.add("cancelWindow: a duration such as P14D was expected");
        if (partlyShipped == null)
            wrong.add("partlyShipped: CANCEL_THE_REST or REFUSE was expected");
        if (madeToOrder == null
                || madeToOrder.skus == null
                || madeToOrder.tags == null
                || madeToOrder.workBeginsAfter == null)
            wrong.add("madeToOrder: skus, tags and workBeginsAfter were expected");
        if (approval == null) wrong.add("approval: a list of limits was expected");
        else for (var limit : approval) check(limit, wrong);
        if (disputes == null || disputes.within == null)
            wrong.add("disputes: inquiryAutoRefund and within were expected");
        if (!wrong.isEmpty()) throw new InvalidDocument("policy", wrong);
        return this;
    }

    private static void check(Limit limit, List<String> wrong) {
        if (limit.above == null || limit.within == null) {
            wrong.add("approval: above and within were expected");
            return;
        }
        limit.above.forEach(
                (currency, amount) -> {
                    try {
                        Money.parse(amount, currency);
                    } catch (IllegalArgumentException unreadable) {
                        wrong.add("approval.above." + currency + ": " + unreadable.getMessage());
                    }
                });
    }

    /** The limit that this amount exceeds, the highest first. */
    Optional<Limit> exceededBy(Money amount) {
        return approval.stream()
                .filter(limit -> limit.isExceededBy(amount))
                .max(
                        (one, other) ->
                                one.limit(amount.currency())
                                        .compareTo(other.limit(amount.currency())));
    }
}
