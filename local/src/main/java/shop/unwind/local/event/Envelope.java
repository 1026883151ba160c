package shop.unwind.local.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.template.Arns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The form in which EventBridge hands on an event. */
final class Envelope {
    private Envelope() {}

    /** An envelope that lacks only its detail. */
    static ObjectNode of(String source, String detailType, Instant time, List<String> resources) {
        var envelope =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", "0")
                        .put("id", UUID.randomUUID().toString())
                        .put("detail-type", detailType)
                        .put("source", source)
                        .put("account", Arns.ACCOUNT)
                        .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .put("region", Arns.REGION);
        var list = envelope.putArray("resources");
        resources.forEach(list::add);
        return envelope;
    }
}
