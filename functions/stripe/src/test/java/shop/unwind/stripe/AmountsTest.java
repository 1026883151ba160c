package shop.unwind.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.domain.Money;

final class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "4599, USD, 4599",
        "1200, JPY, 1200",
        "5120, KWD, 5120",
        "500, ISK, 50000",
        "500, UGX, 50000",
        "70000, MGA, 700",
    })
    void number_shouldBeStripes_andMeanTheSameOnTheWayBack(long minor, String iso, long number) {
        var money = new Money(minor, iso);

        assertThat(Amounts.number(money)).isEqualTo(number);
        assertThat(Amounts.money(number, iso)).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"5129, KWD, 5120", "9, BHD, 0", "70099, MGA, 700"})
    void number_shouldBeRoundedDown_whenStripeTakesNoFinerOne(long minor, String iso, long number) {
        assertThat(Amounts.number(new Money(minor, iso))).isEqualTo(number);
    }

    @Test
    void money_shouldBeTurnedAway_whenFinerThanTheCurrency() {
        assertThatThrownBy(() -> Amounts.money(50050, "isk"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ISK");
    }
}
