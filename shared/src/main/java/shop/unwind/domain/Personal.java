package shop.unwind.domain;

/** A customer's personal datum. It is not to be logged: {@link #toString} hides it. */
public record Personal(String value) {
    /** Whether both name the same mailbox as shops and customers type it: case and blanks aside. */
    public boolean sameMailbox(Personal other) {
        return value.strip().equalsIgnoreCase(other.value.strip());
    }

    @Override
    public String toString() {
        return "(personal)";
    }
}
