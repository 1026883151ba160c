package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.stack.Stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** The requests' queue and its dead-letter queue, as an operator sees them. */
final class Post {
    private static final String REQUESTS = "Requests";
    private static final String PARKED = "RequestsDlq";

    private final Stack stack;

    Post(Stack stack) {
        this.stack = stack;
    }

    /** Lets a message that was not taken come back sooner than the template says. */
    void comeBackAfter(Duration pause) {
        var request = queue(REQUESTS);
        request.putObject("Attributes").put("VisibilityTimeout", Long.toString(pause.toSeconds()));
        call("SetQueueAttributes", request);
    }

    void send(String body) {
        call("SendMessage", queue(REQUESTS).put("MessageBody", body));
    }

    /** The bodies in the dead-letter queue; they stay there. */
    List<String> parked() {
        var bodies = new LinkedHashMap<String, String>();
        while (true) {
            var before = bodies.size();
            for (var message : receive(0))
                bodies.put(message.path("MessageId").asText(), message.path("Body").asText());
            if (bodies.size() == before) return List.copyOf(bodies.values());
        }
    }

    /** Moves everything from the dead-letter queue back, as an SQS redrive does. */
    void redrive() {
        for (var messages = receive(30); !messages.isEmpty(); messages = receive(30))
            for (var message : messages) {
                send(message.path("Body").asText());
                var handle = message.path("ReceiptHandle").asText();
                call("DeleteMessage", queue(PARKED).put("ReceiptHandle", handle));
            }
    }

    private JsonNode receive(int hiddenSeconds) {
        var request = queue(PARKED);
        request.put("MaxNumberOfMessages", 10).put("VisibilityTimeout", hiddenSeconds);
        return call("ReceiveMessage", request).path("Messages");
    }

    private ObjectNode queue(String name) {
        var url = "%s/000000000000/%s".formatted(stack.endpoint(), stack.name(name));
        return JsonNodeFactory.instance.objectNode().put("QueueUrl", url);
    }

    private JsonNode call(String operation, ObjectNode request) {
        return stack.service("AmazonSQS").call(operation, request);
    }
}
