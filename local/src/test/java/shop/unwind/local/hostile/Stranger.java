package shop.unwind.local.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;
import shop.unwind.local.command.Machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Somebody with a clock, who asks about one order after another; requests differ in the order's
 * digits alone. Meanwhile what is accepted waits in the queue, so that no case takes the machine
 * from what is measured.
 */
final class Stranger implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMillis(2);
    private static final int WARM = 20;

    private final Machine machine;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Stranger(Shop shop) {
        this.machine = shop.machine();
        hold("900");
        for (var round = 0; round < WARM; round++) {
            asks(Shop.UNKNOWN);
            looks(Shop.UNKNOWN);
        }
    }

    /** Sends the form for an order. */
    void asks(String order) {
        var form =
                """
                {"order":"%s","email":"kim@hostile.example","reason":"wrong colour"}\
                """
                        .formatted(order);
        send(
                202,
                at("").header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Asks how the request for an order stands, with a token made up. */
    void looks(String order) {
        send(
                404,
                at("/shopify-" + order + ".AAECAwQFBgcICQoLDA0ODw")
                        .header("X-Status-Token", "A".repeat(43))
                        .GET());
    }

    /** The same, as if the answer had taken one thing more. */
    void looksAndIsKeptWaiting(String order) {
        looks(order);
        var end = System.nanoTime() + KEPT.toNanos();
        while (System.nanoTime() < end) Thread.onSpinWait();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(machine.url() + "/cancellations" + path))
                .timeout(Duration.ofMinutes(1));
    }

    private void send(int status, HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status) throw new IllegalStateException(answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        client.close();
        machine.stack().service("AmazonSQS").call("PurgeQueue", queue());
        hold("0");
    }

    private void hold(String seconds) {
        var request = queue();
        request.putObject("Attributes").put("DelaySeconds", seconds);
        machine.stack().service("AmazonSQS").call("SetQueueAttributes", request);
    }

    private ObjectNode queue() {
        var url = machine.url() + "/000000000000/" + machine.stack().name("Requests");
        return Json.object().put("QueueUrl", url);
    }
}
