package shop.unwind.local.campaign;

/**
 * An operation of a platform and a road on which we call it.
 *
 * @param question whether it changes nothing there
 * @param calls how many we make on that road
 */
record Target(String platform, String operation, boolean question, Road road, int calls) {
    /** What is attacked; a change is attacked for each mover of money anew. */
    String name() {
        var name = platform + " " + operation;
        return question || road.gateway().equals("stripe") ? name : name + ", " + road.gateway();
    }
}
