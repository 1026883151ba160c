package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;

import java.util.Optional;

/** Magento's errors: a status, and a sentence in which parameters are still to be put. */
final class MagentoProblems {
    /** The gateway refused, or what it did could not be saved: Magento does not say which. */
    static final String NOT_SAVED = "Could not save a Creditmemo";

    private MagentoProblems() {}

    static Problem of(Reply reply) {
        var said = words(reply);
        if (said.isEmpty()) return foreign(reply);
        var words = said.get();
        return switch (reply.status()) {
            case 400, 405, 406 ->
                    words.contains(NOT_SAVED) ? reply.unclear(words) : refused(reply, words);
            case 401, 403 -> unauthorised(reply, words);
            case 404 ->
                    words.startsWith("Request does not match any route")
                            ? noApi()
                            : new NotFound(reply.call().path());
            default -> Http.problem(reply);
        };
    }

    /** Pages of a proxy, a firewall or the maintenance mode: none says what became of the call. */
    private static Problem foreign(Reply reply) {
        return switch (reply.status()) {
            case 404 -> reply.call().changes() ? reply.unclear("a page") : noApi();
            case 401, 403 -> turnedAway("no reason given");
            case 429 -> Http.problem(reply);
            default -> reply.unclear("a page of the shop's host");
        };
    }

    /** A question that went out twice on its way, as Java's client sends it, has a used nonce. */
    private static Problem unauthorised(Reply reply, String words) {
        if (words.contains("nonce")) return reply.unclear("a nonce that was used");
        return turnedAway(words);
    }

    private static Misconfigured turnedAway(String words) {
        return new Misconfigured(
                "secret unwind/magento: the shop turns its integration away ("
                        + words
                        + "); it needs the resources under Magento_Sales::sales");
    }

    private static Misconfigured noApi() {
        return new Misconfigured(
                "store document: platforms.magento.store or storeCode: no REST API answers there");
    }

    private static Refused refused(Reply reply, String words) {
        return new Refused("HTTP " + reply.status(), words);
    }

    private static Optional<String> words(Reply reply) {
        try {
            var error = Json.parse(reply.body());
            return Optional.of(error.path("message").asText(""))
                    .filter(message -> !message.isBlank())
                    .map(message -> Redaction.clean(filled(message, error.path("parameters"))));
        } catch (Json.Malformed unreadable) {
            return Optional.empty();
        }
    }

    /** {@code %1} counts, {@code %fieldName} names. */
    private static String filled(String message, JsonNode parameters) {
        var text = message;
        for (var at = parameters.size(); parameters.isArray() && at > 0; at--)
            text = text.replace("%" + at, parameters.path(at - 1).asText());
        for (var field : parameters.properties())
            text = text.replace("%" + field.getKey(), field.getValue().asText());
        return text;
    }
}
