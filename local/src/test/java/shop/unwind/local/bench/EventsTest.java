package shop.unwind.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsTest {
    @Test
    void aStepGetsAnotherNameAndSoARecordOfItsOwn() {
        var event =
                """
                {"operation":"TELL","step":{"step":"tell-staff","platform":"slack"}}\
                """;

        assertThat(Events.vary(event, 7))
                .isEqualTo(
                        """
                        {"operation":"TELL","step":{"step":"tell-staff-7","platform":"slack"}}\
                        """);
    }

    @Test
    void aRequestSpeaksOfAnotherOrder() {
        var event =
                """
                {"Records":[{"messageId":"m","body":"{\\"id\\":\\"r\\",\\"order\\":{\\"number\\":\\"1\\"}}"}]}\
                """;

        assertThat(Events.parse(Events.vary(event, 2)).at("/Records/0/body").asText())
                .isEqualTo(
                        """
                        {"id":"r-2","order":{"number":"1-2"}}\
                        """);
    }

    @Test
    void anyOtherEventStaysAsItIs() {
        var event =
                """
                {"caseId":"shopify-1001-1","step":null}\
                """;

        assertThat(Events.vary(event, 3)).isEqualTo(event);
    }
}
