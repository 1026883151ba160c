package shop.unwind.local.campaign;

/** The ways in which a platform misbehaves. */
enum Kind {
    ERROR500("error500"),
    THROTTLE("throttle"),
    RESET_BEFORE("reset-before"),
    RESET_AFTER("reset-after"),
    TIMEOUT_AFTER("timeout-after"),
    SLOW("slow"),
    LATE("slow"),
    MALFORMED("malformed"),
    STALE_READ("stale-read"),
    UNKNOWN_STATUS("unknown-status"),
    SUCCESS_ERROR_BODY("success-error-body");

    private final String word;

    @Override
    public String toString() {
        return this == LATE ? "late" : word;
    }

    Kind(String word) {
        this.word = word;
    }

    /** The sandbox's word. */
    String word() {
        return word;
    }

    /**
     * Only what changes nothing can answer from the past, and only what changes something can do so
     * when nobody waits any more.
     */
    boolean suits(boolean question) {
        return switch (this) {
            case STALE_READ -> question;
            case RESET_AFTER, LATE -> !question;
            default -> true;
        };
    }
}
