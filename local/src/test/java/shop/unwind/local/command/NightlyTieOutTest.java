package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Head.Status;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.local.lambda.Invocation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The nightly tie-out over real cases: silent while all is sound, then with differences planted.
 */
class NightlyTieOutTest {
    private static final String PAINT = "ACR-500";

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop(6001);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void soundCasesAgree_andEachPlantedDifferenceIsNamed() throws IOException {
        var whole = cancelled(9);
        var part = partly();
        var disputed = partly();
        var refused = shop.sells("portal/shipped");
        refused.ask();
        refused.closes(1);
        for (var road : whole) road.quietensDown();

        var sound = tieOut();

        assertThat(sound.path("checked").asInt()).isEqualTo(12);
        assertThat(sound.path("differences")).isEmpty();
        assertThat(told("everything agrees")).hasSize(1);

        part.atStripe("refund", TestShop.json().put("amount", 100));
        disputed.atStripe("dispute");
        TestShop.await("the dispute has had its case", () -> hasEnded(disputed, 2));
        record(whole.get(1), "refund", was -> withReference(was, "re_never"));
        record(whole.get(2), "refund", was -> withAmount(was, 4_659));
        record(whole.get(3), "refund", was -> withAmount(was, 4_661));
        record(refused, whole.get(4));
        for (var road : List.of(part, disputed)) road.quietensDown();

        var found = tieOut();

        var kinds = new TreeMap<String, String>();
        for (var difference : found.path("differences"))
            kinds.merge(
                    difference.path("order").path("number").asText(),
                    difference.path("kind").asText(),
                    (one, other) -> one + "+" + other);
        assertThat(kinds)
                .containsEntry(part.number(), "REFUNDED_MORE")
                .containsEntry(disputed.number(), "REFUNDED_AND_CHARGED_BACK")
                .containsEntry(whole.get(1).number(), "REFUND_GONE")
                .containsEntry(whole.get(2).number(), "REFUNDED_MORE")
                .containsEntry(whole.get(3).number(), "REFUNDED_LESS")
                .containsEntry(refused.number(), "NOT_CANCELLED")
                .hasSize(6);
        assertThat(told("6 differences"))
                .singleElement()
                .asString()
                .contains("Order " + part.number() + " (shopify)")
                .doesNotContain("example.com");
    }

    private static List<Road> cancelled(int some) {
        var roads = new ArrayList<Road>();
        for (var n = 0; n < some; n++) {
            var road = shop.sells("portal/full-cancel");
            road.ask();
            roads.add(road);
        }
        for (var road : roads) road.closes(1);
        return roads;
    }

    private static Road partly() {
        var road = shop.sells("portal/partial-cancel");
        road.ask(PAINT, 1);
        return road.closes(1);
    }

    private static boolean hasEnded(Road road, int generation) {
        return road.head().generation() == generation && road.head().status() != Status.RUNNING;
    }

    /** Falsifies how a step ended, in our own record. */
    private static void record(Road road, String step, UnaryOperator<Outcome> falsified) {
        var outcomes =
                shop.cases.outcomes(road.id(1)).stream()
                        .map(was -> was.step().startsWith(step) ? falsified.apply(was) : was)
                        .toList();
        shop.cases.keep(road.id(1), outcomes);
    }

    /** Has our record say that this order was cancelled as the other one was, money aside. */
    private static void record(Road road, Road other) {
        assertThat(road.head().status()).isEqualTo(Status.CLOSED);
        shop.cases.keep(road.id(1), shop.cases.decision(other.id(1)).orElseThrow());
        shop.cases.keep(
                road.id(1),
                shop.cases.outcomes(other.id(1)).stream()
                        .filter(outcome -> !outcome.step().startsWith("refund"))
                        .toList());
    }

    private static Outcome withReference(Outcome was, String reference) {
        return new Outcome(
                was.step(),
                was.platform(),
                was.result(),
                reference,
                was.amount(),
                was.words(),
                was.at());
    }

    private static Outcome withAmount(Outcome was, long cents) {
        return new Outcome(
                was.step(),
                was.platform(),
                was.result(),
                was.reference(),
                was.amount().map(money -> new Money(cents, money.currency())),
                was.words(),
                was.at());
    }

    private static JsonNode tieOut() throws IOException {
        var end = shop.machine.stack().lambda().invoke(shop.machine.stack().name("tie-out"), "{}");
        assertThat(end).isInstanceOf(Invocation.Answered.class);
        return new ObjectMapper().readTree(end.payload());
    }

    private static List<JsonNode> told(String words) {
        return shop.state("slack")
                .path("messages")
                .valueStream()
                .filter(message -> message.toString().contains("Tie-out up to"))
                .filter(message -> message.toString().contains(words))
                .toList();
    }
}
