package shop.unwind.domain;

/**
 * One order being taken back. The generation starts at 1 and grows when a closed case is followed
 * by a later, different request, and with each run-again.
 */
public record CaseId(OrderRef order, int generation) {
    public CaseId {
        if (generation < 1)
            throw new IllegalArgumentException("case: a generation from 1 was expected");
    }

    /** The execution's name and the id people see: {@code shopify-1001-1}. */
    @Override
    public String toString() {
        return order.key() + "-" + generation;
    }

    /** Reads what {@link #toString} wrote. */
    public static CaseId parse(String text) {
        var dash = text.lastIndexOf('-');
        if (dash < 0)
            throw new IllegalArgumentException("case: storefront-number-generation was expected");
        try {
            return new CaseId(
                    OrderRef.ofKey(text.substring(0, dash)),
                    Integer.parseInt(text.substring(dash + 1)));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "case: a generation was expected at the end", malformed);
        }
    }
}
