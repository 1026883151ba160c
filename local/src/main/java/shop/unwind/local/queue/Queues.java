package shop.unwind.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** SQS, played by ElasticMQ. */
public final class Queues implements AwsService, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElasticMq server;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Queues(ElasticMq server) {
        this.server = server;
        this.base = "http://localhost:" + server.port();
    }

    /**
     * Starts the queues of a template; messages are kept in the data folder, if there is one.
     *
     * @param port of the front door, which queue URLs name
     */
    public static Queues start(List<Template.Queue> queues, int port, Optional<Path> data) {
        var started = new Queues(ElasticMq.start(port, data));
        queues.stream().sorted(targetsFirst()).forEach(started::create);
        return started;
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
        var target =
                HttpRequest.newBuilder(URI.create(base))
                        .header("X-Amz-Target", "AmazonSQS." + operation);
        var reply = send(target, "application/x-amz-json-1.0", json(request));
        var body = read(reply.body());
        if (reply.statusCode() < 300) return body;
        var type = body.path("__type").asText("InternalFailure");
        throw new AwsError(
                type.substring(type.indexOf('#') + 1),
                body.path("message").asText(body.path("Message").asText()));
    }

    /** Forwards a request of the older query protocol, whose answers are XML. */
    public HttpResponse<byte[]> query(String path, byte[] form) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path)),
                "application/x-www-form-urlencoded",
                form);
    }

    /**
     * Sends a message.
     *
     * @param queue its name, ARN or URL
     */
    public void send(String queue, String body) {
        call("SendMessage", request(queue).put("MessageBody", body));
    }

    /** How many messages there are: waiting, in flight and delayed. */
    public Depth depth(String queue) {
        var request = request(queue);
        request.putArray("AttributeNames").add("All");
        var attributes = call("GetQueueAttributes", request).path("Attributes");
        return new Depth(
                attributes.path("ApproximateNumberOfMessages").asInt(),
                attributes.path("ApproximateNumberOfMessagesNotVisible").asInt(),
                attributes.path("ApproximateNumberOfMessagesDelayed").asInt());
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }

    /** A request that names the queue, given its name, ARN or URL. */
    ObjectNode request(String queue) {
        return JSON.createObjectNode()
                .put("QueueUrl", "%s/%s/%s".formatted(base, Arns.ACCOUNT, Arns.queueName(queue)));
    }

    // ElasticMQ refuses a redrive policy whose dead-letter queue is not there yet.
    private static Comparator<Template.Queue> targetsFirst() {
        return Comparator.comparing(queue -> queue.attributes().containsKey("RedrivePolicy"));
    }

    // A queue restored from disk keeps its messages, but takes its settings from the template.
    private void create(Template.Queue queue) {
        var known = isKnown(queue.name());
        var request =
                known
                        ? request(queue.name())
                        : JSON.createObjectNode().put("QueueName", queue.name());
        var attributes = request.putObject("Attributes");
        queue.attributes().forEach(attributes::put);
        call(known ? "SetQueueAttributes" : "CreateQueue", request);
    }

    private boolean isKnown(String queue) {
        try {
            call("GetQueueUrl", JSON.createObjectNode().put("QueueName", queue));
            return true;
        } catch (AwsError unknown) {
            if (unknown.type().equals("QueueDoesNotExist")) return false;
            throw unknown;
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String type, byte[] body) {
        try {
            return http.send(
                    request.header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException("ElasticMQ does not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run ends", interrupted);
        }
    }

    private static byte[] json(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (IOException failure) {
            throw new UncheckedIOException("ElasticMQ answered no JSON", failure);
        }
    }
}
