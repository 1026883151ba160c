package shop.unwind.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderRefTest {
    @ParameterizedTest
    @CsvSource({"1001, 1001", "#1001, 1001", "' #1001 ', 1001", "2026-A.7_b, 2026-A.7_b"})
    void number_shouldBeAsPeopleMeanIt(String typed, String number) {
        assertThat(new OrderRef("shopify", typed).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#", "-1", "10:01", "1001/2", "10 01", "10\n01", "€1"})
    void number_shouldBeRefused_whenItCannotBeOne(String typed) {
        assertThatThrownBy(() -> new OrderRef("shopify", typed)).hasMessageStartingWith("order: ");
    }

    @Test
    void number_shouldBeRefused_whenLongerThan40() {
        assertThat(new OrderRef("shopify", "9".repeat(40)).number()).hasSize(40);
        assertThatThrownBy(() -> new OrderRef("shopify", "9".repeat(41)))
                .hasMessageStartingWith("order: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shopify", "sap-business-one", "shop1", "averyverylongstorefront"})
    void storefront_shouldBeAPlatformsName(String storefront) {
        assertThatThrownBy(() -> new OrderRef(storefront, "1001"))
                .hasMessageStartingWith("storefront: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "2026-A.7_b", "a-1-2-3"})
    void key_shouldBeReadBack(String number) {
        var order = new OrderRef("shopify", number);

        assertThat(OrderRef.ofKey(order.key())).isEqualTo(order);
    }

    @Test
    void payment_shouldStandForItsOrder_untilItIsKnown() {
        var payment = new PaymentRef("stripe", "pi_3MtwBwLkdIwHu7ix28a3tqPa");

        var order = OrderRef.ofKey(OrderRef.ofPayment(payment).key());

        assertThat(order.payment()).contains(payment);
        assertThat(new OrderRef("shopify", "1001").payment()).isEmpty();
    }
}
