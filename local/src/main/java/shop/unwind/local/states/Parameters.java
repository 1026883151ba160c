package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsError;

import java.util.Optional;

/** The parameters of one request. */
record Parameters(JsonNode request) {
    /** A text that must be there. */
    String text(String name) {
        return optional(name)
                .orElseThrow(() -> invalid(name, "must be a string that is not absent"));
    }

    Optional<String> optional(String name) {
        var value = request.path(name);
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        if (!value.isTextual()) throw invalid(name, "must be a string");
        return Optional.of(value.textValue());
    }

    /** A text of at most this many characters. */
    Optional<String> optional(String name, int longest) {
        var text = optional(name);
        if (text.filter(value -> value.length() > longest).isPresent())
            throw invalid(name, "must have a length of at most " + longest);
        return text;
    }

    /** An ARN that must be there. */
    String arn(String name) {
        var arn = text(name);
        if (!arn.startsWith("arn:") || arn.split(":", -1).length < 7)
            throw new AwsError("InvalidArn", "Invalid Arn: '" + arn + "'");
        return arn;
    }

    boolean flag(String name, boolean absent) {
        return request.path(name).asBoolean(absent);
    }

    int pageSize() {
        var size = request.path("maxResults").asInt(0);
        if (size < 0 || size > Page.LARGEST)
            throw invalid("maxResults", "must be between 0 and " + Page.LARGEST);
        return size == 0 ? Page.USUAL : size;
    }

    static AwsError invalid(String name, String rule) {
        return new AwsError(
                "ValidationException",
                "1 validation error detected: Value at '%s' failed to satisfy constraint: Member %s"
                        .formatted(name, rule));
    }
}
