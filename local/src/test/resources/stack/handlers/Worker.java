package sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Queue;

/**
 * Does the messages of a batch; one that says "bad" fails, one that says "worse" fails the batch.
 */
public final class Worker implements RequestStreamHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    @SuppressWarnings("unchecked")
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        var seen = (Queue<String>) System.getProperties().get("test.seen");
        var answer = JSON.createObjectNode();
        var failures = answer.putArray("batchItemFailures");
        for (var message : JSON.readTree(in).path("Records")) {
            var body = message.path("body").asText();
            seen.add(body + message.at("/messageAttributes/kind/stringValue").asText());
            if (body.equals("worse")) throw new IOException("worse");
            if (body.equals("bad"))
                failures.addObject().put("itemIdentifier", message.path("messageId").asText());
        }
        JSON.writeValue(out, answer);
    }
}
