package shop.unwind.function;

/** A request that cannot be right, with what was expected. Holds nothing of its content. */
public final class BadRequest extends RuntimeException {
    private final int status;

    /**
     * A request to turn away.
     *
     * @param status the 4xx to answer with
     */
    public BadRequest(int status, String expected) {
        super(expected);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
