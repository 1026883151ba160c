package shop.unwind.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class QuantilesTest {
    @Test
    void theMedianIsTheMiddleOneInOrder() {
        assertThat(Quantiles.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    }

    @Test
    void anEvenNumberHasItsLowerMiddle() {
        assertThat(Quantiles.median(List.of(4.0, 3.0, 2.0, 1.0))).isEqualTo(2);
    }

    @Test
    void nineOfTenAreWithinTheNinth() {
        var ten = IntStream.rangeClosed(1, 10).mapToObj(value -> (double) value).toList();

        assertThat(Quantiles.quantile(0.9, ten)).isEqualTo(9);
        assertThat(Quantiles.quantile(1, ten)).isEqualTo(10);
        assertThat(Quantiles.quantile(0.01, ten)).isEqualTo(1);
    }

    @Test
    void durationsAreTakenInMilliseconds() {
        var durations = List.of(Duration.ofNanos(1_500_000), Duration.ofSeconds(1));

        assertThat(Quantiles.medianMillis(durations)).isEqualTo(1.5);
    }

    @Test
    void withoutAValueThereIsNoQuantile() {
        assertThatThrownBy(() -> Quantiles.median(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
