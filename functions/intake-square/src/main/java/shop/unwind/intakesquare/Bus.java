package shop.unwind.intakesquare;

import shop.unwind.event.SquareEvents;
import shop.unwind.event.SquareEvents.Notice;
import shop.unwind.json.Json;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** Puts notices on the stack's event bus. Once it returns, they cannot be lost. */
final class Bus {
    private final EventBridgeClient events;
    private final String name;

    Bus(EventBridgeClient events, String name) {
        this.events = events;
        this.name = name;
    }

    void put(Notice notice) {
        var entry =
                PutEventsRequestEntry.builder()
                        .eventBusName(name)
                        .source(SquareEvents.SOURCE)
                        .detailType(notice.type())
                        .detail(Json.write(notice))
                        .build();
        var failed = events.putEvents(put -> put.entries(entry)).failedEntryCount();
        if (failed > 0) throw new IllegalStateException("the event was not taken");
    }
}
