package sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Keeps the id of an event in its table. */
public final class Keeper implements RequestStreamHandler {
    private final DynamoDbClient tables =
            DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        var id = new ObjectMapper().readTree(in).at("/detail/id").asText();
        tables.putItem(
                put ->
                        put.tableName(System.getProperty("TABLE"))
                                .item(Map.of("pk", AttributeValue.fromS(id)))
                                .conditionExpression("attribute_not_exists(pk)"));
        out.write("{}".getBytes());
    }
}
