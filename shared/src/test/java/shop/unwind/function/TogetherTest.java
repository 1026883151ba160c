package shop.unwind.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import shop.unwind.problem.NotFound;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

class TogetherTest {
    @Test
    void questions_shouldBeAskedSideBySide_whenTheyAreAskedTogether() {
        var both = new CountDownLatch(2);
        Supplier<Boolean> one;
        Supplier<Boolean> other;
        try (var questions = new Together()) {
            one = questions.ask(() -> meet(both));
            other = questions.ask(() -> meet(both));
        }

        assertThat(one.get()).isTrue();
        assertThat(other.get()).isTrue();
    }

    @Test
    void problem_shouldReachWhoeverAsked_whenOneQuestionFails() {
        Supplier<String> failing;
        Supplier<String> other;
        try (var questions = new Together()) {
            failing =
                    questions.ask(
                            () -> {
                                throw new NotFound("order 1001");
                            });
            other = questions.ask(() -> "paid");
        }

        assertThatThrownBy(failing::get).isInstanceOf(NotFound.class);
        assertThat(other.get()).isEqualTo("paid");
    }

    private static boolean meet(CountDownLatch both) {
        try {
            both.countDown();
            return both.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
