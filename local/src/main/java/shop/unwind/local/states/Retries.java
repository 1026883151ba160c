package shop.unwind.local.states;

import shop.unwind.local.states.State.Attempted;
import shop.unwind.local.states.State.Catcher;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What Retry and Catch say to a failure. */
final class Retries {
    private final Time time;
    private final RandomGenerator random;

    Retries(Time time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** The next attempt, if the first retrier that matches has one left. */
    Optional<Change.Retrying> retry(Attempted state, Visit visit, Failure failure) {
        var retriers = state.retriers();
        for (var index = 0; index < retriers.size(); index++)
            if (failure.matches(retriers.get(index).errors()))
                return retry(retriers.get(index), index, visit);
        return Optional.empty();
    }

    private Optional<Change.Retrying> retry(Retrier retrier, int index, Visit visit) {
        var used = visit.retries(index);
        if (used >= retrier.maxAttempts()) return Optional.empty();
        var end = time.instant().plus(retrier.delay(used + 1, random));
        return Optional.of(new Change.Retrying(index, end.toEpochMilli()));
    }

    static Optional<Catcher> catcher(Attempted state, Failure failure) {
        return state.catchers().stream()
                .filter(catcher -> failure.matches(catcher.errors()))
                .findFirst();
    }
}
