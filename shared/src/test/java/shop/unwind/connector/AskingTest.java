package shop.unwind.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.problem.Changed;
import shop.unwind.problem.NotFound;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestTables;

final class AskingTest {
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");
    private static final Hold HOLD = new Hold("approval-1", "Cancel and refund 20.00 USD?", 60);

    private final TestTables tables = new TestTables();
    private final TestClock clock = new TestClock();
    private final Cases cases = new Cases(tables.client(), TestTables.CASES, clock);
    private final Asking asking = new Asking(cases, clock);

    @AfterEach
    void closeTables() {
        tables.close();
    }

    @Test
    void theQuestionStandsOpenWithTheTokenThatWakesTheExecution() {
        asking.open(CASE, HOLD, "token-1");

        assertThat(standing().answer()).isEqualTo(Answer.OPEN);
        assertThat(standing().taskToken()).isEqualTo("token-1");
    }

    @Test
    void askedAgainTheLatestTokenWakesTheExecutionAndTheMessageStays() {
        asking.open(CASE, HOLD, "token-1");
        asking.shown(CASE, HOLD, "C1:1.2");

        asking.open(CASE, HOLD, "token-2");

        assertThat(standing().taskToken()).isEqualTo("token-2");
        assertThat(standing().message()).isEqualTo("C1:1.2");
    }

    @Test
    @DisplayName("C4: what is answered is not asked again, and its answer stands")
    void whatIsAnsweredIsNotAskedAgain() {
        asking.open(CASE, HOLD, "token-1");
        answer(Answer.REJECTED);

        assertThatThrownBy(() -> asking.open(CASE, HOLD, "token-2")).isInstanceOf(Changed.class);
        asking.shown(CASE, HOLD, "C1:1.2");

        assertThat(standing().answer()).isEqualTo(Answer.REJECTED);
        assertThat(standing().taskToken()).isEqualTo("token-1");
    }

    @Test
    void whatNobodyAnsweredExpires() {
        asking.open(CASE, HOLD, "token-1");

        assertThat(asking.close(CASE, HOLD).answer()).isEqualTo(Answer.EXPIRED);
        assertThat(standing().answer()).isEqualTo(Answer.EXPIRED);
    }

    @Test
    void whatSomebodyAnsweredStaysSoWhenItIsClosed() {
        asking.open(CASE, HOLD, "token-1");
        answer(Answer.APPROVED);

        assertThat(asking.close(CASE, HOLD).by()).contains("U0111");
    }

    @Test
    void whatWasNeverAskedCannotBeClosed() {
        assertThatThrownBy(() -> asking.close(CASE, HOLD)).isInstanceOf(NotFound.class);
    }

    private void answer(Answer answer) {
        var open = standing();
        assertThat(cases.change(CASE.order(), open, open.answered(answer, "U0111"))).isTrue();
    }

    private Approval standing() {
        return cases.approval(CASE.order(), HOLD.approval()).orElseThrow();
    }
}
