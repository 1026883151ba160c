package shop.unwind.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.json.Json;

final class CaseIdTest {
    @ParameterizedTest
    @CsvSource({"1001, 1", "2026-A.7_b, 12", "1001-1, 2"})
    void text_shouldBeReadBack(String number, int generation) {
        var id = new CaseId(new OrderRef("shopify", number), generation);

        assertThat(CaseId.parse(id.toString())).isEqualTo(id);
        assertThat(Json.read(Json.write(id), CaseId.class)).isEqualTo(id);
    }

    @Test
    void text_shouldBeAnExecutionsName_howeverLongTheOrderIs() {
        var longest = new CaseId(new OrderRef("a".repeat(20), "9".repeat(40)), Integer.MAX_VALUE);

        assertThat(longest.toString()).hasSizeLessThanOrEqualTo(80).matches("[A-Za-z0-9._-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shopify",
                "shopify-1001",
                "shopify-1001-",
                "shopify-1001-x",
                "shopify-1001-0",
                "-1001-1",
                "shopify-1001-99999999999"
            })
    void text_shouldBeRefused_whenItIsNoCase(String text) {
        assertThatThrownBy(() -> CaseId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
