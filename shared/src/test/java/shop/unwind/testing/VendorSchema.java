package shop.unwind.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.TypeResolutionEnvironment;
import graphql.language.InterfaceTypeDefinition;
import graphql.schema.Coercing;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A vendor's own GraphQL schema, which lies beside the checkout when it is there at all. */
public final class VendorSchema {
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GraphQL schema;

    private VendorSchema(String definition) {
        var types = new SchemaParser().parse(definition);
        var wiring = RuntimeWiring.newRuntimeWiring();
        types.scalars().keySet().stream()
                .filter(name -> !ScalarInfo.isGraphqlSpecifiedScalar(name))
                .forEach(name -> wiring.scalar(scalar(name)));
        for (var known : types.getTypes(InterfaceTypeDefinition.class))
            wiring.type(known.getName(), wired -> wired.typeResolver(VendorSchema::type));
        schema =
                GraphQL.newGraphQL(
                                new SchemaGenerator().makeExecutableSchema(types, wiring.build()))
                        .build();
    }

    /** Skips the test when the schema is absent. */
    public static VendorSchema of(String name) {
        return new VendorSchema(VendorFile.text(name));
    }

    /** What is wrong with a document and its variables; empty when nothing is. */
    public List<String> complaints(String document, JsonNode variables) {
        // Nothing lies behind the schema, so an answer is empty; that alone is no fault.
        return schema.execute(input(document, variables).build()).getErrors().stream()
                .filter(error -> error.getErrorType() != ErrorType.NullValueInNonNullableField)
                .map(GraphQLError::getMessage)
                .toList();
    }

    /**
     * What is wrong with the answer to a document: the schema executes it with the answer as its
     * data, and must find every field in its type.
     */
    public List<String> complaints(String document, JsonNode variables, JsonNode data) {
        return schema
                .execute(input(document, variables).root(map(data)).build())
                .getErrors()
                .stream()
                .map(GraphQLError::getMessage)
                .toList();
    }

    private static ExecutionInput.Builder input(String document, JsonNode variables) {
        return ExecutionInput.newExecutionInput(document).variables(map(variables));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return node.isObject() ? JSON.convertValue(node, Map.class) : Map.of();
    }

    /** Its id says what a thing is: {@code gid://shopify/Refund/61}. */
    private static GraphQLObjectType type(TypeResolutionEnvironment environment) {
        Map<String, Object> thing = environment.getObject();
        var id = String.valueOf(thing.get("id")).split("/", -1);
        var name = id.length > 3 ? id[3] : "";
        return Objects.requireNonNull(
                environment.getSchema().getObjectType(name), "no type of the id " + thing);
    }

    private static GraphQLScalarType scalar(String name) {
        return GraphQLScalarType.newScalar().name(name).coercing(AS_IS).build();
    }
}
