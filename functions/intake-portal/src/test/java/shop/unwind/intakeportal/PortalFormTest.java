package shop.unwind.intakeportal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.function.BadRequest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class PortalFormTest {
    private static final String SMALLEST = "{\"order\":\"1001\",\"email\":\"jo@example.net\"}";

    @Test
    void form_shouldWishTheWholeOrder_whenOnlyOrderAndEmailAreGiven() {
        var form = read(SMALLEST);

        assertThat(form.order()).isEqualTo(new OrderRef("shopify", "1001"));
        assertThat(form.email()).isEqualTo(new Personal("jo@example.net"));
        assertThat(form.wish()).isEqualTo(new Wish.Cancel("", List.of()));
    }

    @Test
    void form_shouldWishTheLines_whenLinesAreGiven() {
        var form =
                read(
                        """
                        {"order": "#1001", "email": " Jo.Döe+x@exämple.co.uk ", "reason": "Wrong\\ncolour",
                         "lines": [{"sku": "ACR-500", "quantity": 2}, {"sku": "GEL", "quantity": 1}],
                         "storefront": "woocommerce"}
                        """);

        assertThat(form.order()).isEqualTo(new OrderRef("woocommerce", "1001"));
        assertThat(form.email()).isEqualTo(new Personal("Jo.Döe+x@exämple.co.uk"));
        assertThat(form.wish())
                .isEqualTo(
                        new Wish.Cancel(
                                "Wrong\ncolour",
                                List.of(new LineWish("ACR-500", 2), new LineWish("GEL", 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'#'",
                "' '",
                "'10 01'",
                "'1001\\u202e'",
                "'１００１'",
                "'10\\n01'",
                "'../1001'",
                "'1001/2'",
                "'payment.pi_123'",
                "1001",
                "null",
                "['1001']",
                "'-1001'",
                "'1001\\u0000'"
            })
    void order_shouldBeNamed_whenItIsNoOrderNumber(String order) {
        assertThatThrownBy(() -> read(form(order, "'jo@example.net'", "")))
                .isInstanceOf(BadRequest.class)
                .hasMessageStartingWith("order: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "'jo'",
                "'jo@'",
                "'@example.net'",
                "'jo@example'",
                "'jo@example.net,x@y.de'",
                "'jo @example.net'",
                "'jo@exa mple.net'",
                "'jo@example.net\\r\\nBcc: x@y.de'",
                "'Jo <jo@example.net>'",
                "17",
                "null",
                "'jo@@example.net'",
                "'jo@.net'"
            })
    void email_shouldBeNamed_whenItIsNoAddress(String email) {
        assertThatThrownBy(() -> read(form("'1001'", email, "")))
                .isInstanceOf(BadRequest.class)
                .hasMessageStartingWith("email: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'lines': []|lines: ",
                "'lines': null|lines: ",
                "'lines': {}|lines: ",
                "'lines': ['ACR']|lines[0]: ",
                "'lines': [{'sku': 'ACR'}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': 0}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': -1}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': 1.5}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': '1'}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': 10001}]|lines[0].quantity: ",
                "'lines': [{'sku': 'ACR', 'quantity': 99999999999}]|lines[0].quantity: ",
                "'lines': [{'sku': ' ', 'quantity': 1}]|lines[0].sku: ",
                "'lines': [{'quantity': 1}]|lines[0].sku: ",
                "'lines': [{'sku': 'A', 'quantity': 1}, {'sku': 'A', 'quantity': 2}]|lines[1].sku:"
                        + " ",
                "'lines': [{'sku': 'A', 'quantity': 1, 'price': 2}]|lines[0].price: no such field",
                "'storefront': 'Shopify'|storefront: ",
                "'storefront': '../x'|storefront: ",
                "'reason': 5|reason: ",
                "'reason': 'a\\u0007b'|reason: ",
                "'reason': 'a\\u202eb'|reason: ",
                "'admin': true|admin: no such field",
            })
    void field_shouldBeNamed_whenItIsWrong(String field, String message) {
        assertThatThrownBy(() -> read(form("'1001'", "'jo@example.net'", ", " + field)))
                .isInstanceOf(BadRequest.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void reason_shouldBeRefused_whenItIsTooLong() {
        var reason = ", 'reason': '" + "x".repeat(501) + "'";

        assertThatThrownBy(() -> read(form("'1001'", "'jo@example.net'", reason)))
                .hasMessage("reason: expected 1 to 500 characters of text");
    }

    @Test
    void email_shouldBeRefused_whenItIsTooLong() {
        var email = "'jo@" + "x.".repeat(200) + "de'";

        assertThatThrownBy(() -> read(form("'1001'", email, ""))).hasMessageStartingWith("email: ");
    }

    @Test
    void lines_shouldBeRefused_whenThereAreMoreThanAHundred() {
        assertThat(read(form("'1001'", "'jo@example.net'", lines(100))).lines()).hasSize(100);
        assertThatThrownBy(() -> read(form("'1001'", "'jo@example.net'", lines(101))))
                .hasMessageStartingWith("lines: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"1001\"",
                "{",
                "{} {}",
                "order=1001",
                "{\"order\":\"1\",\"order\":\"2\"}"
            })
    void form_shouldBeRefused_whenItIsNoJsonObject(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadRequest.class);
    }

    @Test
    void answer_shouldNotEchoTheDocument_whenItIsRefused() {
        var name = "x".repeat(5000);

        assertThatThrownBy(() -> read("{\"" + name + "\":1}"))
                .hasMessageStartingWith("xxx")
                .satisfies(bad -> assertThat(bad.getMessage()).hasSizeLessThan(80));
        assertThatThrownBy(() -> read(form("'1001'", "'jo@secret'", "")))
                .satisfies(bad -> assertThat(bad.getMessage()).doesNotContain("secret"));
    }

    @Test
    void form_shouldHideTheAddress_whenItIsPrinted() {
        assertThat(read(SMALLEST).toString()).doesNotContain("example.net"); // R10
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'sku': 'S" + i + "', 'quantity': 1}")
                .collect(Collectors.joining(",", ", 'lines': [", "]"));
    }

    private static String form(String order, String email, String more) {
        return ("{'order': " + order + ", 'email': " + email + more + "}").replace('\'', '"');
    }

    private static PortalForm read(String body) {
        return PortalForm.read(body.getBytes(StandardCharsets.UTF_8), Optional.of("shopify"));
    }
}
