package shop.unwind.sendgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;

import shop.unwind.json.Json;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What SendGrid's answers mean. */
final class Answers {
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(2);

    private Answers() {}

    /**
     * The answer, if it is a yes: 202 for taken, 200 for a question or in sandbox mode.
     *
     * @throws Problem for every other status, none of which is success
     */
    static Response success(Request request, Response answer, Instant now) {
        return switch (answer.getStatusCode()) {
            case 200, 202 -> {
                // A proxy may put 200 around an error.
                if (json(answer).has("errors")) throw unclear(request, answer);
                yield answer;
            }
            case 401 -> throw unauthorised(answer);
            case 403 ->
                    throw new Misconfigured(
                            "SendGrid 403: verify platforms.sendgrid.from as a sender, give the key"
                                    + " of secret unwind/sendgrid the permission Mail Send: "
                                    + words(answer));
            case 400, 404, 405, 413 ->
                    throw new Refused("HTTP " + answer.getStatusCode(), words(answer));
            case 429 -> throw new Throttled(pause(answer, now));
            default -> throw unclear(request, answer);
        };
    }

    static Optional<String> header(Response answer, String name) {
        return answer.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Problem unauthorised(Response answer) {
        var words = words(answer);
        return words.contains("credits exceeded")
                ? new Misconfigured("SendGrid account: " + words)
                : new Misconfigured("secret unwind/sendgrid: field apiKey: " + words);
    }

    private static Duration pause(Response answer, Instant now) {
        return header(answer, "X-RateLimit-Reset")
                .filter(reset -> reset.matches("\\d{1,11}"))
                .map(reset -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(reset))))
                .filter(Duration::isPositive)
                .orElse(DEFAULT_PAUSE);
    }

    private static Problem unclear(Request request, Response answer) {
        var words = request.getEndpoint() + " answered " + answer.getStatusCode();
        return request.getMethod() == Method.GET ? new Unreachable(words) : new Unsure(words);
    }

    /** SendGrid's own words for staff; it may quote an address, which is taken out. */
    private static String words(Response answer) {
        var said = new StringBuilder();
        for (var error : json(answer).path("errors")) {
            if (!said.isEmpty()) said.append("; ");
            var field = error.path("field").asText("");
            if (!field.isBlank() && !error.path("field").isNull()) said.append(field).append(": ");
            said.append(error.path("message").asText("no message"));
        }
        return said.isEmpty() ? "without words" : Redaction.clean(said.toString());
    }

    /** The body; missing where it is no JSON: a 413 may be an HTML page. */
    static JsonNode json(Response answer) {
        try {
            return Json.parse(answer.getBody());
        } catch (Json.Malformed page) {
            return MissingNode.getInstance();
        }
    }
}
