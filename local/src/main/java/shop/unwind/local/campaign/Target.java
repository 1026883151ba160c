package shop.unwind.local.campaign;

/**
 * An operation of a platform and a road on which we call it.
 *
 * @param question whether it changes nothing there
 */
record Target(String platform, String operation, boolean question, Road road) {
    /** What is attacked; a change is attacked for each mover of money anew. */
    String name() {
        var name = platform + " " + operation;
        return question || road.gateway().equals("stripe") ? name : name + ", " + road.gateway();
    }
}
