package shop.unwind.domain;

import java.util.List;

/** What a request asks for or reports. */
public sealed interface Wish {

    /**
     * Take these lines back.
     *
     * @param lines empty means the whole order
     */
    record Cancel(String reason, List<LineWish> lines) implements Wish {
        public Cancel {
            lines = List.copyOf(lines);
        }
    }

    /** A bank or buyer complains at the payment provider. What it means is read there, live. */
    record Dispute(String disputeId) implements Wish {}

    /** Somebody cancelled or refunded at the storefront itself; the rest is to follow. */
    record Happened(What what) implements Wish {
        /** What somebody did there. */
        public enum What {
            CANCELLED,
            REFUNDED
        }
    }

    /** A refund that had been accepted did not arrive; the money is back with us. */
    record RefundFailed(String refund) implements Wish {}

    /** Staff ask for the same case once more. */
    record RunAgain(String by) implements Wish {}

    /** Some units of one line. */
    record LineWish(String sku, int quantity) {
        public LineWish {
            if (sku.isBlank()) throw new IllegalArgumentException("lines.sku: a SKU was expected");
            if (quantity < 1)
                throw new IllegalArgumentException("lines.quantity: 1 or more was expected");
        }
    }
}
