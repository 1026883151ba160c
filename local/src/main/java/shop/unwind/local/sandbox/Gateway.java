package shop.unwind.local.sandbox;

/** A payment provider as a storefront uses it, when it moves money through its own gateway. */
interface Gateway {
    /** What became of a refund: {@code SUCCESS}, {@code PENDING} or {@code ERROR}. */
    String refund(String payment, long amount, String note);

    /** Lets an authorisation go that was never captured. */
    void release(String payment);
}
