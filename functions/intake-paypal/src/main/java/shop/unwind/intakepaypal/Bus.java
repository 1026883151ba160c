package shop.unwind.intakepaypal;

import shop.unwind.event.PayPalEvents;
import shop.unwind.event.PayPalEvents.Notice;
import shop.unwind.json.Json;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

import java.util.List;

/** Puts notices on the stack's event bus. Once it returns, they cannot be lost. */
final class Bus {
    /** EventBridge takes no more in one call. */
    private static final int BATCH = 10;

    private final EventBridgeClient events;
    private final String name;

    Bus(EventBridgeClient events, String name) {
        this.events = events;
        this.name = name;
    }

    void put(List<Notice> notices) {
        for (var from = 0; from < notices.size(); from += BATCH)
            putBatch(notices.subList(from, Math.min(notices.size(), from + BATCH)));
    }

    /** What was taken of a batch that failed in part comes again, and is known again. */
    private void putBatch(List<Notice> notices) {
        var entries = notices.stream().map(this::entry).toList();
        var failed = events.putEvents(put -> put.entries(entries)).failedEntryCount();
        if (failed > 0) throw new IllegalStateException(failed + " events were not taken");
    }

    private PutEventsRequestEntry entry(Notice notice) {
        return PutEventsRequestEntry.builder()
                .eventBusName(name)
                .source(PayPalEvents.SOURCE)
                .detailType(notice.type())
                .detail(Json.write(notice))
                .build();
    }
}
