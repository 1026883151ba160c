package shop.unwind.local.table;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.template.Template;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * DynamoDB Local called directly: its own HTTP server takes ten milliseconds a request. Every
 * operation of the SDK's client is served by its name.
 */
public final class DynamoDb implements AwsService, AutoCloseable {
    private record Operation(Method call, Method builder) {}

    private static final Map<String, Operation> OPERATIONS =
            Arrays.stream(DynamoDbClient.class.getMethods())
                    .filter(DynamoDb::isOperation)
                    .collect(Collectors.toUnmodifiableMap(DynamoDb::name, DynamoDb::operation));

    // Held, since a logger that nobody holds forgets its level.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private final AmazonDynamoDBLocal engine;
    private final DynamoDbClient client;
    private final UnitMeter meter = new UnitMeter();

    private DynamoDb(AmazonDynamoDBLocal engine) {
        this.engine = engine;
        this.client = engine.dynamoDbClient();
    }

    /**
     * Starts the engine and makes the tables that are not there yet.
     *
     * @param data the folder that keeps them, or nothing to keep them in memory
     */
    public static DynamoDb start(List<Template.Table> tables, Optional<Path> data) {
        var started = new DynamoDb(engine(data));
        var existing = started.client.listTables().tableNames();
        for (var table : tables) if (!existing.contains(table.name())) started.create(table);
        return started;
    }

    /** What was read and written through {@link #call} so far, as AWS bills it. */
    public TableUse use() {
        return meter.use();
    }

    /** The tables by the SDK, without HTTP between. */
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public JsonNode call(String name, JsonNode request) {
        var operation = OPERATIONS.get(name);
        if (operation == null)
            throw new AwsError("UnknownOperationException", "DynamoDB has no operation " + name);
        try {
            var asked = UnitMeter.asking(request);
            var builder = SdkJson.read(asked, (SdkPojo) operation.builder().invoke(null));
            var answer = operation.call().invoke(client, ((Buildable) builder).build());
            var written = SdkJson.write((SdkPojo) answer);
            meter.count(name, written);
            if (!request.has(UnitMeter.ASKED)) written.remove(UnitMeter.ANSWERED);
            return written;
        } catch (InvocationTargetException failure) {
            meter.refused(name);
            throw error(failure.getTargetException());
        } catch (IllegalArgumentException wrong) {
            throw new AwsError("SerializationException", String.valueOf(wrong.getMessage()));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        client.close();
        engine.shutdown();
    }

    private static AmazonDynamoDBLocal engine(Optional<Path> data) {
        SQLITE.setLevel(Level.WARNING);
        var quietly = true;
        if (data.isEmpty()) return DynamoDBEmbedded.create(quietly);
        try {
            var file = Files.createDirectories(data.get()).resolve("tables.db");
            return DynamoDBEmbedded.create(file.toFile(), quietly);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make the folder " + data.get(), failure);
        }
    }

    private void create(Template.Table table) {
        try {
            client.createTable(
                    SdkJson.read(table.definition(), CreateTableRequest.builder()).build());
        } catch (AwsServiceException refused) {
            throw new IllegalArgumentException(
                    "table " + table.name() + ": " + refused.getMessage(), refused);
        }
        table.expiry()
                .ifPresent(
                        attribute ->
                                client.updateTimeToLive(
                                        request ->
                                                request.tableName(table.name())
                                                        .timeToLiveSpecification(
                                                                expiry ->
                                                                        expiry.enabled(true)
                                                                                .attributeName(
                                                                                        attribute))));
    }

    /** As AWS answers it: the item of a failed condition and the reasons of a transaction stay. */
    private static RuntimeException error(Throwable thrown) {
        if (!(thrown instanceof AwsServiceException refused))
            return new IllegalStateException("DynamoDB Local failed", thrown);
        var said = refused.awsErrorDetails();
        return new AwsError(said.errorCode(), said.errorMessage(), SdkJson.write(refused));
    }

    private static boolean isOperation(Method method) {
        return method.getParameterCount() == 1
                && DynamoDbRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && SdkPojo.class.isAssignableFrom(method.getReturnType());
    }

    private static String name(Method method) {
        var name = method.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static Operation operation(Method method) {
        try {
            return new Operation(method, method.getParameterTypes()[0].getMethod("builder"));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
