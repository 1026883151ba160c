package shop.unwind.local;

/** An error as AWS answers it: HTTP 400 with {@code {"__type": type, "message": message}}. */
public final class AwsError extends RuntimeException {
    private final String type;

    /**
     * An error of this name.
     *
     * @param type the error's name without namespace, such as {@code ExecutionDoesNotExist}
     */
    public AwsError(String type, String message) {
        super(message);
        this.type = type;
    }

    public String type() {
        return type;
    }
}
