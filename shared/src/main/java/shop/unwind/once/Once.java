package shop.unwind.once;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Outcome;
import shop.unwind.once.StepRecord.Status;
import shop.unwind.problem.Busy;
import shop.unwind.problem.Changed;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Paused;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Refused;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets each step of a case take effect once. */
public final class Once {
    /** Where the platform cannot tell, it is sent once more and then left to people. */
    private static final int BLIND_SENDS = 2;

    private final StepRecords records;
    private final String platform;
    private final InstantSource clock;
    private final Supplier<String> holders;

    /**
     * Step records of one platform.
     *
     * @param holders gives a fresh random id per call, never taken from a snapshot
     */
    public Once(
            DynamoDbClient dynamo,
            String table,
            String platform,
            InstantSource clock,
            Supplier<String> holders) {
        this(new DynamoStepRecords(dynamo, table, clock), platform, clock, holders);
    }

    Once(StepRecords records, String platform, InstantSource clock, Supplier<String> holders) {
        this.records = records;
        this.platform = platform;
        this.clock = clock;
        this.holders = holders;
    }

    /**
     * Does the step, or answers from its record.
     *
     * @param lease how long this invocation may take; after it the outcome counts as unknown
     * @throws Busy while another invocation holds the lease
     * @throws Problem as the effect threw it
     */
    public Outcome once(CaseId origin, String step, Duration lease, Effect effect) {
        var key = platform + "#" + origin + "#" + step;
        var first = started(1, 0, clock.instant(), lease);
        return switch (records.create(key, first)) {
            case StepRecords.Put.Won _ -> act(key, first, origin, step, effect);
            case StepRecords.Put.Lost(var standing) ->
                    take(
                            key,
                            standing.orElseThrow(() -> new Busy(step)),
                            origin,
                            step,
                            lease,
                            effect);
        };
    }

    private Outcome take(
            String key,
            StepRecord standing,
            CaseId origin,
            String step,
            Duration lease,
            Effect effect) {
        return switch (standing.status()) {
            case DONE -> standing.outcome().orElseThrow();
            case STARTED -> {
                if (clock.instant().isBefore(standing.leaseEndsAt())) throw new Busy(step);
                yield look(key, again(key, standing, step, lease), origin, step, effect);
            }
            case UNSURE -> look(key, again(key, standing, step, lease), origin, step, effect);
            case CLEAR -> act(key, anew(key, standing, 0, step, lease), origin, step, effect);
            case FAILED -> act(key, anew(key, standing, 1, step, lease), origin, step, effect);
        };
    }

    /** Takes over what may have been sent. */
    private StepRecord again(String key, StepRecord standing, String step, Duration lease) {
        var mine = started(standing.number(), standing.blind(), standing.sentAt(), lease);
        return claim(key, standing, mine, step);
    }

    /** Takes over what is about to be sent, under a number this much higher. */
    private StepRecord anew(
            String key, StepRecord standing, int higher, String step, Duration lease) {
        var number = standing.number() + higher;
        return claim(
                key, standing, started(number, standing.blind(), clock.instant(), lease), step);
    }

    private StepRecord started(int number, int blind, Instant sentAt, Duration lease) {
        return new StepRecord(
                Status.STARTED,
                holders.get(),
                number,
                blind,
                sentAt,
                clock.instant().plus(lease),
                Optional.empty());
    }

    private StepRecord claim(String key, StepRecord standing, StepRecord mine, String step) {
        return switch (records.replace(key, standing.holder(), standing.status(), mine)) {
            case StepRecords.Put.Won _ -> mine;
            case StepRecords.Put.Lost _ -> throw new Busy(step);
        };
    }

    private Outcome look(String key, StepRecord mine, CaseId origin, String step, Effect effect) {
        var attempt = new Attempt(origin, step, mine.number());
        return switch (found(key, mine, () -> effect.find(attempt))) {
            case Found.Done(var outcome) -> finish(key, mine, outcome);
            case Found.Nothing _ -> sendAgain(key, mine, origin, step, effect);
            case Found.CannotTell _ -> sendBlindly(key, mine, origin, step, effect);
        };
    }

    /** What is not there may still be on its way, and a second one would follow it. */
    private Outcome sendAgain(
            String key, StepRecord mine, CaseId origin, String step, Effect effect) {
        var now = clock.instant();
        if (now.isBefore(mine.sentAt().plus(effect.settles()))) {
            write(key, mine, mine.with(Status.UNSURE));
            throw new Unsure(step + " is not there, but may still arrive");
        }
        var sent = mine.sent(now);
        write(key, mine, sent);
        return act(key, sent, origin, step, effect);
    }

    private Outcome sendBlindly(
            String key, StepRecord mine, CaseId origin, String step, Effect effect) {
        if (mine.blind() + 1 >= BLIND_SENDS) {
            write(key, mine, mine.with(Status.UNSURE));
            throw new Refused("unknown", "whether " + step + " took effect cannot be told");
        }
        var counted = mine.sentBlindly(clock.instant());
        write(key, mine, counted);
        return act(key, counted, origin, step, effect);
    }

    private Outcome act(String key, StepRecord mine, CaseId origin, String step, Effect effect) {
        var attempt = new Attempt(origin, step, mine.number());
        return finish(key, mine, guarded(key, mine, () -> effect.act(attempt)));
    }

    private Outcome finish(String key, StepRecord mine, Outcome outcome) {
        write(key, mine, mine.done(outcome));
        return outcome;
    }

    /** A look that fails, for whatever reason, leaves the step as unsure as it was. */
    private Found found(String key, StepRecord mine, Supplier<Found> look) {
        try {
            return look.get();
        } catch (Problem problem) {
            write(key, mine, mine.with(Status.UNSURE));
            throw new Unsure("could not be looked up: " + problem.getMessage());
        }
    }

    /** Notes on the record what a problem means for the next attempt, and passes it on. */
    private Outcome guarded(String key, StepRecord mine, Supplier<Outcome> call) {
        try {
            return call.get();
        } catch (Problem problem) {
            write(key, mine, mine.with(after(problem)));
            throw problem;
        }
    }

    private static Status after(Problem problem) {
        return switch (problem) {
            case Throttled _, Unreachable _, Busy _, Paused _, Misconfigured _ -> Status.CLEAR;
            case Unsure _ -> Status.UNSURE;
            // Decided again, the step may say another amount: under the old key the platform
            // would turn that away, or repeat the refusal it has stored.
            case Changed _, Refused _, NotFound _ -> Status.FAILED;
        };
    }

    private void write(String key, StepRecord mine, StepRecord next) {
        switch (records.replace(key, mine.holder(), mine.status(), next)) {
            case StepRecords.Put.Won _ -> {}
            case StepRecords.Put.Lost _ ->
                    throw new Unsure("the lease on the step was lost while it was being done");
        }
    }
}
