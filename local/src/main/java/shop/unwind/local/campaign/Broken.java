package shop.unwind.local.campaign;

/**
 * A rule that was broken.
 *
 * @param rule R1..R7 of the design
 */
record Broken(String rule, String words) {
    /** The same, seen after this step of a sequence. */
    Broken after(int step) {
        return new Broken(rule, words + " (after step " + step + ")");
    }

    @Override
    public String toString() {
        return rule + ": " + words;
    }
}
