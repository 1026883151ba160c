package shop.unwind.local.campaign;

/**
 * A rule that was broken.
 *
 * @param rule R1..R7 of the design
 */
record Broken(String rule, String words) {
    @Override
    public String toString() {
        return rule + ": " + words;
    }
}
