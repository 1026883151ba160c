package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a person or a bank does at a platform, in the sandbox's words.
 *
 * @param path of the sandbox
 */
record Deed(String path, ObjectNode input) {

    static Deed at(String platform, String subject, String act) {
        var path = "/%s/_act/%s/%s".formatted(platform, subject, act);
        return new Deed(path, JsonNodeFactory.instance.objectNode());
    }

    Deed with(String field, String value) {
        return new Deed(path, input.deepCopy().put(field, value));
    }

    Deed with(String field, long value) {
        return new Deed(path, input.deepCopy().put(field, value));
    }

    Deed with(String field, boolean value) {
        return new Deed(path, input.deepCopy().put(field, value));
    }
}
