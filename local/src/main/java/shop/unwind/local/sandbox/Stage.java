package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What one platform stands on: its state, clock, secret, background jobs, webhooks and events. */
final class Stage {
    private final String name;
    private final State state;
    private final SandboxOptions options;
    private final Webhooks webhooks;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean limits;
    private final Supplier<URI> base;
    private final JsonNode secret;
    private final ReentrantLock lock = new ReentrantLock();

    Stage(
            String name,
            State state,
            SandboxOptions options,
            Webhooks webhooks,
            ScheduledExecutorService timer,
            AtomicBoolean limits,
            Supplier<URI> base) {
        this.name = name;
        this.state = state;
        this.options = options;
        this.webhooks = webhooks;
        this.timer = timer;
        this.limits = limits;
        this.base = base;
        this.secret = Secrets.of(name);
    }

    State state() {
        return state;
    }

    Instant now() {
        return options.clock().instant();
    }

    /** The platform's own secret. */
    JsonNode secret() {
        return secret;
    }

    RateLimit limit(double maximum, double perSecond) {
        return new RateLimit(maximum, perSecond, options.clock());
    }

    /** Whether rate limits hold at the moment. */
    boolean limited() {
        return limits.get();
    }

    /** From now on webhooks are lost on their way, or no longer. */
    void loseWebhooks(boolean lost) {
        webhooks.lose(lost);
    }

    /** Runs with nothing else of this platform at the same time. */
    <T> T alone(Supplier<T> task) {
        return alone(false, task);
    }

    /** The same; a stale task sees the platform as it was before the last change. */
    <T> T alone(boolean stale, Supplier<T> task) {
        lock.lock();
        try {
            return State.inOneView(stale, task);
        } finally {
            lock.unlock();
        }
    }

    /** Runs alone, in the background, after the usual time of such jobs. */
    void later(Runnable job) {
        later(options.jobs(), job);
    }

    void later(Duration pause, Runnable job) {
        Runnable alone =
                () ->
                        alone(
                                () -> {
                                    job.run();
                                    return true;
                                });
        var _ =
                timer.schedule(
                        () -> Thread.ofVirtual().start(alone),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Where this platform answers. */
    URI base() {
        return base.get();
    }

    /** Where this platform's webhooks go, when they go anywhere. */
    Optional<URI> webhookAddress() {
        return webhookAddress("webhooks/" + name);
    }

    Optional<URI> webhookAddress(String path) {
        return options.webhooks()
                .map(to -> to.toString().replaceAll("/+$", "") + "/" + path.replaceAll("^/+", ""))
                .map(URI::create);
    }

    Webhooks webhooks() {
        return webhooks;
    }

    /** Hands an event to EventBridge as a partner would. */
    void emit(ObjectNode envelope) {
        options.events().put(envelope);
    }

    /** The next number of a sequence that survives a restart. */
    long next(String sequence) {
        var counter = state.get("sequences", sequence).orElseGet(() -> Json.of("last", 0));
        var next = counter.path("last").asLong() + 1;
        state.put("sequences", sequence, counter.put("last", next));
        return next;
    }
}
