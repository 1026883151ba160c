package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

final class OwedTest {
    private static final List<String> PAYMENTS = List.of("pi_shopify7000_1", "pi_shopify7001_1");
    private static final String FIRST = book("pi_shopify7000_1", 2000, 1);

    @Test
    void payments_shouldBeSettled_whenEachIsRefundedOnceAndInFull() {
        assertThat(owed(FIRST, book("pi_shopify7001_1", 2000, 1)).isSettled()).isTrue();
    }

    @Test
    @DisplayName("books that a kill has emptied settle nothing")
    void payment_shouldBeMissing_whenTheBooksHaveLostIt() {
        assertThat(owed(FIRST)).isEqualTo(new Owed(1, 0));
        assertThat(owed()).isEqualTo(new Owed(2, 0));
        assertThat(owed().isSettled()).isFalse();
    }

    @Test
    void payment_shouldBeMissing_whenItIsRefundedInPart() {
        assertThat(owed(FIRST, book("pi_shopify7001_1", 1999, 1))).isEqualTo(new Owed(1, 0));
    }

    @Test
    void payment_shouldBeDoubled_whenItIsRefundedTwiceOrTooMuch() {
        assertThat(owed(FIRST, book("pi_shopify7001_1", 4000, 2))).isEqualTo(new Owed(0, 1));
        assertThat(owed(FIRST, book("pi_shopify7001_1", 2000, 2))).isEqualTo(new Owed(0, 1));
        assertThat(owed(FIRST, book("pi_shopify7001_1", 2001, 1))).isEqualTo(new Owed(0, 1));
    }

    private static Owed owed(String... books) {
        return Owed.of(Machine.parse("[" + String.join(",", books) + "]"), PAYMENTS, 2000);
    }

    private static String book(String payment, long refunded, int refunds) {
        return TestShop.json()
                .put("platform", "stripe")
                .put("payment", payment)
                .put("refunded", refunded)
                .put("refunds", refunds)
                .toString();
    }
}
