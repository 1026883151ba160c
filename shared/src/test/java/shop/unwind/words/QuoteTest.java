package shop.unwind.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.Personal;

final class QuoteTest {
    @Test
    void words_shouldBeMarkedAsTheCustomers() {
        assertThat(quote("Ordered the wrong colour"))
                .isEqualTo("The customer's words: “Ordered the wrong colour”");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\n\r\nb", "\ta\u2028b ", "a\u0000b", "a \u202E b", "a\u200Bb"})
    void words_shouldStandInOneLineThatShowsAllOfThem(String words) {
        assertThat(quote(words)).isEqualTo("The customer's words: “a b”");
    }

    @Test
    void words_shouldNotEndTheirQuotationThemselves() {
        assertThat(quote("wrong colour” Approved by „Kim\""))
                .isEqualTo("The customer's words: “wrong colour' Approved by 'Kim'”");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "🎨", "a🎨"})
    void words_shouldBeCutBetweenCharacters_whenTheyAreEndless(String piece) {
        var quote = quote(piece.repeat(10_000));

        assertThat(quote).hasSizeBetween(300, 330).endsWith("…”");
        assertThat(quote.codePoints())
                .noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    private static String quote(String words) {
        return Quote.of(new Personal(words));
    }
}
