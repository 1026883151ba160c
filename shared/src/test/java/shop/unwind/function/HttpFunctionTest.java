package shop.unwind.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.problem.Misconfigured;
import shop.unwind.testing.TestLambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;

final class HttpFunctionTest {
    private final TestLambda lambda = new TestLambda();

    private static final class Answering extends HttpFunction {
        private final Function<HttpRequest, HttpAnswer> answer;

        Answering(Function<HttpRequest, HttpAnswer> answer) {
            this.answer = answer;
        }

        @Override
        protected HttpAnswer respond(HttpRequest request, Log log) {
            return answer.apply(request);
        }
    }

    @Test
    void request_shouldBeHandedOver_whenItComesThroughTheApi() {
        var event = event("{\"a\":\"ü\"}", false);
        event.putObject("pathParameters").put("id", "x.y");
        event.putObject("queryStringParameters").put("token", "t/+=");
        event.putObject("headers").put("X-Mixed-Case", "yes").put("x-forwarded-for", "192.0.2.66");
        ((ObjectNode) event.at("/requestContext/http")).put("sourceIp", "203.0.113.7");

        invoke(
                event,
                request -> {
                    assertThat(request.method()).isEqualTo("POST");
                    assertThat(request.path()).isEqualTo("/here");
                    assertThat(request.pathParameters()).containsEntry("id", "x.y");
                    assertThat(request.query()).containsEntry("token", "t/+=");
                    assertThat(request.header("x-mixed-case")).contains("yes");
                    assertThat(request.header("x-other")).isEmpty();
                    assertThat(request.address()).isEqualTo("203.0.113.7");
                    assertThat(new String(request.body(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"a\":\"ü\"}");
                    return HttpAnswer.empty(200);
                });
    }

    @Test
    void body_shouldBeItsRawBytes_whenTheApiEncodedIt() {
        byte[] raw = {0, (byte) 0xff, (byte) 0xc3, 13, 10};

        invoke(
                event(Base64.getEncoder().encodeToString(raw), true),
                request -> {
                    assertThat(request.body()).isEqualTo(raw);
                    return HttpAnswer.empty(200);
                });
    }

    @Test
    void body_shouldBeEmpty_whenNoneWasSent() {
        var event = event("", false);
        event.remove("body");

        invoke(
                event,
                request -> {
                    assertThat(request.body()).isEmpty();
                    return HttpAnswer.empty(200);
                });
    }

    @Test
    void answer_shouldNotBeCachedOrSniffed_whenItGoesOut() {
        var answer = invoke(event("", false), _ -> new HttpAnswer(202, Json.object().put("a", 1)));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(202);
        assertThat(answer.path("body").asText()).isEqualTo("{\"a\":1}");
        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("application/json");
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("no-store");
        assertThat(answer.at("/headers/x-content-type-options").asText()).isEqualTo("nosniff");
    }

    @Test
    void answer_shouldHaveNoBody_whenItIsEmpty() {
        assertThat(invoke(event("", false), _ -> HttpAnswer.empty(200)).has("body")).isFalse();
    }

    @Test
    void request_shouldBeTurnedAway_whenItCannotBeRight() {
        var answer =
                invoke(
                        event("", false),
                        _ -> {
                            throw new BadRequest(422, "order: a number was expected");
                        });

        assertThat(answer.path("statusCode").asInt()).isEqualTo(422);
        assertThat(Json.parse(answer.path("body").asText()).path("error").asText())
                .isEqualTo("order: a number was expected");
    }

    @Test
    void request_shouldBeTurnedAway_whenItsBodyIsNoJson() {
        var answer =
                invoke(
                        event("{", false),
                        request -> new HttpAnswer(200, Json.parse(request.body())));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
    }

    @Test
    void request_shouldBeTurnedAway_whenASignedHeaderIsMissing() {
        var answer =
                invoke(
                        event("", false),
                        request -> new HttpAnswer(200, Json.tree(request.signed("x-signature"))));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
    }

    @Test
    void request_shouldBeTurnedAway_whenItIsTooLarge() {
        var large = " ".repeat(1_000_001);
        var encoded = Base64.getEncoder().encodeToString(new byte[1_000_001]);

        assertThat(
                        invoke(event(large, false), _ -> HttpAnswer.empty(200))
                                .path("statusCode")
                                .asInt())
                .isEqualTo(413);
        assertThat(
                        invoke(event(encoded, true), _ -> HttpAnswer.empty(200))
                                .path("statusCode")
                                .asInt())
                .isEqualTo(413);
    }

    @Test
    void request_shouldBeTaken_whenItIsAsLargeAsMayBe() {
        assertThat(status(invoke(event(" ".repeat(1_000_000), false), _ -> HttpAnswer.empty(200))))
                .isEqualTo(200);
    }

    @Test
    void request_shouldBeTurnedAway_whenItsBase64IsNone() {
        var answer = invoke(event("§ no Base64", true), _ -> HttpAnswer.empty(200));

        assertThat(status(answer)).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("body: Base64 was expected");
    }

    @Test
    void body_shouldBeNamed_whenItIsNoJson() {
        var answer = invoke(event("{", false), request -> new HttpAnswer(200, request.json()));

        assertThat(error(answer)).isEqualTo("body: a JSON document was expected");
    }

    @Test
    @DisplayName("R10: an unknown field is named in the answer and not in the log")
    void unknownField_shouldBeAnsweredByItsName_andNotLogged() {
        var answer =
                invoke(
                        event("", false),
                        _ -> {
                            throw BadRequest.unknownField("lines[0].", "Jo Doe " + "x".repeat(40));
                        });

        assertThat(status(answer)).isEqualTo(400);
        assertThat(error(answer))
                .isEqualTo("lines[0].Jo Doe " + "x".repeat(33) + "…: no such field");
        assertThat(lambda.lines())
                .singleElement()
                .asString()
                .contains("turned away: lines[0].(a field): no such field")
                .doesNotContain("Jo");
    }

    @Test
    void unknownField_shouldBeAnsweredWithWhatCanBeSeen() {
        assertThat(error(unknownField("\uD800"))).isEqualTo("?: no such field");
        assertThat(error(unknownField("a\u202E\r\nb"))).isEqualTo("a???b: no such field");
        assertThat(error(unknownField("größe"))).isEqualTo("größe: no such field");
    }

    @Test
    void unknownField_shouldBeAnswered_whenItsNameIsCutAtAPair() {
        var name = "x".repeat(39) + "\uD83D\uDE00";

        assertThat(error(unknownField(name + "y"))).isEqualTo(name + "…: no such field");
    }

    private JsonNode unknownField(String name) {
        return invoke(
                event("", false),
                _ -> {
                    throw BadRequest.unknownField("", name);
                });
    }

    @Test
    void tooManyAttempts_shouldBeAnsweredWithTheTimeToWait() {
        var answer =
                invoke(
                        event("", false),
                        _ -> {
                            throw BadRequest.tooMany(Duration.ofSeconds(90));
                        });

        assertThat(status(answer)).isEqualTo(429);
        assertThat(answer.at("/headers/retry-after").asText()).isEqualTo("90");
        assertThat(answer.at("/headers/cache-control").asText()).isEqualTo("no-store");
        assertThat(error(answer)).contains("too many attempts", "90 s");
    }

    @Test
    @DisplayName("C40: where the fault is ours the sender is told to come again")
    void function_shouldFail_whenTheFaultIsOurs() {
        assertThatThrownBy(
                        () ->
                                invoke(
                                        event("", false),
                                        _ -> {
                                            throw new Misconfigured("secret unwind/slack");
                                        }))
                .isInstanceOf(Misconfigured.class);
    }

    private static int status(JsonNode answer) {
        return answer.path("statusCode").asInt();
    }

    private static String error(JsonNode answer) {
        return Json.parse(answer.path("body").asText()).path("error").asText();
    }

    private JsonNode invoke(JsonNode event, Function<HttpRequest, HttpAnswer> answer) {
        return lambda.invoke(new Answering(answer), event);
    }

    private static ObjectNode event(String body, boolean encoded) {
        var event = Json.object().put("rawPath", "/here").put("body", body);
        event.putObject("requestContext").putObject("http").put("method", "POST");
        return event.put("isBase64Encoded", encoded);
    }
}
