package shop.unwind.problem;

/** Names the setting, secret or permission that an operator must mend. */
public final class Misconfigured extends Problem {
    public Misconfigured(String setting) {
        super(setting);
    }
}
