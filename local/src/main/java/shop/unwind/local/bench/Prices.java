package shop.unwind.local.bench;

import java.math.BigDecimal;

/** AWS list prices in USD, us-east-1, November 2026, arm64, beyond every free tier. */
final class Prices {
    /** A state transition of Standard workflows. */
    static final BigDecimal TRANSITION = new BigDecimal("0.000025");

    static final BigDecimal INVOCATION = new BigDecimal("0.0000002");
    static final BigDecimal GIGABYTE_SECOND = new BigDecimal("0.0000133334");

    /** DynamoDB on demand. */
    static final BigDecimal WRITE_UNIT = new BigDecimal("0.000000625");

    static final BigDecimal READ_UNIT = new BigDecimal("0.000000125");
    static final BigDecimal HTTP_REQUEST = new BigDecimal("0.000001");
    static final BigDecimal QUEUE_REQUEST = new BigDecimal("0.0000004");

    /** Taken in by CloudWatch Logs. */
    static final BigDecimal LOG_GIGABYTE = new BigDecimal("0.50");

    private Prices() {}
}
