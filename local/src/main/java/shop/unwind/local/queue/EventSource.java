package shop.unwind.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.lambda.Invocation;
import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Feeds a queue's messages to a function, batch by batch. What the function has dealt with is
 * deleted; the rest comes back when its visibility time-out ends, and goes to the dead-letter queue
 * in the end.
 */
public final class EventSource implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventSource.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Template.Mapping mapping;
    private final Queues queues;
    private final Lambda lambda;
    private final Semaphore batches;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private EventSource(Template.Mapping mapping, Queues queues, Lambda lambda) {
        this.mapping = mapping;
        this.queues = queues;
        this.lambda = lambda;
        this.batches = new Semaphore(mapping.concurrency());
    }

    /** Begins to poll. */
    public static EventSource start(Template.Mapping mapping, Queues queues, Lambda lambda) {
        var source = new EventSource(mapping, queues, lambda);
        source.threads.execute(source::poll);
        return source;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void poll() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                batches.acquire();
                var messages = patiently(this::receive);
                if (messages.isEmpty()) batches.release();
                else threads.execute(() -> deliver(messages));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A queue that does not answer is asked again: AWS does not give up either. */
    private static JsonNode patiently(Supplier<JsonNode> question) throws InterruptedException {
        while (true) {
            try {
                return question.get();
            } catch (RuntimeException failure) {
                Thread.sleep(PAUSE);
                LOG.log(Level.WARNING, "a queue does not answer", failure);
            }
        }
    }

    private JsonNode receive() {
        var request = queues.request(mapping.queue());
        request.put("MaxNumberOfMessages", mapping.batchSize()).put("WaitTimeSeconds", 20);
        request.putArray("AttributeNames").add("All");
        request.putArray("MessageAttributeNames").add("All");
        return queues.call("ReceiveMessage", request).path("Messages");
    }

    private void deliver(JsonNode messages) {
        try {
            var event = JSON.createObjectNode();
            var records = event.putArray("Records");
            for (var message : messages) records.add(record(message));
            delete(
                    messages,
                    failures(messages, lambda.invoke(mapping.function(), event.toString())));
        } finally {
            batches.release();
        }
    }

    private ObjectNode record(JsonNode message) {
        var record = JSON.createObjectNode();
        record.put("messageId", message.path("MessageId").asText());
        record.put("receiptHandle", message.path("ReceiptHandle").asText());
        record.put("body", message.path("Body").asText());
        record.set("attributes", message.path("Attributes"));
        var attributes = record.putObject("messageAttributes");
        for (var attribute : message.path("MessageAttributes").properties())
            attributes.set(attribute.getKey(), attribute(attribute.getValue()));
        record.put("md5OfBody", message.path("MD5OfBody").asText());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", Arns.of("sqs", Arns.queueName(mapping.queue())));
        return record.put("awsRegion", Arns.REGION);
    }

    private static ObjectNode attribute(JsonNode value) {
        var attribute = JSON.createObjectNode();
        if (value.has("StringValue")) attribute.set("stringValue", value.get("StringValue"));
        if (value.has("BinaryValue")) attribute.set("binaryValue", value.get("BinaryValue"));
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        return attribute.put("dataType", value.path("DataType").asText());
    }

    /** The ids that are to come back. An answer that makes no sense means all of them. */
    private Set<String> failures(JsonNode messages, Invocation outcome) {
        var all = ids(messages);
        return switch (outcome) {
            case Invocation.Failed _ -> all;
            case Invocation.Answered(var payload) ->
                    mapping.partialFailures() ? reported(payload, all) : Set.of();
        };
    }

    private static Set<String> reported(String answer, Set<String> all) {
        try {
            var failed = new HashSet<String>();
            for (var failure : JSON.readTree(answer).path("batchItemFailures"))
                failed.add(failure.path("itemIdentifier").asText(""));
            return all.containsAll(failed) ? failed : all;
        } catch (JsonProcessingException _) {
            return all;
        }
    }

    private static Set<String> ids(JsonNode messages) {
        var ids = new HashSet<String>();
        for (var message : messages) ids.add(message.path("MessageId").asText());
        return ids;
    }

    private void delete(JsonNode messages, Set<String> failed) {
        var request = queues.request(mapping.queue());
        var entries = request.putArray("Entries");
        for (var message : messages)
            if (!failed.contains(message.path("MessageId").asText()))
                entries.addObject()
                        .put("Id", message.path("MessageId").asText())
                        .put("ReceiptHandle", message.path("ReceiptHandle").asText());
        if (!entries.isEmpty()) queues.call("DeleteMessageBatch", request);
    }
}
