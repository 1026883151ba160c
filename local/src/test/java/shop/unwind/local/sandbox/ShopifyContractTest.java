package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.testing.VendorFile;
import shop.unwind.testing.VendorSchema;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The vendor's schema reads what the sandbox answers to the documents that a connector sends: the
 * schema executes the same document with the sandbox's answer as its data, and must find every
 * field in its type.
 */
class ShopifyContractTest {
    private final VendorSchema schema = VendorSchema.of("shopify/admin-2026-10.trimmed.graphql");
    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults().withLimits(false));
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyDocument_shouldBeAnswered_asTheSchemaSays() {
        client.order("1001", "shopify_payments", ",\"dispute\":\"inquiry\"");
        client.order("1002", "stripe", "");
        client.order("1003", "gift_card", "");
        client.act("/shopify/_act/1003/ship", "");
        var document = Parser.parse(VendorFile.text("shopify/operations.graphql"));
        var done = new ArrayList<String>();

        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            var text = alone(document, operation);
            var variables = variables(operation.getName());
            var answer = client.graphql(text, variables);
            var wrong = schema.complaints(text, variables, answer.at("/data"));

            assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
            assertThat(wrong).as(operation.getName() + answer.text()).isEmpty();
            assertThat(userErrors(answer.at("/data"))).as(answer.text()).isZero();
            done.add(operation.getName());
        }

        assertThat(done).hasSize(13);
    }

    @Test
    void schema_shouldComplain_whenAnAnswerIsWrong() {
        client.order("1001", "shopify_payments", "");
        var query = "query($id: ID!) { order(id: $id) { id displayFinancialStatus createdAt } }";
        var variables = Json.of("id", TestingClient.gid("1001"));
        var right = client.graphql(query, variables).at("/data");
        var word = (ObjectNode) Json.parse(right.toString().replace("PAID", "PAYED")).orElseThrow();
        var missing = right.<ObjectNode>deepCopy();
        ((ObjectNode) missing.get("order")).remove("createdAt");

        assertThat(schema.complaints(query, variables, right)).isEmpty();
        assertThat(schema.complaints(query, variables, word)).isNotEmpty();
        assertThat(schema.complaints(query, variables, missing)).isNotEmpty();
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
}
