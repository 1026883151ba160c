package shop.unwind.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.lambda.RunLog;
import shop.unwind.local.template.Template;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

class EventSourceTest {
    private static final String QUEUE = "late";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void queueThatDoesNotAnswer_shouldBeAskedAgain() throws Exception {
        var mapping = new Template.Mapping(QUEUE, "nobody", 1, true, 1);
        var log = new RunLog(OutputStream.nullOutputStream(), InstantSource.system());
        try (var queues = Queues.start(List.of(), 1, Optional.empty());
                var lambda = Lambda.of(List.of(), folder, log);
                var _ = EventSource.start(mapping, queues, lambda)) {
            Thread.sleep(100);
            queues.call(
                    "CreateQueue", JsonNodeFactory.instance.objectNode().put("QueueName", QUEUE));
            queues.send(QUEUE, "wanted");

            var end = System.nanoTime() + PATIENCE.toNanos();
            while (queues.depth(QUEUE).inFlight() == 0 && System.nanoTime() < end) Thread.sleep(50);
            assertThat(queues.depth(QUEUE).inFlight()).isEqualTo(1);
        }
    }
}
