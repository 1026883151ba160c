package shop.unwind.local.states;

import shop.unwind.local.AwsError;

/**
 * Where something stands in a definition.
 *
 * @param location from the top, such as {@code /States/Refund/Output/v}
 * @param field from its state, such as {@code Output/v}; empty at the state itself
 * @param catcher whether {@code $states.errorOutput} is bound here
 */
record Place(String location, String field, boolean catcher) {
    static final Place TOP = new Place("", "", false);

    Place field(String name) {
        return new Place(
                location + "/" + name, field.isEmpty() ? name : field + "/" + name, catcher);
    }

    Place item(int index) {
        return new Place(location + "[" + index + "]", field + "[" + index + "]", catcher);
    }

    Place state(String name) {
        return new Place(location + "/States/" + name, "", false);
    }

    Place inCatcher() {
        return new Place(location, field, true);
    }

    /** The refusal of what stands here, in AWS's words where they are known. */
    AwsError refusal(String code, String message) {
        return new AwsError(
                "InvalidDefinition",
                "Invalid State Machine Definition: '%s: %s at %s'"
                        .formatted(code, message, location.isEmpty() ? "/" : location));
    }

    AwsError refusal(String message) {
        return refusal("SCHEMA_VALIDATION_FAILED", message);
    }
}
