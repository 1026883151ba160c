package shop.unwind.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;

import org.crac.Core;
import org.crac.Resource;

import shop.unwind.json.Json;
import shop.unwind.log.Log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * JSON in, JSON out, with our own Jackson: Lambda's mapper cannot read records. Before a snapshot
 * is taken the function is primed; after it is restored everything that went stale is dropped.
 */
public abstract class JsonFunction implements RequestStreamHandler {
    /** Held in a field: the context knows its resources only weakly. */
    private final Resource snapshot = new Snapshot();

    protected JsonFunction() {
        Core.getGlobalContext().register(snapshot);
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        var answer =
                answer(Json.parse(input.readAllBytes()), context, new Log(context.getLogger()));
        output.write(Json.bytes(answer));
    }

    /** The answer to one invocation; what it throws reaches the caller by its class name. */
    protected abstract Object answer(JsonNode input, Context context, Log log);

    /** Goes once through what the first invocation needs; must change nothing and may fail. */
    protected void prime() {}

    /** Drops what a snapshot must not keep: cached secrets, documents, sockets. */
    protected void forget() {}

    private final class Snapshot implements Resource {
        @Override
        public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
            try {
                prime();
            } catch (RuntimeException unavailable) {
                // A function that cannot be primed still works, only slower at first.
                forget();
            }
        }

        @Override
        public void afterRestore(org.crac.Context<? extends Resource> context) {
            forget();
        }
    }
}
