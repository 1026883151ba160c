package shop.unwind.local.campaign;

/** The ways in which a platform misbehaves. */
enum Kind {
    ERROR500("error500"),
    THROTTLE("throttle"),
    RESET_BEFORE("reset-before"),
    RESET_AFTER("reset-after"),
    TIMEOUT_AFTER("timeout-after"),
    SLOW("slow"),
    MALFORMED("malformed"),
    STALE_READ("stale-read"),
    UNKNOWN_STATUS("unknown-status"),
    SUCCESS_ERROR_BODY("success-error-body");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** The sandbox's word. */
    String word() {
        return word;
    }

    /** Only what changes nothing can answer from the past; there nothing is before the effect. */
    boolean suits(Target target) {
        return switch (this) {
            case STALE_READ -> target.question();
            case RESET_AFTER -> !target.question();
            default -> true;
        };
    }
}
