package shop.unwind.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.List;

final class MoneyTest {
    @Property
    void parse_shouldReadWhatDecimalWrote_inEveryCurrency(
            @ForAll long minor, @ForAll("currencies") String currency) {
        var money = new Money(minor, currency);

        assertThat(Money.parse(money.decimal(), currency)).isEqualTo(money);
    }

    @Property
    void shares_shouldAddUpToTheWhole_howeverTheUnitsAreTaken(
            @ForAll long minor,
            @ForAll("currencies") String currency,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 1000) Integer> parts) {
        var whole = new Money(minor, currency);
        var of = parts.stream().mapToInt(Integer::intValue).sum();

        var sum = Money.zero(currency);
        var before = 0;
        for (var units : parts) {
            sum = sum.plus(whole.share(before, units, of));
            before += units;
        }

        assertThat(sum).isEqualTo(whole);
    }

    @Property
    void share_shouldBeFair_toLessThanOneMinorUnit(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long minor,
            @ForAll @IntRange(min = 1, max = 1000) int of,
            @ForAll @IntRange(min = 0, max = 999) int before) {
        var taken = before % of;

        var share = new Money(minor, "EUR").share(taken, 1, of);

        var exact = BigInteger.valueOf(minor).divide(BigInteger.valueOf(of)).longValueExact();
        assertThat(share.minor()).isBetween(exact, exact + 1);
    }

    @Property
    void minus_shouldUndoPlus(
            @ForAll @LongRange(min = -1L << 62, max = 1L << 61) long one,
            @ForAll @LongRange(min = -1L << 61, max = 1L << 61) long other) {
        var money = new Money(one, "EUR");

        assertThat(money.plus(new Money(other, "EUR")).minus(new Money(other, "EUR")))
                .isEqualTo(money);
    }

    @Property
    void min_shouldBeTheSmaller(@ForAll long one, @ForAll long other) {
        assertThat(new Money(one, "EUR").min(new Money(other, "EUR")).minor())
                .isEqualTo(Math.min(one, other));
    }

    @ParameterizedTest
    @CsvSource({
        "15.0, USD, 1500, 15.00",
        "15, USD, 1500, 15.00",
        "0.01, EUR, 1, 0.01",
        "-3.5, EUR, -350, -3.50",
        "1200, JPY, 1200, 1200",
        "1200.00, JPY, 1200, 1200",
        "5.124, KWD, 5124, 5.124",
        "5.1, BHD, 5100, 5.100",
    })
    void decimal_shouldHaveTheCurrencysDigits(
            String text, String currency, long minor, String decimal) {
        var money = Money.parse(text, currency);

        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money.decimal()).isEqualTo(decimal);
        assertThat(money).hasToString(decimal + " " + currency);
    }

    @ParameterizedTest
    @CsvSource({
        "15.001, USD",
        "0.5, JPY",
        "5.1234, KWD",
        "'', USD",
        "'15,00', USD",
        "free, USD",
        "NaN, USD",
        "92233720368547758.08, USD",
    })
    void parse_shouldRefuse_whatIsNoAmountOfTheCurrency(String text, String currency) {
        assertThatThrownBy(() -> Money.parse(text, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(currency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "XAU", "usd", "US", "DOLLARS"})
    void money_shouldRefuse_whatIsNoCurrency(String currency) {
        assertThatThrownBy(() -> new Money(1, currency))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoCurrencies_shouldNotBeReckonedTogether() {
        var yen = new Money(1, "JPY");
        var euro = new Money(1, "EUR");

        assertThatThrownBy(() -> yen.plus(euro)).hasMessage("cannot reckon JPY with EUR");
        assertThatThrownBy(() -> yen.minus(euro)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> yen.min(euro)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> yen.compareTo(euro)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sums_shouldBeRefused_beyond64Bits() {
        var most = new Money(Long.MAX_VALUE, "EUR");
        var one = new Money(1, "EUR");

        assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE, "EUR").minus(one))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "-1, false"})
    void isPositive_shouldBeTrue_onlyAboveZero(long minor, boolean positive) {
        assertThat(new Money(minor, "EUR").isPositive()).isEqualTo(positive);
    }

    @Provide
    Arbitrary<String> currencies() {
        return Arbitraries.of("USD", "EUR", "JPY", "KRW", "KWD", "TND", "ISK", "CLF");
    }
}
