package shop.unwind.breaker;

import shop.unwind.breaker.BreakerTable.Count;
import shop.unwind.breaker.Standing.Phase;
import shop.unwind.config.Policy;
import shop.unwind.domain.Money;
import shop.unwind.problem.Paused;
import shop.unwind.problem.Unreachable;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Holds automatic refunds above what policy allows per hour and day. */
public final class MoneyBreaker {
    private static final int TRIES = 40;

    /** As long as the workflow lets a held refund wait, unless policy looks less often. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final BreakerTable table;
    private final Supplier<Policy> policy;
    private final InstantSource clock;

    /**
     * The breaker of one stack.
     *
     * @param table the cases table
     */
    public MoneyBreaker(
            DynamoDbClient dynamo, String table, Supplier<Policy> policy, InstantSource clock) {
        this.table = new BreakerTable(dynamo, table);
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Lets one refund pass, and counts it once however often it asks.
     *
     * @param key of the refund's attempt
     * @throws Paused while refunds are held; it has then its place among those who wait
     */
    public void pass(String key, Money amount) {
        for (var attempt = 0; attempt < TRIES; attempt++) {
            if (passes(key, amount)) return;
            pause();
        }
        throw new Unreachable("the money breaker is too busy to count the refund");
    }

    /** The pause that stands now, if one does. */
    public Optional<Pause> paused() {
        return Optional.of(table.standing())
                .filter(standing -> standing.phase() == Phase.PAUSED)
                .map(standing -> new Pause(standing.allowance(), standing.words()));
    }

    /**
     * Ends a pause and grants a new allowance.
     *
     * @param number of the pause
     * @return false when this pause is over already
     */
    public boolean goOn(int number, String by) {
        var standing = table.standing();
        return standing.phase() == Phase.PAUSED
                && standing.allowance() == number
                && table.move(standing, standing.released(by, clock.instant()));
    }

    private boolean passes(String key, Money amount) {
        var look = table.look(key);
        if (look.passed()) return true;
        var standing = look.standing();
        return switch (standing.phase()) {
            case FLOWING -> count(standing, key, amount, List.of());
            case PAUSED -> throw held(key, amount, standing.words());
            case RELEASED -> inTurn(standing, key, amount);
        };
    }

    /**
     * Whoever is held longest goes first, and passes here without asking: it may look again in
     * minutes only. Who asks no more is passed over.
     */
    private boolean inTurn(Standing standing, String key, Money amount) {
        var held = table.held();
        for (var next : held.stream().filter(this::stillAsks).toList()) {
            if (next.key().equals(key)) return count(standing, key, amount, held);
            if (!goesOn(standing, next, held)) return false;
        }
        table.move(standing, standing.flowing(clock.instant()));
        return false;
    }

    private boolean goesOn(Standing standing, Held next, List<Held> held) {
        if (!table.look(next.key()).passed())
            return count(standing, next.key(), next.amount(), held);
        table.release(next);
        return true;
    }

    private boolean stillAsks(Held held) {
        var look = policy.get().patience().lookEvery();
        var wait = look.compareTo(LONGEST_WAIT) > 0 ? look : LONGEST_WAIT;
        return held.askedAt().plus(wait.multipliedBy(3)).isAfter(clock.instant());
    }

    private boolean count(Standing standing, String key, Money amount, List<Held> held) {
        var now = clock.instant();
        var limits = policy.get().breaker();
        var hour = Window.hour(now, limits.perHour());
        var day = Window.day(now, limits.perDay());
        var released = standing.phase() == Phase.RELEASED;
        return switch (table.count(standing, key, amount, released, hour, day, now)) {
            case Count.Passed() -> {
                BreakerTable.of(key, held).ifPresent(table::release);
                yield true;
            }
            case Count.Raced() -> false;
            case Count.Full(var window) -> {
                table.move(standing, standing.paused(window.exceeded(amount), now));
                yield false;
            }
        };
    }

    private Paused held(String key, Money amount, String why) {
        var now = clock.instant();
        table.hold(
                BreakerTable.of(key, table.held())
                        .map(mine -> mine.askingAgain(amount, now))
                        .orElseGet(() -> new Held(key, amount, now, now)));
        return new Paused(why);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(5, 40)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted at the money breaker");
        }
    }
}
