package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.command.Conditions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Messages that nobody can take. */
class PoisonTest {
    private static final Set<String> UNWRITABLE = ConcurrentHashMap.newKeySet();

    private static Site site;

    @BeforeAll
    static void start() {
        var project = Path.of("..").toAbsolutePath().normalize();
        site = Site.start(project, PoisonTest::withUnwritableOrders, (_, _) -> {});
        site.post().comeBackAfter(Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** A table that turns away whatever is about some orders. */
    private static Conditions withUnwritableOrders(Conditions usual) {
        return new Conditions(
                usual.time(),
                usual.variables(),
                usual.longestInvocation(),
                usual.invocations(),
                (name, service) ->
                        name.startsWith("DynamoDB") ? refusingTheUnwritable(service) : service,
                usual.journal());
    }

    private static AwsService refusingTheUnwritable(AwsService tables) {
        return (operation, request) -> {
            var text = request.toString();
            if (operation.equals("TransactWriteItems")
                    && UNWRITABLE.stream().anyMatch(text::contains))
                throw new AwsError("ValidationException", "not now");
            return tables.call(operation, request);
        };
    }

    @Test
    @DisplayName(
            "R4, C40: a request that cannot be recorded waits in the DLQ and is done by redrive")
    void aRequestThatCannotBeRecordedIsDoneOnceTheCauseIsGone() throws Exception {
        var plot = site.plot(Road.WHOLE_ORDER);
        UNWRITABLE.add(plot.text());
        site.ask(plot);
        site.await(() -> isParked(plot.text()));
        assertThat(judged(plot).end()).isEqualTo(Judgement.End.PARKED);

        UNWRITABLE.remove(plot.text());
        site.post().redrive();
        site.awaitRest(plot);

        assertThat(judged(plot).broken()).isEmpty();
        assertThat(judged(plot).end()).isEqualTo(Judgement.End.DONE);
    }

    @Test
    @DisplayName("R4: what is no request comes to rest in the DLQ, and holds nobody else up")
    void whatIsNoRequestComesToRestInTheDeadLetterQueue() throws Exception {
        var neighbour = site.plot(Road.WHOLE_ORDER);
        for (var poison : new String[] {"poison: no JSON", "{\"poison\":\"no request\"}", "[]"})
            site.post().send(poison);
        site.ask(neighbour);

        site.awaitRest(neighbour);
        site.await(() -> isParked("poison: no JSON") && isParked("no request") && isParked("[]"));

        assertThat(judged(neighbour).broken()).isEmpty();
        assertThat(judged(neighbour).end()).isEqualTo(Judgement.End.DONE);
        assertThat(site.post().parked()).contains("poison: no JSON", "[]");
    }

    private static boolean isParked(String text) {
        return site.post().parked().stream().anyMatch(body -> body.contains(text));
    }

    private static Judgement judged(Plot plot) {
        return Judge.judge(plot, site.books(), EnumSet.noneOf(Account.Channel.class));
    }
}
