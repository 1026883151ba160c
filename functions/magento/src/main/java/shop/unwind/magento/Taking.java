package shop.unwind.magento;

import shop.unwind.domain.Money;
import shop.unwind.domain.Plan;
import shop.unwind.problem.Refused;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How units are taken back: those that are invoiced by credit memo, the rest of the order by its
 * cancellation.
 *
 * @param memo quantities by order item
 * @param cancel whether everything that is not invoiced is cancelled
 * @param restock whether units of the credit memo return to stock; cancelled ones do by themselves
 */
record Taking(Map<String, BigDecimal> memo, boolean cancel, boolean restock) {
    /** Money goes back, no goods. */
    static final Taking NOTHING = new Taking(Map.of(), false, false);

    private static final Pattern UNITS = Pattern.compile("\\b(\\d+)x(\\d+(?:\\.\\d+)?)\\b");
    private static final String CANCELS = ", cancels the rest";
    private static final String RESTOCKS = ", back to stock";

    /**
     * Magento cancels all that is not invoiced or nothing of it.
     *
     * @throws Refused when the units cannot be had that way
     */
    static Taking of(Shown shown, Plan.Cancel plan) {
        var wanted = wanted(shown, plan.lines());
        var rest = shown.items().stream().allMatch(item -> covers(wanted, item));
        if (shown.anythingUninvoiced() && rest)
            return new Taking(without(shown, wanted), true, plan.restock());
        if (shown.items().stream().allMatch(item -> isInvoiced(wanted, item)))
            return new Taking(positive(wanted), false, plan.restock());
        throw new Refused(
                "part",
                "Magento cannot cancel some units of what is not invoiced and keep the others:"
                        + " cancel the whole order, or edit it in Magento");
    }

    private static Map<String, BigDecimal> wanted(Shown shown, List<Plan.Units> units) {
        var wanted = new LinkedHashMap<String, BigDecimal>();
        for (var item : shown.items())
            wanted.put(
                    item.id(),
                    units.isEmpty() ? item.uninvoiced().add(item.refundable()) : of(item, units));
        return wanted;
    }

    private static BigDecimal of(Item item, List<Plan.Units> units) {
        return units.stream()
                .filter(each -> each.line().equals(item.id()))
                .map(each -> item.quantity(each.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean covers(Map<String, BigDecimal> wanted, Item item) {
        return quantity(wanted, item).compareTo(item.uninvoiced()) >= 0;
    }

    private static boolean isInvoiced(Map<String, BigDecimal> wanted, Item item) {
        return quantity(wanted, item).compareTo(item.refundable()) <= 0;
    }

    private static Map<String, BigDecimal> without(Shown shown, Map<String, BigDecimal> wanted) {
        var memo = new LinkedHashMap<String, BigDecimal>();
        for (var item : shown.items())
            memo.put(item.id(), quantity(wanted, item).subtract(item.uninvoiced()));
        return positive(memo);
    }

    private static Map<String, BigDecimal> positive(Map<String, BigDecimal> quantities) {
        var positive = new LinkedHashMap<>(quantities);
        positive.values().removeIf(quantity -> quantity.signum() <= 0);
        return positive;
    }

    /** How much of an item goes back by credit memo. */
    BigDecimal quantity(Item item) {
        return quantity(memo, item);
    }

    private static BigDecimal quantity(Map<String, BigDecimal> quantities, Item item) {
        return Optional.ofNullable(quantities.get(item.id())).orElse(BigDecimal.ZERO);
    }

    /** As it stands in a comment of ours, for people and for {@link #parse}. */
    String text() {
        var units =
                memo.entrySet().stream()
                        .map(each -> each.getKey() + "x" + each.getValue().toPlainString())
                        .collect(Collectors.joining(" "));
        return "by credit memo: " + units + (cancel ? CANCELS : "") + (restock ? RESTOCKS : "");
    }

    /** Reads what {@link #text} wrote, whatever stands around it. */
    static Taking parse(String text) {
        var memo = new LinkedHashMap<String, BigDecimal>();
        UNITS.matcher(text)
                .results()
                .forEach(each -> memo.put(each.group(1), new BigDecimal(each.group(2))));
        return new Taking(memo, text.contains(CANCELS), text.contains(RESTOCKS));
    }

    /** Whether all of it can still be had. */
    boolean isOpenIn(Shown shown) {
        return shown.items().stream()
                .allMatch(item -> quantity(memo, item).compareTo(item.refundable()) <= 0);
    }

    /** As much of it as this invoice still holds. */
    Taking of(Invoice invoice, Shown shown) {
        var part = new LinkedHashMap<String, BigDecimal>();
        for (var item : shown.items())
            part.put(item.id(), quantity(memo, item).min(shown.left(invoice, item)));
        return new Taking(positive(part), cancel, restock);
    }

    /** Whether it is all that can be taken back of these quantities. */
    boolean isAllOf(Shown shown, Function<Item, BigDecimal> held) {
        return shown.items().stream()
                .allMatch(item -> quantity(memo, item).compareTo(held.apply(item)) >= 0);
    }

    /** What Magento reckons its units are worth, without shipping. */
    Money worth(Shown shown) {
        return shown.items().stream()
                .filter(item -> memo.containsKey(item.id()))
                .map(item -> item.worth(quantity(memo, item), shown.currency()))
                .reduce(Money.zero(shown.currency()), Money::plus);
    }
}
