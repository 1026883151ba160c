package shop.unwind.testing;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Invokes a function as Lambda does, bytes in and bytes out, and keeps what it logged. */
public final class TestLambda implements Context, LambdaLogger {
    private static final int MILLIS_LEFT = 30_000;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** A sample event, such as {@code slack/approve}. */
    public static JsonNode event(String name) {
        try {
            return Json.parse(Files.readAllBytes(Path.of("../../events", name + ".json")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    public JsonNode invoke(RequestStreamHandler function, JsonNode event) {
        var output = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(Json.bytes(event)), output, this);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Json.parse(output.toByteArray());
    }

    /** Every line that was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void log(String message) {
        lines.add(message);
    }

    @Override
    public void log(byte[] message) {
        lines.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public LambdaLogger getLogger() {
        return this;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return MILLIS_LEFT;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 1024;
    }

    @Override
    public String getAwsRequestId() {
        return "request-1";
    }

    @Override
    public String getLogGroupName() {
        return "test";
    }

    @Override
    public String getLogStreamName() {
        return "test";
    }

    @Override
    public String getFunctionName() {
        return "test";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:eu-central-1:123456789012:function:test:live";
    }

    /** Mobile apps alone have one. */
    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException();
    }

    /** Mobile apps alone have one. */
    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException();
    }
}
