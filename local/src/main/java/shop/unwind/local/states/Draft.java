package shop.unwind.local.states;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event to be written.
 *
 * @param aside whether the scope's next event follows what this one follows, not this one
 */
record Draft(String type, ObjectNode details, boolean aside) {
    static Draft of(String type, ObjectNode details) {
        return new Draft(type, details, false);
    }

    static Draft aside(String type, ObjectNode details) {
        return new Draft(type, details, true);
    }
}
