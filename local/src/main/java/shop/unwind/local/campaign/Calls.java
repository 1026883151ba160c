package shop.unwind.local.campaign;

/**
 * Which of a case's calls of one operation go wrong.
 *
 * @param spared so many go well before
 * @param struck so many go wrong then
 */
record Calls(int spared, int struck) {
    static final Calls FIRST = new Calls(0, 1);
    static final Calls FIRST_TWO = new Calls(0, 2);

    /** More than any case makes. */
    static final Calls ALL = new Calls(0, 1_000);

    /** Only this one, counted from one. */
    static Calls only(int number) {
        return new Calls(number - 1, 1);
    }

    boolean isLater() {
        return spared > 0;
    }

    @Override
    public String toString() {
        if (equals(ALL)) return "all calls";
        return isLater() ? "call " + (spared + 1) : "first " + struck;
    }
}
