package shop.unwind.local.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Stream;

/**
 * What a use costs at list price, in USD. Not in it: what is paid by the month (secrets, alarms,
 * stored data), traces, and Lambda's own polling of quiet queues.
 *
 * @param intake HTTP API and queues
 */
record Cost(
        BigDecimal transitions,
        BigDecimal functions,
        BigDecimal tables,
        BigDecimal intake,
        BigDecimal logs) {

    private static final BigDecimal MEGABYTE_MILLIS_IN_GIGABYTE_SECOND =
            BigDecimal.valueOf(1024 * 1000);

    private static final BigDecimal BYTES_IN_GIGABYTE = BigDecimal.valueOf(1L << 30);

    /** A message is sent, received and deleted. */
    private static final int QUEUE_REQUESTS = 3;

    static Cost of(Usage used) {
        var gigabyteSeconds = divided(used.megabyteMillis(), MEGABYTE_MILLIS_IN_GIGABYTE_SECOND);
        return new Cost(
                times(Prices.TRANSITION, used.transitions()),
                times(Prices.INVOCATION, used.invocations())
                        .add(Prices.GIGABYTE_SECOND.multiply(gigabyteSeconds)),
                Prices.WRITE_UNIT
                        .multiply(used.tables().writes())
                        .add(Prices.READ_UNIT.multiply(used.tables().reads())),
                times(Prices.HTTP_REQUEST, used.routed())
                        .add(times(Prices.QUEUE_REQUEST, QUEUE_REQUESTS * used.batches())),
                Prices.LOG_GIGABYTE.multiply(divided(used.logBytes(), BYTES_IN_GIGABYTE)));
    }

    BigDecimal sum() {
        return Stream.of(transitions, functions, tables, intake, logs)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The cost of a thousand, when this is that of so many. */
    Cost perThousand(int cases) {
        var share = divided(1000, BigDecimal.valueOf(cases));
        return new Cost(
                transitions.multiply(share),
                functions.multiply(share),
                tables.multiply(share),
                intake.multiply(share),
                logs.multiply(share));
    }

    private static BigDecimal times(BigDecimal price, long count) {
        return price.multiply(BigDecimal.valueOf(count));
    }

    private static BigDecimal divided(long value, BigDecimal by) {
        return BigDecimal.valueOf(value).divide(by, MathContext.DECIMAL64);
    }
}
