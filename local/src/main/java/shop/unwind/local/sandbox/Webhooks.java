package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Delivers one platform's webhooks, each until a 2xx or the ninth refusal. What is under way stands
 * in the state's collection {@code deliveries}, so that a restart goes on with it.
 */
final class Webhooks implements AutoCloseable {
    /** The headers of one attempt: signatures may hold its time. */
    @FunctionalInterface
    interface Signer {
        Map<String, String> headers(ObjectNode delivery, Instant at);
    }

    private static final String DELIVERIES = "deliveries";
    private static final int REDELIVERIES = 8;

    private final String platform;
    private final State state;
    private final Stats stats;
    private final InstantSource clock;
    private final Duration firstPause;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What was sent since the start, so that it can be sent once more. */
    private final Queue<ObjectNode> sent = new ConcurrentLinkedQueue<>();

    private volatile boolean lost;

    Webhooks(String platform, State state, Stats stats, SandboxOptions options) {
        this.platform = platform;
        this.state = state;
        this.stats = stats;
        this.clock = options.clock();
        this.firstPause = options.webhookRetry();
    }

    /**
     * Begins to deliver.
     *
     * @param delivery holds {@code id}, {@code uri}, {@code body} and whatever the signer needs
     */
    void send(ObjectNode delivery, Signer signer) {
        sent.add(delivery);
        if (isOnItsWay()) begin(delivery, signer);
    }

    /** Delivers once and never again, as some vendors do: what is not taken is lost. */
    void sendOnce(ObjectNode delivery, Signer signer) {
        sent.add(delivery);
        if (!isOnItsWay()) return;
        threads.execute(
                () -> {
                    try {
                        var _ = accepted(delivery, signer);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** From now on, what is sent is lost on the way, or no longer. */
    void lose(boolean all) {
        lost = all;
    }

    private boolean isOnItsWay() {
        if (lost) stats.webhook(platform, "lost");
        return !lost;
    }

    private void begin(ObjectNode delivery, Signer signer) {
        state.put(DELIVERIES, delivery.path("id").asText(), delivery);
        threads.execute(() -> deliver(delivery, signer));
    }

    /** Delivers all that was sent about something once more, the latest first. */
    void sendAgain(String about, Signer signer) {
        var again =
                sent.stream()
                        .filter(delivery -> delivery.path("body").asText().contains(about))
                        .toList();
        for (var delivery : again.reversed()) begin(delivery, signer);
    }

    void resume(Signer signer) {
        state.all(DELIVERIES).forEach(delivery -> threads.execute(() -> deliver(delivery, signer)));
    }

    /** Delivers once and answers the HTTP status. */
    int post(ObjectNode delivery, Signer signer) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(delivery.path("uri").asText()))
                        .timeout(Duration.ofSeconds(5))
                        .POST(BodyPublishers.ofString(delivery.path("body").asText()));
        signer.headers(delivery, clock.instant()).forEach(request::setHeader);
        HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
        return response.statusCode();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    private void deliver(ObjectNode delivery, Signer signer) {
        try {
            for (var attempt = 0; attempt <= REDELIVERIES; attempt++) {
                if (accepted(delivery, signer)) break;
                Thread.sleep(firstPause.multipliedBy(1L << attempt));
            }
            state.remove(DELIVERIES, delivery.path("id").asText());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepted(ObjectNode delivery, Signer signer) throws InterruptedException {
        var accepted = false;
        try {
            accepted = post(delivery, signer) / 100 == 2;
        } catch (IOException _) {
            accepted = false;
        }
        stats.webhook(platform, accepted ? "delivered" : "refused");
        return accepted;
    }
}
