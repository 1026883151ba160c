package shop.unwind.config;

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
 * @param patience how long to wait for money whose way is not clear
 * @param breaker when automatic refunds pause
 */
public record Policy(
        Duration cancelWindow,
        PartlyShipped partlyShipped,
        MadeToOrder madeToOrder,
        List<Limit> approval,
        Disputes disputes,
        boolean restock,
        Patience patience,
        Breaker breaker) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** An execution ends after 30 days, and each wait may end a tenth later. */
    private static final Duration LONGEST = Duration.ofDays(25);

    /**
     * A held refund is looked at every ten minutes, which makes some 7,000 events in three days; a
     * case has 25,000, and may have three refunds.
     */
    private static final Duration LONGEST_HELD = Duration.ofDays(3);

    public enum PartlyShipped {
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
    public record MadeToOrder(List<String> skus, List<String> tags, Duration workBeginsAfter) {
        public boolean covers(String sku) {
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
    public record Limit(Map<String, String> above, Duration within) {
        public boolean isExceededBy(Money amount) {
            return amount.compareTo(limit(amount.currency())) > 0;
        }

        public Money limit(String currency) {
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
    public record Disputes(boolean inquiryAutoRefund, Duration within) {}

    /**
     * How long to wait for money whose way is not clear.
     *
     * @param lookEvery how often to look whether a step took effect whose outcome is unknown
     * @param unknownFor after this time with an unknown outcome staff must look
     * @param followEvery how often to look whether a refund that is on its way has arrived
     * @param followFor after this time on its way staff must look
     */
    public record Patience(
            Duration lookEvery, Duration unknownFor, Duration followEvery, Duration followFor) {}

    /**
     * Above these figures automatic refunds pause until a person says "go on". What a person
     * approved is not automatic: it is neither held nor counted.
     *
     * @param within how long a refund may be held before its case needs attention
     */
    public record Breaker(Allowance perHour, Allowance perDay, Duration within) {}

    /**
     * What may be refunded automatically in one clock hour or day (UTC).
     *
     * @param refunds how many
     * @param sums decimal amounts by currency; a currency that is not named is bound by the count
     *     alone
     */
    public record Allowance(int refunds, Map<String, String> sums) {
        /** The most that may be refunded in this currency; empty when only the count binds. */
        public Optional<Money> sum(String currency) {
            return Optional.ofNullable(sums.get(currency))
                    .map(decimal -> Money.parse(decimal, currency));
        }
    }

    /**
     * Everything that is wrong, by the key a person would edit.
     *
     * @throws InvalidDocument with all findings
     */
    public Policy validated() {
        var wrong = new ArrayList<String>();
        if (cancelWindow == null || cancelWindow.isNegative())
            wrong.add("cancelWindow: a duration such as P14D was expected");
        if (partlyShipped == null)
            wrong.add("partlyShipped: CANCEL_THE_REST or REFUSE was expected");
        if (madeToOrder == null
                || madeToOrder.skus == null
                || madeToOrder.tags == null
                || madeToOrder.workBeginsAfter == null)
            wrong.add("madeToOrder: skus, tags and workBeginsAfter were expected");
        else if (madeToOrder.workBeginsAfter.isNegative())
            wrong.add("madeToOrder.workBeginsAfter: a duration such as PT1H was expected");
        if (approval == null) wrong.add("approval: a list of limits was expected");
        else for (var limit : approval) check(limit, wrong);
        if (disputes == null) wrong.add("disputes: inquiryAutoRefund and within were expected");
        else check("disputes.within", disputes.within, LONGEST, wrong);
        check(patience, wrong);
        check(breaker, wrong);
        if (wrong.isEmpty() && longestCase().compareTo(LONGEST) > 0)
            wrong.add(
                    "approval.within or disputes.within, patience (unknownFor and lookEvery twice,"
                            + " followFor, followEvery) and breaker.within: together P25D or less"
                            + " was expected, not "
                            + longestCase());
        if (!wrong.isEmpty()) throw new InvalidDocument("policy", wrong);
        return this;
    }

    private static void check(Limit limit, List<String> wrong) {
        if (limit.above == null) wrong.add("approval: above and within were expected");
        else checkAmounts("approval.above", limit.above, wrong);
        check("approval.within", limit.within, LONGEST, wrong);
    }

    private static void check(Patience patience, List<String> wrong) {
        if (patience == null) {
            wrong.add("patience: lookEvery, unknownFor, followEvery and followFor were expected");
            return;
        }
        check("patience.lookEvery", patience.lookEvery, LONGEST, wrong);
        check("patience.unknownFor", patience.unknownFor, LONGEST, wrong);
        check("patience.followEvery", patience.followEvery, LONGEST, wrong);
        check("patience.followFor", patience.followFor, LONGEST, wrong);
    }

    private static void check(Breaker breaker, List<String> wrong) {
        if (breaker == null) {
            wrong.add("breaker: perHour, perDay and within were expected");
            return;
        }
        check("breaker.perHour", breaker.perHour, wrong);
        check("breaker.perDay", breaker.perDay, wrong);
        check("breaker.within", breaker.within, LONGEST_HELD, wrong);
    }

    private static void check(String key, Duration wait, Duration longest, List<String> wrong) {
        if (wait == null || wait.compareTo(SHORTEST) < 0 || wait.compareTo(longest) > 0)
            wrong.add(
                    "%s: a duration from PT1S to P%dD was expected"
                            .formatted(key, longest.toDays()));
    }

    /** Asked, unknown whether cancelled and whether refunded, held, and followed, one by one. */
    private Duration longestCase() {
        var asked =
                approval.stream()
                        .map(Limit::within)
                        .reduce(
                                disputes.within,
                                (one, other) -> one.compareTo(other) < 0 ? other : one);
        return asked.plus(patience.unknownFor.plus(patience.lookEvery).multipliedBy(2))
                .plus(breaker.within)
                .plus(patience.followFor)
                .plus(patience.followEvery);
    }

    private static void check(String key, Allowance allowance, List<String> wrong) {
        if (allowance == null || allowance.sums == null || allowance.refunds < 1)
            wrong.add(key + ": refunds (1 or more) and sums were expected");
        else checkAmounts(key + ".sums", allowance.sums, wrong);
    }

    private static void checkAmounts(String key, Map<String, String> amounts, List<String> wrong) {
        amounts.forEach(
                (currency, amount) -> {
                    try {
                        Money.parse(amount, currency);
                    } catch (IllegalArgumentException unreadable) {
                        wrong.add(key + "." + currency + ": " + unreadable.getMessage());
                    }
                });
    }

    /** The limit that this amount exceeds, the highest first. */
    public Optional<Limit> exceededBy(Money amount) {
        return approval.stream()
                .filter(limit -> limit.isExceededBy(amount))
                .max(
                        (one, other) ->
                                one.limit(amount.currency())
                                        .compareTo(other.limit(amount.currency())));
    }
}
