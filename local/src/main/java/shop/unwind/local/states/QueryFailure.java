package shop.unwind.local.states;

/** A field of a state did not come out. The state's name and event are added where it is caught. */
final class QueryFailure extends Exception {
    private final String field;

    QueryFailure(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** The field within its state, such as {@code Output/v}. */
    String field() {
        return field;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
