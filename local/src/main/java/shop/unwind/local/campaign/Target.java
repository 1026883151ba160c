package shop.unwind.local.campaign;

/**
 * An operation of a platform and a road on which we call it.
 *
 * @param question whether it changes nothing there
 */
record Target(String platform, String operation, boolean question, Road road) {
    String name() {
        return platform + " " + operation;
    }
}
