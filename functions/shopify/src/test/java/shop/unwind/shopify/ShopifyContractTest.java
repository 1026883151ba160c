package shop.unwind.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.language.InterfaceTypeDefinition;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Money;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Why;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.words.Letter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The vendor's schema takes every document and every variable that the connector sends. */
final class ShopifyContractTest {
    private static final Coercing<Object, Object> AS_IS =
            new Coercing<>() {
                @Override
                public Object parseValue(Object value, GraphQLContext context, Locale locale) {
                    return value;
                }
            };

    private static final OrderRef ORDER = new OrderRef("shopify", "1001");
    private static final CaseId CASE = new CaseId(ORDER, 1);
    private static final Attempt ATTEMPT = new Attempt(CASE, "cancel", 1);
    private static final Money PAID = new Money(4660, "USD");

    private final FakePlatform platform = new FakePlatform();
    private final Shopify shopify =
            new Shopify(
                    TestPlatform.of(
                            "shopify",
                            Json.object().put("baseUrl", platform.url()).put("locationId", "9"),
                            Map.of("accessToken", "shpat_contract"),
                            new TestClock()));
    private final GraphQL schema = schema();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void reads_shouldBeWhatTheSchemaTakes() {
        answers("order", "worth");
        platform.answers(200, Canned.byId(Canned.object("order")));
        answers("no-order");
        answers("no-order");

        shopify.priced(shopify.read(ORDER));
        shopify.read("5001.88");
        shopify.probe();
        shopify.eventsSince(Instant.EPOCH);

        assertTaken(5);
    }

    @Test
    void inquiry_shouldBeAskedForAsTheSchemaTakes() {
        var answer = Canned.object("order");
        Canned.node(answer)
                .putArray("disputes")
                .addObject()
                .put("id", "gid://shopify/OrderDisputeSummary/31")
                .put("initiatedAs", "INQUIRY")
                .put("status", "NEEDS_RESPONSE");
        platform.answers(200, Json.write(answer));
        platform.answers(200, "{\"data\":{\"dispute\":null}}");

        shopify.read(ORDER);

        assertTaken(2);
    }

    @Test
    void cancel_shouldBeWhatTheSchemaTakes() {
        for (var why : Why.values()) {
            answers("order", "cancel", "cancelled");
            shopify.cancel(ORDER, plan(List.of(), why)).act(ATTEMPT);
        }

        assertTaken(3 * Why.values().length);
    }

    @Test
    void cancelOfLines_shouldBeWhatTheSchemaTakes() {
        answers("order", "refund");

        shopify.cancel(ORDER, plan(List.of(new Plan.Units("71", 1)), Why.CUSTOMER)).act(ATTEMPT);

        assertTaken(2);
    }

    @Test
    void refund_shouldBeWhatTheSchemaTakes() {
        var none = Money.zero("USD");
        var payment =
                new Payment(new PaymentRef("shopify", "5001.88"), none, PAID, none, List.of());
        platform.answers(200, Canned.byId(Canned.object("order")));
        answers("refund", "refunds");

        shopify.refund(payment, PAID, Why.CUSTOMER, ATTEMPT);
        shopify.find("5001.88", ATTEMPT);

        assertTaken(3);
    }

    @Test
    void followedRefund_shouldBeAskedForAsTheSchemaTakes() {
        platform.answers(
                200,
                """
                {"data":{"node":{"id":"gid://shopify/Refund/61","transactions":{"nodes":
                [{"id":"gid://shopify/OrderTransaction/89","kind":"REFUND","status":"SUCCESS"}]}}}}
                """);

        shopify.follow(
                new Outcome(
                        "refund-p1",
                        "shopify",
                        Result.PENDING,
                        "gid://shopify/Refund/61",
                        Optional.of(PAID),
                        "refund accepted, not settled yet",
                        Instant.EPOCH));

        assertTaken(1);
    }

    @Test
    void note_shouldBeWhatTheSchemaTakes() {
        answers("order", "note");
        var letter =
                new Letter(
                        CASE,
                        Audience.ORDER,
                        Optional.empty(),
                        "Order cancelled",
                        List.of("All of it."),
                        false,
                        Optional.empty());

        shopify.note(ORDER, letter).act(ATTEMPT);

        assertTaken(2);
    }

    @Test
    void wrongDocument_shouldBeRefused_soThatTheTestsAboveMeanSomething() {
        var id = Map.<String, Object>of("id", "gid://shopify/Order/5001");

        assertThat(errors("query Q($id: ID!) { order(id: $id) { cancelled } }", id)).isNotEmpty();
        assertThat(errors("query Q($id: ID!) { order(id: $id) { id } }", Map.of())).isNotEmpty();
        assertThat(errors(Admin.document("cancelled"), id)).isEmpty();
        assertThat(
                        errors(
                                Admin.document("cancel"),
                                Map.of("orderId", "1", "reason", "WHIM", "restock", true)))
                .isNotEmpty();
        assertThat(
                        errors(
                                Admin.document("refund"),
                                Map.of("key", "k", "input", Map.of("order", "1"))))
                .isNotEmpty();
    }

    private void assertTaken(int calls) {
        assertThat(platform.asked()).hasSize(calls);
        for (var asked : platform.asked()) {
            var sent = asked.json();
            var query = sent.path("query").asText();
            assertThat(errors(query, variables(sent.path("variables")))).as(query).isEmpty();
        }
    }

    /** Nothing lies behind the schema, so an answer is empty; that alone is no fault. */
    private List<GraphQLError> errors(String document, Map<String, Object> variables) {
        var sent = ExecutionInput.newExecutionInput(document).variables(variables).build();
        return schema.execute(sent).getErrors().stream()
                .filter(error -> error.getErrorType() != ErrorType.NullValueInNonNullableField)
                .toList();
    }

    private void answers(String... canned) {
        for (var name : canned) platform.answers(200, Canned.text(name));
    }

    private static Plan.Cancel plan(List<Plan.Units> lines, Why why) {
        return new Plan.Cancel("cancel", "shopify", lines, true, why);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(JsonNode variables) {
        return new ObjectMapper().convertValue(variables, Map.class);
    }

    private static GraphQL schema() {
        try {
            var types = new SchemaParser().parse(Files.readString(contract()));
            var wiring = RuntimeWiring.newRuntimeWiring();
            types.scalars().keySet().stream()
                    .filter(name -> !ScalarInfo.isGraphqlSpecifiedScalar(name))
                    .forEach(name -> wiring.scalar(scalar(name)));
            types.getTypes(InterfaceTypeDefinition.class)
                    .forEach(
                            known ->
                                    wiring.type(
                                            known.getName(),
                                            wired ->
                                                    wired.typeResolver(
                                                            environment ->
                                                                    environment
                                                                            .getSchema()
                                                                            .getQueryType())));
            return GraphQL.newGraphQL(
                            new SchemaGenerator().makeExecutableSchema(types, wiring.build()))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The vendor's contract lies beside the checkout when it is there at all. */
    private static Path contract() {
        var checkout = Path.of("../..").toAbsolutePath().normalize();
        var file =
                checkout.resolveSibling("shared")
                        .resolve("contracts/shopify/admin-2026-10.trimmed.graphql");
        assumeTrue(Files.exists(file), "no contract at " + file);
        return file;
    }

    private static GraphQLScalarType scalar(String name) {
        return GraphQLScalarType.newScalar().name(name).coercing(AS_IS).build();
    }
}
