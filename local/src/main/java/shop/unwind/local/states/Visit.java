package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stay in a state, from its entry to its exit. Guarded by the execution's lock. */
final class Visit {
    final State state;
    final JsonNode input;
    final Event entry;

    private final Map<Integer, Integer> retries = new HashMap<>();
    private Optional<Instant> until = Optional.empty();
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<Split> split = Optional.empty();
    private Optional<Result> result = Optional.empty();
    private boolean lost;

    Visit(State state, JsonNode input, Event entry) {
        this.state = state;
        this.input = input;
        this.entry = entry;
    }

    /** When a Wait or a back-off ends, if one is on. */
    Optional<Instant> until() {
        return until;
    }

    Optional<Attempt> attempt() {
        return attempt;
    }

    Optional<Split> split() {
        return split;
    }

    Optional<Result> result() {
        return result;
    }

    /** Whether it failed and neither Retry nor Catch is to be asked. */
    boolean lost() {
        return lost;
    }

    /** How often this retrier was used in this visit. */
    int retries(int retrier) {
        return retries.getOrDefault(retrier, 0);
    }

    /** How often the state was tried again in this visit. */
    int retryCount() {
        return retries.values().stream().mapToInt(Integer::intValue).sum();
    }

    void waiting(Instant end) {
        until = Optional.of(end);
    }

    void begin(Attempt begun) {
        attempt = Optional.of(begun);
    }

    void begin(Split begun) {
        split = Optional.of(begun);
    }

    void end(Result ended) {
        result = Optional.of(ended);
    }

    void fail(Change.Failed failed) {
        result = Optional.of(failed.failure());
        lost = failed.forGood();
    }

    void retry(int retrier, Instant end) {
        retries.merge(retrier, 1, Integer::sum);
        reset();
        split = Optional.empty();
        until = Optional.of(end);
    }

    /** Forgets how the attempts ended, but keeps the children that finished. */
    void redrive() {
        retries.clear();
        reset();
    }

    private void reset() {
        until = Optional.empty();
        attempt = Optional.empty();
        result = Optional.empty();
        lost = false;
    }

    /** A task under way. */
    static final class Attempt {
        final JsonNode arguments;
        final String token;

        private final Optional<Duration> heartbeat;
        private final Duration timeout;
        private boolean submitted;
        private Instant since;
        private Instant heard;

        Attempt(Change.Scheduled scheduled, Instant since) {
            this.arguments = scheduled.arguments();
            this.token = scheduled.token();
            this.timeout = Duration.ofSeconds(scheduled.timeoutSeconds());
            this.heartbeat =
                    Optional.of(scheduled.heartbeatSeconds())
                            .filter(seconds -> seconds > 0)
                            .map(Duration::ofSeconds);
            this.since = since;
            this.heard = since;
        }

        boolean submitted() {
            return submitted;
        }

        void submit() {
            submitted = true;
        }

        /** A new call after a restart has the whole time again. */
        void restart(Instant now) {
            if (!submitted) since = now;
            heard = now;
        }

        void heartbeat(Instant now) {
            heard = now;
        }

        Instant deadline() {
            return silence()
                    .filter(end -> end.isBefore(since.plus(timeout)))
                    .orElse(since.plus(timeout));
        }

        /** Whether the deadline is that of a heartbeat. */
        boolean silent() {
            return silence().filter(end -> end.isBefore(since.plus(timeout))).isPresent();
        }

        private Optional<Instant> silence() {
            return heartbeat.map(heard::plus);
        }
    }

    /** The children of a Map or Parallel under way. */
    static final class Split {
        final long startedId;
        final int atOnce;
        final List<Scope> children;

        Split(long startedId, int atOnce, List<Scope> children) {
            this.startedId = startedId;
            this.atOnce = atOnce;
            this.children = children;
        }

        Optional<Scope> failed() {
            return children.stream().filter(child -> child.failure().isPresent()).findFirst();
        }

        boolean finished() {
            return children.stream().allMatch(child -> child.output().isPresent());
        }

        /** The last event of all children. */
        long last() {
            return children.stream().mapToLong(Scope::last).max().orElse(startedId);
        }
    }
}
