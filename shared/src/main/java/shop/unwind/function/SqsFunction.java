package shop.unwind.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.log.Log;

import java.util.ArrayList;

/**
 * Takes messages from a queue one by one. A message that fails comes back alone, and ends in the
 * dead-letter queue when it keeps failing; its neighbours are done with.
 */
public abstract class SqsFunction extends JsonFunction {
    @Override
    protected final Object answer(JsonNode event, Context context, Log log) {
        var failed = new ArrayList<BatchItemFailure>();
        for (var message : event.path("Records")) {
            var id = message.path("messageId").asText();
            try {
                take(Json.parse(message.path("body").asText()), log.with("messageId", id));
            } catch (RuntimeException failure) {
                log.with("messageId", id).warn("not taken, comes back", failure);
                failed.add(new BatchItemFailure(id));
            }
        }
        return new SQSBatchResponse(failed);
    }

    /** Takes one message; throws to have it delivered again. */
    protected abstract void take(JsonNode body, Log log);
}
