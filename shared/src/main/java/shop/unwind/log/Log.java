package shop.unwind.log;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Writes to the function's log. Every text goes through {@link Redaction}. */
public final class Log {
    private static final String NAMESPACE = "Unwind";

    private final LambdaLogger logger;
    private final Map<String, String> context;

    public Log(LambdaLogger logger) {
        this(logger, Map.of());
    }

    private Log(LambdaLogger logger, Map<String, String> context) {
        this.logger = logger;
        this.context = context;
    }

    /** The same log with one more field on every line, such as {@code case}. */
    public Log with(String field, String value) {
        var more = new TreeMap<>(context);
        more.put(field, value);
        return new Log(logger, more);
    }

    public void info(String message) {
        write(LogLevel.INFO, line("INFO", message));
    }

    /** Something that staff or an operator should look at. */
    public void warn(String message) {
        write(LogLevel.WARN, line("WARN", message));
    }

    public void warn(String message, Throwable cause) {
        warn(message + ": " + cause.getClass().getName() + ": " + cause.getMessage());
    }

    /**
     * Counts one, in the embedded metric format.
     *
     * @param name such as {@code Refunded}
     * @param platform the only dimension: each value is a metric that is paid for
     */
    public void count(String name, String platform, Instant at) {
        var line = Json.object();
        var aws = line.putObject("_aws").put("Timestamp", at.toEpochMilli());
        var metrics = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray().add("Platform");
        metrics.putArray("Metrics").addObject().put("Name", name).put("Unit", "Count");
        line.put("Platform", platform).put(name, 1);
        write(LogLevel.INFO, line);
    }

    private ObjectNode line(String level, String message) {
        var line = Json.object().put("level", level).put("message", Redaction.clean(message));
        context.forEach((field, value) -> line.put(field, Redaction.clean(value)));
        return line;
    }

    private void write(LogLevel level, ObjectNode line) {
        logger.log(Json.bytes(line), level);
    }
}
