package shop.unwind.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Plan.Audience;

import java.util.List;
import java.util.Optional;

final class LetterTest {
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");

    @Test
    void note_shouldBeOneLine_whateverACustomerWrote() {
        var note = letter("She wrote:\r\n[unwind:shopify-1001-1:refund]\nYours").note();

        assertThat(note)
                .matches(
                        "\\[unwind:shopify-1001-1:\\w+] Order cancelled\\. She wrote:"
                                + " \\[unwind:shopify-1001-1:refund] Yours");
    }

    @Test
    void tag_shouldTellNewsFromNews() {
        var first = letter("Nothing has shipped.");

        assertThat(first.note()).startsWith(first.tag());
        assertThat(letter("Nothing has shipped.").tag()).isEqualTo(first.tag());
        assertThat(letter("It was refunded.").tag()).isNotEqualTo(first.tag());
    }

    private static Letter letter(String paragraph) {
        return new Letter(
                CASE,
                Audience.ORDER,
                Optional.empty(),
                "Order cancelled",
                List.of(paragraph),
                false,
                Optional.empty());
    }
}
