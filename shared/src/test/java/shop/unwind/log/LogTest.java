package shop.unwind.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.json.Json;
import shop.unwind.testing.TestLambda;

import java.time.Instant;

final class LogTest {
    private final TestLambda lambda = new TestLambda();
    private final Log log = new Log(lambda);

    @Test
    void line_shouldCarryItsContext_whenItIsWritten() {
        log.with("case", "shopify-1001-1").with("platform", "stripe").info("done");

        var line = Json.parse(lambda.lines().getFirst());
        assertThat(line.path("message").asText()).isEqualTo("done");
        assertThat(line.path("case").asText()).isEqualTo("shopify-1001-1");
        assertThat(line.path("platform").asText()).isEqualTo("stripe");
    }

    @Test
    void line_shouldStayOneLine_whenTheMessageHoldsAnother() {
        log.info("order 1\n{\"level\":\"ERROR\"}");

        assertThat(lambda.lines()).singleElement().asString().doesNotContain("\n");
    }

    @Test
    @DisplayName("R10: a line of the log hides what is secret, wherever it comes from")
    void line_shouldHideWhatIsSecret_whereverItComesFrom() {
        log.with("who", "jo@example.net")
                .warn("of jo@example.net", new IllegalStateException("+49 170 1234567"));

        assertThat(lambda.lines())
                .singleElement()
                .asString()
                .doesNotContain("jo@example.net")
                .doesNotContain("1234567")
                .contains("IllegalStateException");
    }

    @Test
    void metric_shouldHaveOneDimension_whenItIsCounted() {
        log.with("case", "shopify-1001-1").count("Refunded", "stripe", Instant.ofEpochMilli(5));

        var line = Json.parse(lambda.lines().getFirst());
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(5);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").asText())
                .isEqualTo("Platform");
        assertThat(line.path("Platform").asText()).isEqualTo("stripe");
        assertThat(line.path("Refunded").asInt()).isEqualTo(1);
    }
}
