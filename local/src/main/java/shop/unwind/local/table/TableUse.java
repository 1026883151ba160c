package shop.unwind.local.table;

import java.math.BigDecimal;

/**
 * Capacity units as AWS bills them on demand.
 *
 * @param reads a strongly consistent read of up to 4 KB is one, an eventually consistent one half
 * @param writes a write of up to 1 KB is one, within a transaction two
 */
public record TableUse(BigDecimal reads, BigDecimal writes) {
    public TableUse minus(TableUse earlier) {
        return new TableUse(reads.subtract(earlier.reads), writes.subtract(earlier.writes));
    }
}
