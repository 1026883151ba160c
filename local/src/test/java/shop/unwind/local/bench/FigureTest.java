package shop.unwind.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theBudgetItselfIsWithin() {
        var figure = Figure.atMost(12, "archive", 12, "MB", "");

        assertThat(figure.ratio()).hasValue(1);
        assertThat(figure.verdict()).isEqualTo("within");
    }

    @Test
    void moreThanTheBudgetIsOver() {
        var figure = Figure.atMost(12, "archive", 28.8, "MB", "");

        assertThat(figure.ratio()).hasValue(2.4);
        assertThat(figure.verdict()).isEqualTo("over");
    }

    @Test
    void whatHasNoBudgetIsOnlyReported() {
        var figure = Figure.only("memory", 500, "MB", "");

        assertThat(figure.ratio()).isEmpty();
        assertThat(figure.verdict()).isEqualTo("-");
    }

    @Test
    void smallValuesHaveMoreDigits() {
        assertThat(Figure.digits(0.79)).isEqualTo("0.79");
        assertThat(Figure.digits(12.34)).isEqualTo("12.3");
        assertThat(Figure.digits(1234.4)).isEqualTo("1234");
    }
}
