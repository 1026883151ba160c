package shop.unwind.local.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a sandbox runs.
 *
 * @param folder where its state is kept; without it nothing survives
 * @param delay how long each call takes; {@code PUT /_delay} changes it
 * @param webhooks where webhooks go, as {@code webhooks/stripe} below this; without it none are
 *     sent
 * @param webhookRetry the pause before the first redelivery, doubled with each; at most 8
 * @param events takes partner events for EventBridge
 * @param limits whether the vendors' rate limits hold
 * @param jobs how long what a platform does in the background takes
 */
public record SandboxOptions(
        Optional<Path> folder,
        Duration delay,
        Optional<URI> webhooks,
        Duration webhookRetry,
        EventSink events,
        boolean limits,
        Duration jobs,
        InstantSource clock) {

    /** In memory, without delay, webhooks or events; limits hold, jobs take 20 ms. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Duration.ofSeconds(1),
                _ -> {},
                true,
                Duration.ofMillis(20),
                Clock.systemUTC());
    }

    public SandboxOptions withFolder(Path folder) {
        return new SandboxOptions(
                Optional.of(folder), delay, webhooks, webhookRetry, events, limits, jobs, clock);
    }

    public SandboxOptions withDelay(Duration delay) {
        return new SandboxOptions(
                folder, delay, webhooks, webhookRetry, events, limits, jobs, clock);
    }

    public SandboxOptions withWebhooks(URI base) {
        return new SandboxOptions(
                folder, delay, Optional.of(base), webhookRetry, events, limits, jobs, clock);
    }

    public SandboxOptions withWebhookRetry(Duration firstPause) {
        return new SandboxOptions(folder, delay, webhooks, firstPause, events, limits, jobs, clock);
    }

    public SandboxOptions withEvents(EventSink sink) {
        return new SandboxOptions(folder, delay, webhooks, webhookRetry, sink, limits, jobs, clock);
    }

    public SandboxOptions withLimits(boolean hold) {
        return new SandboxOptions(folder, delay, webhooks, webhookRetry, events, hold, jobs, clock);
    }

    public SandboxOptions withJobs(Duration length) {
        return new SandboxOptions(
                folder, delay, webhooks, webhookRetry, events, limits, length, clock);
    }

    public SandboxOptions withClock(InstantSource clock) {
        return new SandboxOptions(
                folder, delay, webhooks, webhookRetry, events, limits, jobs, clock);
    }
}
