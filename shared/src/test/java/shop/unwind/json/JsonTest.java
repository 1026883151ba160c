package shop.unwind.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.Happened.What;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.json.Json.Malformed;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class JsonTest {
    private record Limits(int orders, Optional<String> note, List<LineWish> lines) {}

    static Stream<Wish> wishes() {
        return Stream.of(
                new Wish.Cancel("wrong colour", List.of(new LineWish("ACR-500", 2))),
                new Wish.Dispute("du_1"),
                new Wish.Happened(What.CANCELLED),
                new Wish.RefundFailed("re_1"),
                new Wish.RunAgain("U0111"));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void request_shouldComeBackEqual_whateverItWishes(Wish wish) {
        var request =
                new Request(
                        "event-1",
                        Source.PORTAL,
                        wish,
                        Optional.of(new OrderRef("shopify", "1001")),
                        Optional.empty(),
                        Optional.of(new Personal("jo@example.net")),
                        Instant.parse("2026-11-23T10:00:00.123456Z"));

        assertThat(Json.read(Json.write(request), Request.class)).isEqualTo(request);
    }

    @Test
    void wishes_shouldAllBeTested_whenOneIsAdded() {
        assertThat(wishes().map(Object::getClass))
                .containsExactlyInAnyOrder(Wish.class.getPermittedSubclasses());
    }

    @Test
    void record_shouldBeWrittenForPeople_whenItHoldsTimesIdsAndNothing() {
        var request =
                new Request(
                        "event-1",
                        Source.DISPUTE,
                        new Wish.Dispute("du_1"),
                        Optional.empty(),
                        Optional.of(new PaymentRef("stripe", "pi_1")),
                        Optional.empty(),
                        Instant.parse("2026-11-23T10:00:00Z"));

        var json = Json.tree(request);

        assertThat(json.path("receivedAt").asText()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(json.path("order").isNull()).isTrue();
        assertThat(json.at("/wish/kind").asText()).isEqualTo("dispute");
        assertThat(Json.tree(CaseId.parse("shopify-1001-2")).asText()).isEqualTo("shopify-1001-2");
        assertThat(Json.tree(new Money(1500, "USD")).path("minor").isIntegralNumber()).isTrue();
    }

    @Test
    void optional_shouldBeEmpty_whenTheFieldIsNullOrMissing() {
        assertThat(Json.read("{\"orders\":1,\"note\":null,\"lines\":[]}", Limits.class).note())
                .isEmpty();
        assertThat(Json.read("{\"orders\":1,\"lines\":[]}", Limits.class).note()).isEmpty();
    }

    @Test
    void unknownField_shouldBePassedOver_whenWeWroteIt() {
        assertThat(Json.read("{\"orders\":1,\"lines\":[],\"later\":true}", Limits.class).orders())
                .isEqualTo(1);
    }

    @Test
    void unknownField_shouldBeNamed_whenAPersonWroteIt() {
        assertThatThrownBy(() -> Json.readStrictly("{\"orders\":1,\"ordres\":2}", Limits.class))
                .isInstanceOf(Malformed.class)
                .hasMessage("ordres: no such field");
        assertThatThrownBy(
                        () ->
                                Json.readStrictly(
                                        "{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"price\":2}]}",
                                        Limits.class))
                .hasMessage("lines[0].price: no such field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"one\"", "null", "[1]", "1.5", "99999999999", "{}"})
    void field_shouldBeNamed_whenItIsOfAnotherType(String orders) {
        assertThatThrownBy(() -> Json.read("{\"orders\":" + orders + "}", Limits.class))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith("orders: ");
    }

    @Test
    void field_shouldSayWhatWasExpected_whenItsRecordRefusesIt() {
        assertThatThrownBy(
                        () ->
                                Json.read(
                                        "{\"orders\":1,\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}",
                                        Limits.class))
                .hasMessageContaining("lines[0]")
                .hasMessageContaining("1 or more was expected");
    }

    @Test
    void document_shouldSayWhatIsWrong_withoutItsContent() {
        assertThatThrownBy(() -> Json.parse("{\"jo\":1,\"jo\":2}"))
                .hasMessage("each field once was expected");
        assertThatThrownBy(() -> Json.parse("[".repeat(51) + "]".repeat(51)))
                .hasMessageContaining("at most 50 levels");
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001)))
                .hasMessageContaining("short numbers");
        assertThatThrownBy(() -> Json.parse("{\"jo\": \"\u0000\"}"))
                .hasMessage("a JSON document was expected");
    }

    @Test
    void wish_shouldBeRefused_whenItsKindIsUnknown() {
        assertThatThrownBy(() -> Json.read("{\"kind\":\"explode\"}", Wish.class))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "NaN",
                "\u0000"
            })
    void document_shouldBeRefused_whenItIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0", "eda080", "feff007b007d", "7b00000000007d", "0000007b7f7f7f7f"})
    void document_shouldBeRefused_whenItIsNoUtf8(String bytes) {
        assertThatThrownBy(() -> Json.parse(HexFormat.of().parseHex(bytes)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void document_shouldBeRefused_whenAnotherFollows() {
        assertThatThrownBy(() -> Json.parse("{} {}")).hasMessage("one JSON document was expected");
    }

    @Test
    void document_shouldBeRefused_whenItNestsTooDeep() {
        assertThat(Json.parse("[".repeat(50) + "]".repeat(50)).isArray()).isTrue();
        assertThatThrownBy(() -> Json.parse("[".repeat(51) + "]".repeat(51)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void complaint_shouldHoldNothingOfTheDocument_whenItIsRefused() {
        var secret = "{\"orders\":\"jo@example.net\",\"note\":\"sk_test_1234567\"";

        assertThatThrownBy(() -> Json.read(secret + "}", Limits.class))
                .satisfies(bad -> assertThat(bad.toString()).doesNotContain("jo@", "sk_test"))
                .hasNoCause();
        assertThatThrownBy(() -> Json.parse(secret))
                .satisfies(bad -> assertThat(bad.toString()).doesNotContain("jo@", "sk_test"))
                .hasNoCause();
    }
}
