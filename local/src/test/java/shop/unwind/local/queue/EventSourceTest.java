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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

class EventSourceTest {
    private static final Logger LOG = Logger.getLogger(EventSource.class.getName());
    private static final String QUEUE = "late";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void queueThatDoesNotAnswer_shouldBeAskedAgain() throws Exception {
        var mapping = new Template.Mapping(QUEUE, "nobody", 1, true, 1);
        var log = new RunLog(OutputStream.nullOutputStream(), InstantSource.system());
        var refused = new CountDownLatch(1);
        var listening = listener(refused);
        LOG.addHandler(listening);
        try (var queues = Queues.start(List.of(), 1, Optional.empty());
                var lambda = Lambda.of(List.of(), folder, log);
                var _ = EventSource.start(mapping, queues, lambda)) {
            assertThat(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            queues.call(
                    "CreateQueue", JsonNodeFactory.instance.objectNode().put("QueueName", QUEUE));
            queues.send(QUEUE, "wanted");

            var end = System.nanoTime() + PATIENCE.toNanos();
            while (queues.depth(QUEUE).inFlight() == 0 && System.nanoTime() < end) Thread.sleep(50);
            assertThat(queues.depth(QUEUE).inFlight()).isEqualTo(1);
        } finally {
            LOG.removeHandler(listening);
        }
    }

    private static Handler listener(CountDownLatch heard) {
        return new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                heard.countDown();
            }
        };
    }
}
