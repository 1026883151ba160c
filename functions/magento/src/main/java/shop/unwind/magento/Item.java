package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.Money;
import shop.unwind.domain.Order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of an order. Price and quantity of a configurable or bundled product stand on the
 * parent; what is invoiced or shipped may stand on its children. A line sold by measure (2.5 m)
 * counts as one unit, taken back whole or not at all.
 *
 * @param children the parts of a product made of several
 */
record Item(JsonNode item, List<JsonNode> children) {
    String id() {
        return item.path("item_id").asText();
    }

    /** Its own id and those of its children. */
    Stream<Long> ids() {
        return Stream.concat(Stream.of(item), children.stream())
                .map(each -> each.path("item_id").asLong());
    }

    BigDecimal ordered() {
        return number("qty_ordered");
    }

    /** Neither cancelled nor taken back. */
    BigDecimal open() {
        return positive(ordered().subtract(number("qty_canceled")).subtract(refunded()));
    }

    BigDecimal shipped() {
        return most("qty_shipped");
    }

    /** Neither invoiced nor shipped: what a cancel takes back. */
    BigDecimal uninvoiced() {
        var begun = most("qty_invoiced").max(shipped());
        return positive(ordered().subtract(begun).subtract(number("qty_canceled")));
    }

    /** Invoiced and still here: what a credit memo takes back. */
    BigDecimal refundable() {
        var left = positive(most("qty_invoiced").subtract(refunded()));
        return positive(open().subtract(shipped()).subtract(uninvoiced())).min(left);
    }

    BigDecimal canceled() {
        return number("qty_canceled");
    }

    private BigDecimal refunded() {
        return number("qty_refunded");
    }

    /** What this many units of ours are in the shop's quantity. */
    BigDecimal quantity(int units) {
        return isMeasured() ? open() : BigDecimal.valueOf(units);
    }

    Order.Line line(String currency) {
        var all = units(ordered());
        var left = units(open());
        return new Order.Line(
                id(),
                item.path("sku").asText(""),
                item.path("name").asText(""),
                all,
                left,
                Math.min(left, units(shipped())),
                worth(currency).map(whole -> whole.share(all - left, left, all)));
    }

    /** What this quantity of what is open brings back, as the decision reckoned it. */
    Money worth(BigDecimal quantity, String currency) {
        var line = line(currency);
        var whole = line.worth().orElse(Money.zero(currency));
        return line.open() == 0 ? whole : whole.share(0, units(quantity), line.open());
    }

    private Optional<Money> worth(String currency) {
        if (ordered().signum() == 0) return Optional.empty();
        var whole =
                number("base_row_total")
                        .add(number("base_tax_amount"))
                        .add(number("base_discount_tax_compensation_amount"))
                        .subtract(number("base_discount_amount"));
        return Optional.of(Amounts.money(whole, currency));
    }

    /** A part of a measure has begun to be one. */
    private int units(BigDecimal quantity) {
        if (isMeasured()) return quantity.signum() > 0 ? 1 : 0;
        return quantity.setScale(0, RoundingMode.CEILING).intValueExact();
    }

    private boolean isMeasured() {
        return Stream.of(
                        "qty_ordered",
                        "qty_invoiced",
                        "qty_shipped",
                        "qty_canceled",
                        "qty_refunded")
                .map(this::number)
                .anyMatch(each -> each.stripTrailingZeros().scale() > 0);
    }

    /**
     * Of the line itself and its children, whichever says more; a child counts in its own units.
     */
    private BigDecimal most(String field) {
        return children.stream()
                .map(child -> ofParent(child, field))
                .reduce(number(field), BigDecimal::max);
    }

    private BigDecimal ofParent(JsonNode child, String field) {
        var of = Amounts.number(child, "qty_ordered");
        if (of.signum() == 0) return BigDecimal.ZERO;
        return Amounts.number(child, field)
                .multiply(ordered())
                .divide(of, 0, RoundingMode.CEILING)
                .min(ordered());
    }

    private BigDecimal number(String field) {
        return Amounts.number(item, field);
    }

    private static BigDecimal positive(BigDecimal number) {
        return number.max(BigDecimal.ZERO);
    }
}
