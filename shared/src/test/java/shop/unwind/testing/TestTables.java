package shop.unwind.testing;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

import java.util.ArrayList;
import java.util.List;

/** The three tables in AWS's own DynamoDB Local, in memory. */
public final class TestTables implements AutoCloseable {
    public static final String CASES = "cases";
    public static final String STEPS = "steps";
    public static final String DOCUMENTS = "documents";

    private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create(true);

    public TestTables() {
        create(CASES, "order", "item");
        create(STEPS, "step");
        create(DOCUMENTS, "doc", "edition");
    }

    public DynamoDbClient client() {
        return local.dynamoDbClient();
    }

    @Override
    public void close() {
        local.shutdownNow();
    }

    private void create(String table, String... keys) {
        var attributes = new ArrayList<AttributeDefinition>();
        var schema = new ArrayList<KeySchemaElement>();
        for (var key : List.of(keys)) {
            attributes.add(
                    AttributeDefinition.builder()
                            .attributeName(key)
                            .attributeType(ScalarAttributeType.S)
                            .build());
            schema.add(
                    KeySchemaElement.builder()
                            .attributeName(key)
                            .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                            .build());
        }
        client().createTable(
                        create ->
                                create.tableName(table)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(attributes)
                                        .keySchema(schema));
    }
}
