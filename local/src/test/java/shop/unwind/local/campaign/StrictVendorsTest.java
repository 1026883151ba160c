package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import shop.unwind.json.Json;
import shop.unwind.local.command.Conditions;
import shop.unwind.local.contracts.StrictVendors;
import shop.unwind.local.lambda.Invocation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The whole system with strict mocks where the vendors stand: every road is walked, every shop
 * swept, the night's tie-out done and every connector probed.
 */
class StrictVendorsTest {
    /** Answered by the sandbox itself to whoever verifies a webhook: no API of the vendor's. */
    private static final Set<String> KEYS = Set.of("certs.get", "keys.get");

    private static final List<Plot> PLOTS = new ArrayList<>();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static StrictVendors vendors;
    private static Site site;
    private static List<String> differences;

    @BeforeAll
    static void walkEveryRoad() throws Exception {
        vendors = StrictVendors.open();
        OPEN.add(vendors);
        site =
                Site.start(
                        Path.of("..").toAbsolutePath().normalize(),
                        StrictVendorsTest::pointedAtThem,
                        (_, _) -> {});
        OPEN.add(site);
        vendors.passOnTo(site.machine().sandboxUrl());
        walk(Stream.of(Road.values()).filter(road -> !road.alone()).toList());
        // Their tokens are revoked, which the others have asked for by now.
        for (var road : Road.values()) if (road.alone()) walk(List.of(road));
        var scheduler = site.machine().stack().scheduler();
        scheduler.names().stream()
                .filter(name -> name.endsWith("Sweep"))
                .forEach(scheduler::trigger);
        vendors.names().forEach(StrictVendorsTest::probe);
        site.awaitSilence(PLOTS.stream().map(Plot::order).toList());
        differences = site.tieOut();
    }

    @AfterAll
    static void close() throws Exception {
        for (var each : OPEN.reversed()) each.close();
    }

    @Test
    void everyRequest_shouldBeOneThatTheVendorTakes() {
        assertThat(vendors.refusals()).isEmpty();
    }

    @Test
    void everyAnswer_shouldBeOneThatTheVendorGives() {
        assertThat(vendors.departures()).isEmpty();
    }

    @Test
    void everyPlatformOfTheStore_shouldHaveBeenCalled() {
        assertThat(calls(site.stats()).keySet()).isEqualTo(vendors.names());
    }

    @Test
    void everyCall_shouldHaveGoneThroughTheMocks() throws Exception {
        // The template's own schedules may be at it just now.
        site.await(() -> vendors.passed().equals(calls(site.stats())));

        assertThat(vendors.passed()).isEqualTo(calls(site.stats()));
    }

    @Test
    void everyCase_shouldHaveEndedAsItDoesWithoutThem() {
        var books = site.books();
        var wrong =
                PLOTS.stream()
                        .map(
                                plot ->
                                        Judge.judge(
                                                plot, books, EnumSet.noneOf(Account.Channel.class)))
                        .filter(Judgement::isWrong)
                        .toList();

        assertThat(PLOTS).hasSize(Road.values().length);
        assertThat(wrong).isEmpty();
        assertThat(differences).isEmpty();
    }

    private static Conditions pointedAtThem(Conditions usual) {
        var variables = new HashMap<>(usual.variables());
        variables.putAll(vendors.variables());
        // To hold a call against a contract takes its time, too.
        variables.put("HTTP_TIMEOUT_SECONDS", "20");
        return new Conditions(
                usual.time(),
                variables,
                usual.longestInvocation(),
                usual.invocations(),
                usual.services(),
                usual.journal());
    }

    private static void walk(List<Road> roads) throws InterruptedException {
        var plots = roads.stream().map(site::plot).toList();
        plots.forEach(site::ask);
        for (var plot : plots) site.awaitRest(plot);
        PLOTS.addAll(plots);
    }

    private static void probe(String platform) {
        var stack = site.machine().stack();
        var end = stack.lambda().invoke(stack.name(platform), "{\"operation\":\"PROBE\"}");
        assertThat(end).as(platform).isInstanceOf(Invocation.Answered.class);
        assertThat(Json.parse(end.payload()).path("ok").asBoolean()).as(platform).isTrue();
    }

    /** By platform, how many calls the sandbox has counted. */
    private static Map<String, Integer> calls(JsonNode stats) {
        var calls = new TreeMap<String, Integer>();
        for (var platform : stats.path("calls").properties())
            for (var operation : platform.getValue().properties())
                if (!KEYS.contains(operation.getKey()))
                    calls.merge(platform.getKey(), operation.getValue().asInt(), Integer::sum);
        return calls;
    }
}
