package shop.unwind.testing;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The three tables in AWS's own DynamoDB Local, in memory. */
public final class TestTables implements AutoCloseable {
    public static final String CASES = "cases";
    public static final String STEPS = "steps";
    public static final String DOCUMENTS = "documents";

    private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create(true);

    public TestTables() {
        client().createTable(
                        table(CASES, "order", "item")
                                .attributeDefinitions(attributes("order", "item", "day"))
                                .globalSecondaryIndexes(index("recent", "day", "order"))
                                .build());
        client().createTable(table(STEPS, "step").build());
        client().createTable(table(DOCUMENTS, "doc", "edition").build());
    }

    public DynamoDbClient client() {
        return local.dynamoDbClient();
    }

    @Override
    public void close() {
        local.shutdownNow();
    }

    private static CreateTableRequest.Builder table(String name, String... keys) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes(keys))
                .keySchema(schema(keys));
    }

    private static GlobalSecondaryIndex index(String name, String... keys) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(schema(keys))
                .projection(all -> all.projectionType(ProjectionType.ALL))
                .build();
    }

    private static List<AttributeDefinition> attributes(String... names) {
        return Stream.of(names)
                .map(
                        name ->
                                AttributeDefinition.builder()
                                        .attributeName(name)
                                        .attributeType(ScalarAttributeType.S)
                                        .build())
                .toList();
    }

    private static List<KeySchemaElement> schema(String... keys) {
        var schema = new ArrayList<KeySchemaElement>();
        for (var key : keys)
            schema.add(
                    KeySchemaElement.builder()
                            .attributeName(key)
                            .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                            .build());
        return schema;
    }
}
