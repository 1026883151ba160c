package shop.unwind.http;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a platform answered.
 *
 * @param call what it answers
 * @param header looks a header up whatever its case
 */
public record Reply(Call call, int status, byte[] body, Function<String, Optional<String>> header) {

    /**
     * The body as JSON.
     *
     * @throws Problem when it is none: after a change that leaves us unsure
     */
    public JsonNode json() {
        try {
            return Json.parse(body);
        } catch (Json.Malformed unreadable) {
            throw unclear("an unreadable body");
        }
    }

    /** The problem of an answer that cannot be understood. */
    public Problem unclear(String what) {
        var words = call + " answered " + status + " with " + what;
        return call.changes() ? new Unsure(words) : new Unreachable(words);
    }
}
