package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The vendor's schema reads what the sandbox answers to the documents that a connector sends: the
 * schema executes the same document with the sandbox's answer as its data, and must find every
 * field in its type.
 */
class ShopifyContractTest {
    private static final Coercing<Object, Object> AS_IS =
            new Coercing<>() {
                @Override
                public Object serialize(Object value, GraphQLContext context, Locale locale) {
                    return value;
                }

                @Override
                public Object parseValue(Object value, GraphQLContext context, Locale locale) {
                    return value;
                }
            };

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyDocument_shouldBeAnswered_asTheSchemaSays() throws Exception {
        var schema = schema();
        client.order("1001", "shopify_payments", ",\"dispute\":\"inquiry\"");
        client.order("1002", "stripe", "");
        client.order("1003", "gift_card", "");
        client.act("/shopify/_act/1003/ship", "");
        var document = Parser.parse(Files.readString(Contracts.file("shopify/operations.graphql")));
        var done = new ArrayList<String>();

        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            var text = alone(document, operation);
            var variables = variables(operation.getName());
            var answer = client.graphql(text, variables);
            var read = read(schema, text, variables, answer.at("/data"));

            assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
            assertThat(read.getErrors()).as(operation.getName() + answer.text()).isEmpty();
            assertThat(userErrors(answer.at("/data"))).as(answer.text()).isZero();
            done.add(operation.getName());
        }

        assertThat(done).hasSize(13);
    }

    @Test
    void schema_shouldComplain_whenAnAnswerIsWrong() throws Exception {
        var schema = schema();
        client.order("1001", "shopify_payments", "");
        var query = "query($id: ID!) { order(id: $id) { id displayFinancialStatus createdAt } }";
        var variables = Json.of("id", TestingClient.gid("1001"));
        var right = client.graphql(query, variables).at("/data");
        var word = (ObjectNode) Json.parse(right.toString().replace("PAID", "PAYED")).orElseThrow();
        var missing = right.<ObjectNode>deepCopy();
        ((ObjectNode) missing.get("order")).remove("createdAt");

        assertThat(read(schema, query, variables, right).getErrors()).isEmpty();
        assertThat(read(schema, query, variables, word).getErrors()).isNotEmpty();
        assertThat(read(schema, query, variables, missing).getErrors()).isNotEmpty();
    }

    private JsonNode variables(String operation) {
        var id = TestingClient.gid("1001");
        var paid = ShopifyOrder.id("1001") * 1000 + 1;
        var shipped = client.state("shopify").at("/orders/" + ShopifyOrder.id("1003"));
        var line =
                Json.of(
                        "lineItemId",
                        ShopifyBook.gid("LineItem", ShopifyOrder.id("1001") * 100 + 1),
                        "quantity",
                        1,
                        "restockType",
                        "CANCEL",
                        "locationId",
                        "gid://shopify/Location/9");
        return switch (operation) {
            case "OrderById" -> Json.of("id", id);
            case "OrderByName" -> Json.of("q", "name:#1001");
            case "CancelOrder" ->
                    Json.of(
                            "orderId",
                            TestingClient.gid("1002"),
                            "reason",
                            "CUSTOMER",
                            "restock",
                            true,
                            "refundMethod",
                            Json.of("originalPaymentMethodsRefund", true),
                            "staffNote",
                            "case 1");
            case "CancelStatus" ->
                    Json.of(
                            "jobResultId",
                            "gid://shopify/OrderCancelJobResult/" + job(),
                            "orderId",
                            id);
            case "JobStatus" -> Json.of("jobId", "gid://shopify/Job/" + job());
            case "SuggestRefund" ->
                    Json.of("id", id, "lines", List.of(line), "refundShipping", true);
            case "RefundPart" -> {
                var money =
                        Json.of(
                                "orderId", id,
                                "kind", "REFUND",
                                "gateway", "shopify_payments",
                                "amount", "20.80",
                                "parentId", ShopifyBook.gid("OrderTransaction", paid));
                var input =
                        Json.of(
                                "orderId", id,
                                "refundLineItems", List.of(line),
                                "transactions", List.of(money));
                yield Json.of("input", input, "idempotencyKey", "k1");
            }
            case "Returnable" -> Json.of("orderId", TestingClient.gid("1003"));
            case "OpenReturn" -> {
                var fulfilled = shipped.at("/fulfillments/0/lines/0/id").asLong();
                var item =
                        Json.of(
                                "fulfillmentLineItemId",
                                ShopifyBook.gid("FulfillmentLineItem", fulfilled),
                                "quantity",
                                1);
                yield Json.of(
                        "returnInput",
                        Json.of(
                                "orderId", TestingClient.gid("1003"),
                                "returnLineItems", List.of(item)));
            }
            case "TagOrder" -> Json.of("id", id, "tags", List.of("unwind"));
            case "NoteOrder" -> Json.of("input", Json.of("id", id, "note", "case 1"));
            case "Subscribe" ->
                    Json.of(
                            "topic",
                            "ORDERS_CANCELLED",
                            "webhookSubscription",
                            Json.of("uri", "https://unwind.test/x", "format", "JSON"));
            default -> Json.of();
        };
    }

    private String job() {
        return client.state("shopify").path("jobs").fieldNames().next();
    }

    private static int userErrors(JsonNode data) {
        return data.findValues("userErrors").stream().mapToInt(JsonNode::size).sum()
                + data.findValues("orderCancelUserErrors").stream().mapToInt(JsonNode::size).sum();
    }

    /** The operation with the fragments it uses, and no others. */
    private static String alone(Document document, OperationDefinition operation) {
        var text = AstPrinter.printAst(operation);
        var names = new TreeSet<String>();
        for (var grown = true; grown; ) {
            grown = false;
            for (var fragment : document.getDefinitionsOfType(FragmentDefinition.class))
                if (text.contains("..." + fragment.getName()) && names.add(fragment.getName())) {
                    text += "\n" + AstPrinter.printAst(fragment);
                    grown = true;
                }
        }
        return text;
    }

    private static ExecutionResult read(
            GraphQL schema, String text, JsonNode variables, JsonNode data) {
        return schema.execute(
                ExecutionInput.newExecutionInput(text)
                        .variables(map(variables))
                        .root(map(data))
                        .build());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return Json.MAPPER.convertValue(node, Map.class);
    }

    private static GraphQL schema() throws IOException {
        var sdl = Files.readString(Contracts.file("shopify/admin-2026-10.trimmed.graphql"));
        var types = new SchemaParser().parse(sdl);
        return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(types, wiring(types)))
                .build();
    }

    private static RuntimeWiring wiring(TypeDefinitionRegistry types) {
        var wiring = RuntimeWiring.newRuntimeWiring();
        for (var scalar : List.of("DateTime", "Decimal", "JSON", "Money", "URL", "UnsignedInt64"))
            wiring.scalar(GraphQLScalarType.newScalar().name(scalar).coercing(AS_IS).build());
        for (var each : types.getTypes(graphql.language.InterfaceTypeDefinition.class))
            wiring.type(
                    each.getName(),
                    type ->
                            type.typeResolver(
                                    environment -> {
                                        Map<String, Object> object = environment.getObject();
                                        var name =
                                                object.containsKey("status")
                                                        ? "OrderCancelJobResult"
                                                        : "Order";
                                        return environment.getSchema().getObjectType(name);
                                    }));
        return wiring.build();
    }
}
