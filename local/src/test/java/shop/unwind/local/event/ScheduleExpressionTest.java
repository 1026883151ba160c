package shop.unwind.local.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

final class ScheduleExpressionTest {
    private static final Instant FRIDAY = Instant.parse("2026-11-27T22:30:15Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rate(5 minutes)             | 2026-11-27T22:35:15Z
                    rate(1 day)                 | 2026-11-28T22:30:15Z
                    cron(0/15 * * * ? *)        | 2026-11-27T22:45:00Z
                    cron(30 22 * * ? *)         | 2026-11-28T22:30:00Z
                    cron(0 8 ? * MON-FRI *)     | 2026-11-30T08:00:00Z
                    cron(0 8 ? * 1 *)           | 2026-11-29T08:00:00Z
                    cron(5,10 6-8 1 JAN ? 2027) | 2027-01-01T06:05:00Z
                    at(2026-12-01T00:00:00)     | 2026-12-01T00:00:00Z
                    """)
    void next_shouldBeFirstMomentAfter_whenExpressionIsKnown(String expression, Instant expected) {
        var schedule = ScheduleExpression.parse(expression, ZoneId.of("UTC"));

        assertThat(schedule.next(FRIDAY)).contains(expected);
    }

    @Test
    void next_shouldFollowZone_whenExpressionIsLocalTime() {
        var schedule = ScheduleExpression.parse("cron(0 0 * * ? *)", ZoneId.of("Europe/Berlin"));

        assertThat(schedule.next(FRIDAY)).contains(Instant.parse("2026-11-27T23:00:00Z"));
    }

    @Test
    void next_shouldBeNothing_whenMomentHasPassed() {
        var schedule = ScheduleExpression.parse("at(2026-11-01T00:00:00)", ZoneId.of("UTC"));

        assertThat(schedule.next(FRIDAY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(0 minutes)",
                "rate(5)",
                "cron(* * * *)",
                "cron(61 * * * ? *)",
                "soon",
                "cron(0 8 L * ? *)"
            })
    void parse_shouldRefuse_whenExpressionIsNone(String expression) {
        assertThatThrownBy(() -> ScheduleExpression.parse(expression, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
