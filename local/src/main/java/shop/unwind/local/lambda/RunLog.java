package shop.unwind.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The log of one run, a line for each entry, in Lambda's JSON format. */
public final class RunLog {
    private final OutputStream out;
    private final InstantSource clock;

    public RunLog(OutputStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** The logger of one invocation. Bytes go out as they are, texts with time, level and id. */
    LambdaLogger logger(String function, String requestId) {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log(message, LogLevel.UNDEFINED);
            }

            @Override
            public void log(byte[] message) {
                write(message);
            }

            @Override
            public void log(String message, LogLevel level) {
                write(function, requestId, level.name(), message);
            }

            @Override
            public void log(byte[] message, LogLevel level) {
                write(message);
            }
        };
    }

    /** An entry of the platform itself, such as a time-out. */
    void write(String function, String requestId, String level, String message) {
        var line =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("timestamp", clock.instant().toString())
                        .put("level", level)
                        .put("message", message.stripTrailing())
                        .put("AWSRequestId", requestId)
                        .put("function", function);
        write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(byte[] line) {
        try {
            out.write(line);
            if (line.length == 0 || line[line.length - 1] != '\n') out.write('\n');
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the run's log", failure);
        }
    }
}
