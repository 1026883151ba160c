package shop.unwind.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

final class PolicyTest {
    private static final String POLICY =
            """
            {"cancelWindow": "P14D", "partlyShipped": "REFUSE",
             "madeToOrder": {"skus": [], "tags": [], "workBeginsAfter": "PT1H"},
             "approval": [{"above": {"USD": "250.00"}, "within": "PT24H"}],
             "disputes": {"inquiryAutoRefund": true, "within": "PT48H"},
             "restock": true,
             "patience": {"lookEvery": "PT2M", "unknownFor": "PT1H", "followEvery": "PT6H", "followFor": "P14D"},
             "breaker": {"perHour": {"refunds": 50, "sums": {"USD": "5000.00"}},
                         "perDay": {"refunds": 200, "sums": {}}, "within": "P2D"}}
            """;

    @Test
    void policyShouldBeTakenAsItIsWritten() {
        var policy = read(POLICY);

        assertThat(policy.breaker().perHour().sum("USD")).contains(new Money(500_000, "USD"));
        assertThat(policy.breaker().perDay().sum("USD")).isEmpty();
        assertThat(policy.patience().unknownFor()).hasHours(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cancelWindow\": \"P14D\" | \"cancelWindow\": null | cancelWindow: a duration",
                "\"USD\": \"250.00\" | \"USD\": \"250.005\" | approval.above.USD: an amount of USD",
                "\"lookEvery\": \"PT2M\" | \"lookEvery\": \"PT0S\" | patience.lookEvery: a duration"
                        + " from PT1S",
                "\"unknownFor\": \"PT1H\" | \"unknownFor\": \"P26D\" | patience.unknownFor: a"
                        + " duration from PT1S to P25D",
                "\"followEvery\": \"PT6H\" | \"followEvery\": null | patience.followEvery",
                "\"followFor\": \"P14D\" | \"followFor\": \"P26D\" | patience.followFor",
                "\"within\": \"P2D\" | \"within\": \"-P2D\" | breaker.within",
                "\"within\": \"P2D\" | \"within\": \"P4D\" | breaker.within: a duration from PT1S"
                        + " to P3D",
                "\"within\": \"PT24H\" | \"within\": \"PT0S\" | approval.within: a duration from"
                        + " PT1S to P25D",
                "\"within\": \"PT24H\" | \"within\": \"-PT5M\" | approval.within: a duration",
                "\"within\": \"PT24H\" | \"within\": null | approval.within: a duration",
                "\"within\": \"PT48H\" | \"within\": \"PT0.5S\" | disputes.within: a duration",
                "\"within\": \"PT48H\" | \"within\": null | disputes.within: a duration",
                "\"cancelWindow\": \"P14D\" | \"cancelWindow\": \"-P1D\" | cancelWindow: a"
                        + " duration",
                "\"workBeginsAfter\": \"PT1H\" | \"workBeginsAfter\": \"-PT1H\" |"
                        + " madeToOrder.workBeginsAfter: a duration",
                "\"followFor\": \"P14D\" | \"followFor\": \"P21D\" | together P25D or less was"
                        + " expected, not PT608",
                "\"refunds\": 50 | \"refunds\": 0 | breaker.perHour: refunds (1 or more)",
                "\"sums\": {} | \"sums\": null | breaker.perDay: refunds (1 or more) and sums",
                "\"USD\": \"5000.00\" | \"USD\": \"much\" | breaker.perHour.sums.USD: an amount of"
                        + " USD",
            })
    void policyShouldBeRefused_namingTheKeyAndWhatWasExpected(
            String right, String wrong, String said) {
        assertThat(POLICY).contains(right);

        assertThatThrownBy(() -> read(POLICY.replace(right, wrong)))
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining(said);
    }

    @Test
    void policyShouldBeTaken_whenItsWaitsTogetherAreJustShortEnough() {
        assertThat(read(POLICY.replace("P14D", "P20D")).patience().followFor()).hasDays(20);
    }

    @Test
    void policyToCopyShouldGiveStaffHours() throws IOException {
        var policy = read(Files.readString(Path.of("../local/policy.json")));

        assertThat(policy.approval())
                .isNotEmpty()
                .allSatisfy(limit -> assertThat(limit.within()).isGreaterThan(Duration.ofHours(1)));
    }

    @Test
    void everyFindingShouldBeNamedAtOnce() {
        var wrong = POLICY.replace("PT2M", "PT0S").replace("\"refunds\": 50", "\"refunds\": -1");

        assertThatThrownBy(() -> read(wrong))
                .hasMessageContaining("patience.lookEvery")
                .hasMessageContaining("breaker.perHour");
    }

    private static Policy read(String text) {
        return Json.readStrictly(text, Policy.class).validated();
    }
}
