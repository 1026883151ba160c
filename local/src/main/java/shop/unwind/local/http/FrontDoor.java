package shop.unwind.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.queue.Queues;
import shop.unwind.local.template.Arns;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one port. Requests with {@code X-Amz-Target} go to the service of that name, the older query
 * protocol of SQS to its queues, Lambda's own paths to the functions, all others to the HTTP API.
 */
public final class FrontDoor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL = "application/x-amz-json-1.0";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private FrontDoor(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port, without answering yet.
     *
     * @param port 0 for any that is free
     */
    public static FrontDoor bind(int port) {
        return new FrontDoor(Listener.bind(port));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Begins to answer.
     *
     * @param services by the part of {@code X-Amz-Target} before the dot
     */
    public void open(
            Map<String, AwsService> services, Queues queues, LambdaApi functions, HttpApi api) {
        server.createContext("/", exchange -> serve(exchange, services, queues, functions, api));
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(
            HttpExchange exchange,
            Map<String, AwsService> services,
            Queues queues,
            LambdaApi functions,
            HttpApi api)
            throws IOException {
        try (exchange) {
            answer(exchange, services, queues, functions, api).send(exchange);
        }
    }

    private static Reply answer(
            HttpExchange exchange,
            Map<String, AwsService> services,
            Queues queues,
            LambdaApi functions,
            HttpApi api)
            throws IOException {
        if (!Framing.isPlain(exchange.getRequestHeaders()))
            return HttpApi.malformed().with("Connection", "close");
        var body = body(exchange);
        if (body.isEmpty()) return HttpApi.tooLong();
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) return call(services, target, body.get());
        if (isQuery(exchange)) return query(queues, exchange, body.get());
        if (functions.isAsked(exchange)) return functions.answer(exchange, body.get());
        return api.answer(exchange, body.get());
    }

    // Read to the end even when too long: a client still sending would not see the answer.
    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        var in = exchange.getRequestBody();
        var body = in.readNBytes(HttpApi.MOST_BYTES + 1);
        if (body.length <= HttpApi.MOST_BYTES) return Optional.of(body);
        in.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
    }

    private static Reply call(Map<String, AwsService> services, String target, byte[] body) {
        var dot = target.lastIndexOf('.');
        var service = services.get(target.substring(0, Math.max(0, dot)));
        var id = UUID.randomUUID().toString();
        return call(Optional.ofNullable(service), target.substring(dot + 1), body)
                .with("x-amzn-RequestId", id);
    }

    private static Reply call(Optional<AwsService> service, String operation, byte[] body) {
        try {
            var request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            return Reply.json(
                    200,
                    PROTOCOL,
                    service.orElseThrow(FrontDoor::unknown).call(operation, request));
        } catch (AwsError error) {
            return Reply.json(400, PROTOCOL, error(error));
        } catch (IOException unreadable) {
            return Reply.json(
                    400, PROTOCOL, error(new AwsError("SerializationException", "no JSON")));
        } catch (RuntimeException failure) {
            return Reply.json(
                    500, PROTOCOL, error(new AwsError("InternalFailure", failure.toString())));
        }
    }

    private static AwsError unknown() {
        return new AwsError("UnknownOperationException", "no such service on this machine");
    }

    private static JsonNode error(AwsError error) {
        return error.details()
                .put("__type", error.type())
                .put("message", String.valueOf(error.getMessage()));
    }

    private static boolean isQuery(HttpExchange exchange) {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return exchange.getRequestURI().getPath().startsWith("/" + Arns.ACCOUNT + "/")
                || (authorization != null && authorization.contains("/sqs/aws4_request"));
    }

    private static Reply query(Queues queues, HttpExchange exchange, byte[] body) {
        var answer = queues.query(exchange.getRequestURI().getRawPath(), body);
        var type = answer.headers().firstValue("Content-Type").orElse("text/xml");
        return new Reply(
                answer.statusCode(), List.of(Map.entry("Content-Type", type)), answer.body());
    }
}
