package shop.unwind.intakesquare;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** EventBridge that keeps what it took. */
final class FakeEvents implements EventBridgeClient {
    private final List<PutEventsRequestEntry> put = new CopyOnWriteArrayList<>();
    private volatile boolean refuses;

    List<PutEventsRequestEntry> put() {
        return List.copyOf(put);
    }

    void refuses() {
        refuses = true;
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        var failed = refuses ? request.entries().size() : 0;
        if (!refuses) put.addAll(request.entries());
        return PutEventsResponse.builder().failedEntryCount(failed).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
