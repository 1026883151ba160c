package shop.unwind.local.states;

/** A task failed in a way that Retry and Catch can match by name. */
public final class TaskFailure extends Exception {
    private final String error;

    /**
     * A failure of this name.
     *
     * @param error such as {@code Lambda.TooManyRequestsException} or the class of what a function
     *     threw
     * @param cause text; for a function's exception the JSON text that Lambda answers with
     */
    public TaskFailure(String error, String cause) {
        super(cause);
        this.error = error;
    }

    public String error() {
        return error;
    }

    public String cause() {
        return String.valueOf(getMessage());
    }
}
