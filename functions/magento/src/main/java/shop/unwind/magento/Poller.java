package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Request;
import shop.unwind.event.MagentoEvents;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What happened in a shop that tells nobody of it. */
final class Poller {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final RestApi api;
    private final InstantSource clock;

    Poller(Platform platform) {
        this.api = new RestApi(platform);
        this.clock = platform.clock();
    }

    /** Orders cancelled and credit memos made after this time. */
    List<Request> since(Instant time) {
        var after = TIME.format(time);
        var canceled =
                Search.by("state", "canceled")
                        .and("updated_at", "gt", after)
                        .sortedBy("updated_at");
        var made = Search.all().and("created_at", "gt", after).sortedBy("created_at");
        var requests = new ArrayList<Request>();
        collect("/orders", canceled, MagentoEvents::ofOrder, requests);
        collect("/creditmemos", made, MagentoEvents::ofCreditMemo, requests);
        return List.copyOf(requests);
    }

    private void collect(
            String path,
            Search search,
            BiFunction<JsonNode, Instant, Optional<Request>> reader,
            List<Request> requests) {
        for (var each : api.list(path, search))
            reader.apply(each, clock.instant()).ifPresent(requests::add);
    }
}
