package shop.unwind.bigcommerce;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;
import shop.unwind.log.Redaction;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Both REST APIs of one store: token, pages, errors in either form, rate limits. */
final class RestApi {
    private static final int PAGE = 250;
    private static final Duration LOCKED = Duration.ofSeconds(5);
    private static final int LONGEST_WAIT_DIGITS = 9;

    private final Platform platform;
    private final Http http;

    RestApi(Platform platform) {
        this.platform = platform;
        this.http = platform.http("https://api.bigcommerce.com");
    }

    /** What V2 answers: an object. */
    JsonNode ask(String path) {
        return object(send(Call.get(at(path))));
    }

    /** All pages of a V2 list, which ends with an answer of 204. */
    List<JsonNode> list(String path) {
        var all = new ArrayList<JsonNode>();
        List<JsonNode> page;
        var number = 1;
        do {
            page = page(path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE, number++);
            all.addAll(page);
        } while (page.size() == PAGE);
        return List.copyOf(all);
    }

    private List<JsonNode> page(String path, int number) {
        var reply = send(Call.get(at(path + "&page=" + number)));
        if (reply.status() == 204) return List.of();
        return array(reply, reply.json());
    }

    /** The list that V3 answers below {@code data}; nothing at all is an empty one. */
    List<JsonNode> data(String path) {
        var reply = send(Call.get(at(path)));
        if (reply.status() == 204) return List.of();
        return array(reply, reply.json().path("data"));
    }

    /** All pages of a V3 list, however few a page may hold. */
    List<JsonNode> pages(String path) {
        var all = new ArrayList<JsonNode>();
        Reply reply;
        List<JsonNode> page;
        var number = 1;
        do {
            reply = send(Call.get(at(path + "&limit=" + PAGE + "&page=" + number++)));
            page = array(reply, reply.json().path("data"));
            all.addAll(page);
        } while (!page.isEmpty() && all.size() < total(reply));
        return List.copyOf(all);
    }

    /** Unknown, it goes on until a page is empty. */
    private static long total(Reply reply) {
        return reply.json().at("/meta/pagination/total").asLong(Long.MAX_VALUE);
    }

    /** The object that V3 answers below {@code data}. */
    JsonNode datum(String path) {
        return below(send(Call.get(at(path))));
    }

    /** A POST that changes nothing. */
    JsonNode quote(String path, Map<String, ?> content) {
        return below(send(Call.post(at(path)).json(content).asking()));
    }

    JsonNode create(String path, Map<String, ?> content) {
        return below(send(Call.post(at(path)).json(content)));
    }

    /** Whether it was created: not when there is one of its name already, which is no problem. */
    boolean createOnce(String path, Map<String, ?> content) {
        var reply = exchange(Call.post(at(path)).json(content));
        if (reply.status() == 409) return false;
        below(checked(reply));
        return true;
    }

    /** A POST without content, whose answer tells nothing. */
    void tell(String path) {
        send(Call.post(at(path)));
    }

    /** Schedules a change of stock. */
    void adjust(String path, Map<String, ?> content) {
        var reply = send(Call.post(at(path)).json(content));
        if (!reply.json().path("transaction_id").isTextual()) throw reply.unclear("no transaction");
    }

    JsonNode update(String path, Map<String, ?> content) {
        return object(send(Call.put(at(path)).json(content)));
    }

    private static JsonNode below(Reply reply) {
        var data = reply.json().path("data");
        if (!data.isObject()) throw reply.unclear("no object");
        return data;
    }

    private static JsonNode object(Reply reply) {
        var answer = reply.json();
        if (!answer.path("id").isIntegralNumber()) throw reply.unclear("nothing that has an id");
        return answer;
    }

    private static List<JsonNode> array(Reply reply, JsonNode answer) {
        if (!answer.isArray()) throw reply.unclear("no list");
        return answer.valueStream().toList();
    }

    private String at(String path) {
        return "/stores/" + platform.setting("storeHash") + path;
    }

    private Reply send(Call call) {
        return checked(exchange(call));
    }

    /** Without {@code Accept} V2 may answer in XML. */
    private Reply exchange(Call call) {
        var token = platform.secret("accessToken").value();
        return http.send(call.header("X-Auth-Token", token).header("Accept", "application/json"));
    }

    private static Reply checked(Reply reply) {
        if (reply.status() / 100 != 2) throw problem(reply);
        return reply;
    }

    private static Problem problem(Reply reply) {
        return switch (reply.status()) {
            case 400, 405, 406, 409, 413, 415, 422 ->
                    new Refused("HTTP " + reply.status(), words(reply));
            case 401 ->
                    new Misconfigured("secret unwind/bigcommerce: the store turns its token away");
            case 403 ->
                    new Misconfigured(
                            "secret unwind/bigcommerce: its API account needs the scopes for"
                                    + " orders, order transactions, store inventory (modify) and"
                                    + " information (read)");
            case 404 -> new NotFound(reply.call().path());
            case 423 -> new Throttled(LOCKED);
            case 429 -> throttled(reply);
            default -> Http.problem(reply);
        };
    }

    /** There is no {@code Retry-After}; without a window either the store is overloaded. */
    private static Problem throttled(Reply reply) {
        return reply.header()
                .apply("X-Rate-Limit-Time-Reset-Ms")
                .filter(text -> text.matches("\\d{1," + LONGEST_WAIT_DIGITS + "}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .<Problem>map(pause -> new Throttled(pause.plusMillis(999)))
                .orElseGet(() -> Http.problem(reply));
    }

    /** V2 writes a list of errors, V3 one or, for refunds, a list below {@code data}. */
    private static String words(Reply reply) {
        try {
            var body = Json.parse(reply.body());
            return Stream.of(body, body.path(0), body.at("/data/0"))
                    .flatMap(error -> words(error).stream())
                    .findFirst()
                    .orElse("without a reason");
        } catch (Json.Malformed unreadable) {
            return "without a reason";
        }
    }

    /** A gateway may repeat what it was sent, and these words reach the log. */
    private static Optional<String> words(JsonNode error) {
        var said =
                Stream.concat(
                                Stream.of("message", "title", "error").map(error::path),
                                error.path("errors").valueStream())
                        .map(text -> text.asText(""))
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining("; "));
        return Optional.of(Redaction.clean(said)).filter(text -> !text.isBlank());
    }
}
