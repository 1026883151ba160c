package shop.unwind.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.testing.TestLambda;

import java.util.ArrayList;
import java.util.List;

final class SqsFunctionTest {
    private final List<String> taken = new ArrayList<>();
    private final TestLambda lambda = new TestLambda();
    private final SqsFunction function =
            new SqsFunction() {
                @Override
                protected void take(JsonNode body, Log log) {
                    if (body.path("bad").asBoolean())
                        throw new IllegalStateException("jo@example.net is at fault");
                    taken.add(body.path("id").asText());
                }
            };

    @Test
    void neighbours_shouldBeTaken_whenOneMessageFails() {
        var answer = invoke("{\"id\":\"a\"}", "{\"bad\":true}", "no json", "{\"id\":\"d\"}");

        assertThat(taken).containsExactly("a", "d");
        assertThat(answer.path("batchItemFailures"))
                .extracting(failure -> failure.path("itemIdentifier").asText())
                .containsExactly("m2", "m3");
    }

    @Test
    void nothing_shouldComeBack_whenAllAreTaken() {
        var answer = invoke("{\"id\":\"a\"}");

        assertThat(answer.path("batchItemFailures").isArray()).isTrue();
        assertThat(answer.path("batchItemFailures")).isEmpty();
    }

    @Test
    void failure_shouldBeLoggedWithItsMessage_withoutPersonalData() {
        invoke("{\"bad\":true}");

        assertThat(lambda.lines())
                .singleElement()
                .asString()
                .contains("m1", "not taken", "IllegalStateException")
                .doesNotContain("jo@example.net");
    }

    private JsonNode invoke(String... bodies) {
        ObjectNode event = Json.object();
        var records = event.putArray("Records");
        for (var body : bodies)
            records.addObject().put("messageId", "m" + records.size()).put("body", body);
        return lambda.invoke(function, event);
    }
}
