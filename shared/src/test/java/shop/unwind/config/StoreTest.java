package shop.unwind.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.json.Json;

import java.util.Optional;

final class StoreTest {
    private static final String GOOD =
            """
            {
              "name": "Acme Paints",
              "platforms": {"shopify": {}, "stripe": {}, "sendgrid": {}, "slack": {}},
              "moneyMovedBy": {"shopify": {"stripe": "stripe", "gift_card": "shopify", "cash": "staff"}},
              "ledgers": [], "customer": ["sendgrid"], "staff": ["slack"], "notes": true
            }
            """;

    @Test
    void store_shouldTellWhoMovesTheMoney_whenItIsRight() {
        var store = read(GOOD).validated();

        assertThat(store.owner("shopify", "stripe")).contains("stripe");
        assertThat(store.owner("shopify", "cash")).contains(Store.BY_STAFF);
        assertThat(store.owner("shopify", "unheard-of")).isEmpty();
        assertThat(store.owner("etsy", "stripe")).isEmpty();
        assertThat(store.isStorefront("shopify")).isTrue();
        assertThat(store.isStorefront("stripe")).isFalse();
    }

    @Test
    void store_shouldNameEverythingMissing_whenItIsEmpty() {
        assertThatThrownBy(() -> read("{\"notes\":true}").validated())
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("name: ")
                .hasMessageContaining("platforms: ")
                .hasMessageContaining("moneyMovedBy: ")
                .hasMessageContaining("ledgers: ")
                .hasMessageContaining("customer: ")
                .hasMessageContaining("staff: ");
    }

    @Test
    void store_shouldNameEveryUnknownPlatform_whenSeveralAreWrong() {
        var bad =
                GOOD.replace("\"stripe\": \"stripe\"", "\"stripe\": \"strype\"")
                        .replace("[\"sendgrid\"]", "[\"sendgird\"]")
                        .replace("[\"slack\"]", "[\"slak\"]")
                        .replace("\"ledgers\": []", "\"ledgers\": [\"xero\"]");

        assertThatThrownBy(() -> read(bad).validated())
                .hasMessageContaining("moneyMovedBy.shopify.stripe: strype is not among platforms")
                .hasMessageContaining("customer: sendgird")
                .hasMessageContaining("staff: slak")
                .hasMessageContaining("ledgers: xero");
    }

    @Test
    void store_shouldBeRefused_whenNobodyTellsOrAsksStaff() {
        assertThatThrownBy(() -> read(GOOD.replace("[\"slack\"]", "[]")).validated())
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("staff: at least one platform was expected");
    }

    @Test
    void store_shouldNameTheStorefront_whenItIsNoPlatform() {
        assertThatThrownBy(() -> read(GOOD.replace("{\"shopify\": {}, ", "{")).validated())
                .hasMessageContaining("moneyMovedBy.shopify: shopify is not among platforms");
    }

    @Test
    void store_shouldBeRefused_whenItHasAFieldTooMany() {
        assertThatThrownBy(() -> read(GOOD.replace("\"notes\"", "\"nots\": 1, \"notes\"")))
                .hasMessage("nots: no such field");
    }

    @Test
    void defaultStorefront_shouldBeTheOnlyOne_whenNoneIsSaid() {
        assertThat(read(GOOD).validated().storefrontUnlessNamed()).contains("shopify");
        assertThat(read(two("")).validated().storefrontUnlessNamed()).isEmpty();
        assertThat(read(two("\"defaultStorefront\": \"etsy\",")).validated())
                .extracting(Store::storefrontUnlessNamed)
                .isEqualTo(Optional.of("etsy"));
    }

    @Test
    void defaultStorefront_shouldBeNamed_whenTheShopHasNoSuch() {
        assertThatThrownBy(() -> read(two("\"defaultStorefront\": \"stripe\",")).validated())
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining(
                        "defaultStorefront: stripe is not among the storefronts of moneyMovedBy");
    }

    private static String two(String more) {
        return GOOD.replace("{\"shopify\": {}, ", "{\"shopify\": {}, \"etsy\": {}, ")
                .replace("\"moneyMovedBy\": {", more + "\"moneyMovedBy\": {\"etsy\": {}, ");
    }

    @Test
    void tieOut_shouldLookBackThreeDays_unlessTheStoreSaysOtherwise() {
        assertThat(read(GOOD).validated().tieOutDays()).isEqualTo(3);
        assertThat(read(lookingBack("31")).validated().tieOutDays()).isEqualTo(31);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "32"})
    void tieOut_shouldBeNamed_whenItsDaysCannotBe(String days) {
        assertThatThrownBy(() -> read(lookingBack(days)).validated())
                .isInstanceOf(InvalidDocument.class)
                .hasMessageContaining("tieOut.days: a whole number from 1 to 31 was expected");
    }

    private static String lookingBack(String days) {
        return GOOD.replace("\"notes\"", "\"tieOut\": {\"days\": %s}, \"notes\"".formatted(days));
    }

    private static Store read(String text) {
        return Json.readStrictly(text, Store.class);
    }
}
