package shop.unwind.once;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;

import java.util.UUID;

final class AttemptTest {
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final Attempt FIRST = new Attempt(CASE, "refund-pi_1", 1);
    private static final Attempt SECOND = new Attempt(CASE, "refund-pi_1", 2);

    @Test
    void key_shouldSayCaseStepAndNumber() {
        assertThat(FIRST.key()).isEqualTo("shopify-1001-1:refund-pi_1:1");
        assertThat(SECOND.key()).isEqualTo("shopify-1001-1:refund-pi_1:2");
    }

    @Test
    void uuid_shouldBeTheSameForever_andAnotherForEachNumber() {
        assertThat(FIRST.uuid())
                .isEqualTo(UUID.fromString("ad153c38-0031-5c39-b05e-078606970115"))
                .isNotEqualTo(SECOND.uuid());
        assertThat(FIRST.uuid().version()).isEqualTo(5);
        assertThat(FIRST.uuid().variant()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "C7: a second true refund of the same size is of another case, and has another key")
    void key_shouldBeAnother_whenALaterCaseRefundsTheSame() {
        var later = new Attempt(CaseId.parse("shopify-1001-2"), "refund-pi_1", 1);

        assertThat(later.key()).isNotEqualTo(FIRST.key());
        assertThat(later.uuid()).isNotEqualTo(FIRST.uuid());
        assertThat(later.mark()).isNotEqualTo(FIRST.mark());
    }

    @Test
    void mark_shouldBeTheSame_whateverTheNumber() {
        assertThat(FIRST.mark()).isEqualTo("unwind:shopify-1001-1:refund-pi_1");
        assertThat(SECOND.mark()).isEqualTo(FIRST.mark());
    }
}
