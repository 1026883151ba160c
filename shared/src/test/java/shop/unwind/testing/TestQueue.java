package shop.unwind.testing;

import shop.unwind.domain.Request;
import shop.unwind.json.Json;
import shop.unwind.queue.Requests;

import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The requests queue as a list. */
public final class TestQueue implements SqsClient {
    private final List<Request> sent = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private final AtomicReference<Runnable> afterNext = new AtomicReference<>(() -> {});

    public Requests requests() {
        return new Requests(this, "https://sqs.example/requests");
    }

    public List<Request> sent() {
        return List.copyOf(sent);
    }

    /** From now on nothing is taken. */
    public void goDown() {
        down = true;
    }

    /** What happens right after the next request is taken. */
    public void afterNext(Runnable happens) {
        afterNext.set(happens);
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        if (down) throw SqsException.builder().message("the queue is down").build();
        sent.add(Json.read(request.messageBody(), Request.class));
        afterNext.getAndSet(() -> {}).run();
        return SendMessageResponse.builder().messageId("m" + sent.size()).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
