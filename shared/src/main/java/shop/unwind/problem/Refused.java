package shop.unwind.problem;

/** A clear no, in the platform's own terms. */
public final class Refused extends Problem {
    private final String code;

    public Refused(String code, String words) {
        super(code + ": " + words);
        this.code = code;
    }

    /** The platform's own code. */
    public String code() {
        return code;
    }
}
