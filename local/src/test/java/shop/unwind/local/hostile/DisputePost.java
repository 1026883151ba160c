package shop.unwind.local.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;
import shop.unwind.local.command.Machine;

import java.util.List;
import java.util.stream.Stream;

/**
 * The way of Stripe's events: the bus, the queue behind it, and where what nobody takes is kept.
 */
final class DisputePost {
    private static final String QUEUE = "DisputeEvents";
    private static final String PARKED = "DisputeEventsDlq";

    private final Machine machine;

    /** What is not taken comes back after a second, not after three minutes. */
    DisputePost(Machine machine) {
        this.machine = machine;
        var request = queue(QUEUE);
        request.putObject("Attributes").put("VisibilityTimeout", "1");
        machine.stack().service("AmazonSQS").call("SetQueueAttributes", request);
    }

    void send(Envelope envelope) {
        if (envelope.onBus()) machine.publish((ObjectNode) Json.parse(envelope.text()));
        else machine.stack().queues().send(machine.stack().name(QUEUE), envelope.text());
    }

    boolean isAtRest(List<Envelope> sent) {
        var awaited = sent.stream().filter(Envelope::parked).count();
        return depth(QUEUE) == 0 && depth(PARKED) >= awaited;
    }

    /** What nobody took; it stays there. */
    List<String> parked() {
        return Stream.generate(this::received)
                .limit(depth(PARKED))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<String> received() {
        var request = queue(PARKED).put("MaxNumberOfMessages", 10).put("VisibilityTimeout", 60);
        return machine.stack()
                .service("AmazonSQS")
                .call("ReceiveMessage", request)
                .path("Messages")
                .valueStream()
                .map(message -> message.path("Body").asText())
                .toList();
    }

    private int depth(String name) {
        return machine.stack().queues().depth(machine.stack().name(name)).total();
    }

    private ObjectNode queue(String name) {
        var url = machine.url() + "/000000000000/" + machine.stack().name(name);
        return Json.object().put("QueueUrl", url);
    }
}
