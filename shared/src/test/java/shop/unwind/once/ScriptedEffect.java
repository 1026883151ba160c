package shop.unwind.once;

import shop.unwind.domain.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An effect that goes as it was told to, and remembers how it was called. */
final class ScriptedEffect implements Effect {
    private final Queue<Supplier<Object>> script = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private Duration settles = Duration.ZERO;

    ScriptedEffect acts(Outcome outcome) {
        return acts(() -> outcome);
    }

    ScriptedEffect acts(Supplier<Outcome> outcome) {
        script.add(outcome::get);
        return this;
    }

    ScriptedEffect finds(Found found) {
        return finds(() -> found);
    }

    ScriptedEffect finds(Supplier<Found> found) {
        script.add(found::get);
        return this;
    }

    ScriptedEffect fails(RuntimeException problem) {
        script.add(
                () -> {
                    throw problem;
                });
        return this;
    }

    ScriptedEffect settlesWithin(Duration within) {
        settles = within;
        return this;
    }

    /** Such as {@code act 1, find 1}: what was called with which attempt number. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Outcome act(Attempt attempt) {
        return (Outcome) next("act " + attempt.number());
    }

    @Override
    public Found find(Attempt attempt) {
        return (Found) next("find " + attempt.number());
    }

    @Override
    public Duration settles() {
        return settles;
    }

    private Object next(String call) {
        calls.add(call);
        var next = script.poll();
        if (next == null) throw new AssertionError(call + " was not expected");
        return next.get();
    }
}
