package shop.unwind.problem;

/** The platform does not know what was asked for. */
public final class NotFound extends Problem {
    public NotFound(String what) {
        super(what + " was not found");
    }
}
