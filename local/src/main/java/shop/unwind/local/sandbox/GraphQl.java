package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * One GraphQL document, checked as a whole against types and inputs before any of it is executed.
 * Every complaint is a {@link GraphError}.
 */
final class GraphQl {
    /** The pseudo-argument in which a field finds the key of its {@code @idempotent}. */
    static final String KEY = "@idempotent";

    /** Clients send the same few documents over and over. */
    private static final Map<String, Document> PARSED = new ConcurrentHashMap<>();

    private static final int MOST_PARSED = 1000;

    private final GraphTypes types;
    private final GraphInputs inputs;
    private final OperationDefinition operation;
    private final Map<String, FragmentDefinition> fragments;
    private final ObjectNode variables = Json.of();
    private final Map<String, String> declared;
    private final Set<String> used = new HashSet<>();
    private final int cost;

    GraphQl(GraphTypes types, GraphInputs inputs, String text, JsonNode given) {
        this.types = types;
        this.inputs = inputs;
        var document = parse(text);
        operation =
                document.getFirstDefinitionOfType(OperationDefinition.class)
                        .orElseThrow(
                                () -> new GraphError("BAD_REQUEST", "No operation to execute"));
        fragments =
                document.getDefinitionsOfType(FragmentDefinition.class).stream()
                        .collect(Collectors.toMap(FragmentDefinition::getName, each -> each));
        declared =
                operation.getVariableDefinitions().stream()
                        .collect(
                                Collectors.toMap(
                                        each -> each.getName(),
                                        each -> AstPrinter.printAstCompact(each.getType())));
        takeVariables(given);
        cost = check(operation.getSelectionSet(), root());
        checkAllUsed();
    }

    boolean isMutation() {
        return operation.getOperation() == OperationDefinition.Operation.MUTATION;
    }

    /** The operation's own name; without one, the first field asked for. */
    String name() {
        return Optional.ofNullable(operation.getName()).orElseGet(this::firstField);
    }

    private String firstField() {
        return roots().stream().findFirst().map(Field::getName).orElse("");
    }

    int cost() {
        return cost;
    }

    /** The key of the first {@code @idempotent}. */
    Optional<String> key() {
        return roots().stream().flatMap(field -> key(field).stream()).findFirst();
    }

    /** The {@code data} of the answer. */
    ObjectNode execute() {
        return select(operation.getSelectionSet(), root(), Json.of());
    }

    /** The {@code data} of the answer when every field of the root is this document. */
    ObjectNode answerAll(ObjectNode document) {
        var data = Json.of();
        for (var field : roots()) {
            var type = types.field(root(), field.getName()).orElseThrow().type().orElseThrow();
            data.set(name(field), select(field.getSelectionSet(), type, document));
        }
        return data;
    }

    private String root() {
        return isMutation() ? "Mutation" : "QueryRoot";
    }

    private List<Field> roots() {
        return operation.getSelectionSet().getSelectionsOfType(Field.class);
    }

    private Optional<String> key(Field field) {
        return field.getDirectives("idempotent").stream()
                .flatMap(directive -> Optional.ofNullable(directive.getArgument("key")).stream())
                .map(argument -> GraphInputs.literal(argument.getValue(), variables).asText())
                .findFirst();
    }

    private static Document parse(String text) {
        if (PARSED.size() > MOST_PARSED) PARSED.clear();
        return PARSED.computeIfAbsent(text, GraphQl::read);
    }

    private static Document read(String text) {
        try {
            return Parser.parse(text);
        } catch (InvalidSyntaxException wrong) {
            throw new GraphError("PARSE_ERROR", "syntax error: " + wrong.getMessage());
        }
    }

    private void takeVariables(JsonNode given) {
        for (var definition : operation.getVariableDefinitions()) {
            var name = definition.getName();
            var type = declared.getOrDefault(name, "");
            if (!inputs.knows(type))
                throw new GraphError(
                        "variableRequiresValidType",
                        "%s isn't a defined input type (on $%s)".formatted(type, name),
                        definition);
            var fallback = Optional.ofNullable(definition.getDefaultValue());
            var value = given.path(name);
            if (value.isMissingNode() && fallback.isPresent())
                value = GraphInputs.literal(fallback.get(), variables);
            if (value.isMissingNode() && !type.endsWith("!")) continue;
            variables.set(name, variable(name, type, value));
        }
    }

    private JsonNode variable(String name, String type, JsonNode value) {
        try {
            return inputs.coerce(type, value);
        } catch (GraphInputs.Mismatch mismatch) {
            var explanation = String.valueOf(mismatch.getMessage());
            var place =
                    mismatch.path().isEmpty()
                            ? ""
                            : " for "
                                    + String.join(".", mismatch.path())
                                    + " ("
                                    + explanation
                                    + ")";
            var problem = Json.of("path", mismatch.path(), "explanation", explanation);
            throw new GraphError(
                            "INVALID_VARIABLE",
                            "Variable $%s of type %s was provided invalid value%s"
                                    .formatted(name, type, place))
                    .with("value", value.isMissingNode() ? Optional.empty() : value)
                    .with("problems", List.of(problem));
        }
    }

    /** Checks a selection and answers what it costs. */
    private int check(SelectionSet selections, String type) {
        var points = 0;
        for (Selection<?> selection : selections.getSelections())
            points +=
                    switch (selection) {
                        case Field field -> check(field, type);
                        case FragmentSpread spread -> {
                            var fragment = fragment(spread);
                            var on = fragment.getTypeCondition().getName();
                            yield check(fragment.getSelectionSet(), known(on, spread));
                        }
                        case InlineFragment fragment -> {
                            var on = Optional.ofNullable(fragment.getTypeCondition());
                            var name = on.map(each -> each.getName()).orElse(type);
                            yield check(fragment.getSelectionSet(), known(name, fragment));
                        }
                        default -> throw new IllegalStateException("no such selection");
                    };
        return points;
    }

    private int check(Field field, String type) {
        var known =
                types.field(type, field.getName())
                        .orElseThrow(
                                () ->
                                        new GraphError(
                                                        "undefinedField",
                                                        "Field '%s' doesn't exist on type '%s'"
                                                                .formatted(field.getName(), type),
                                                        field)
                                                .with("typeName", type)
                                                .with("fieldName", field.getName()));
        checkArguments(field, known.arguments());
        field.getDirectives("idempotent").forEach(this::checkKey);
        var selection = Optional.ofNullable(field.getSelectionSet());
        if (selection.isPresent() != known.type().isPresent())
            throw new GraphError(
                    "selectionMismatch",
                    selection.isPresent()
                            ? "Selections can't be made on scalars (field '%s')"
                                    .formatted(field.getName())
                            : "Field must have selections (field '%s')".formatted(field.getName()),
                    field);
        var own = type.equals("Mutation") ? 10 : known.cost();
        return own + selection.map(inner -> check(inner, known.type().orElseThrow())).orElse(0);
    }

    private void checkKey(Directive directive) {
        for (var argument : directive.getArguments())
            if (!argument.getName().equals("key"))
                throw new GraphError(
                        "argumentNotAccepted",
                        "Directive 'idempotent' doesn't accept argument '%s'"
                                .formatted(argument.getName()),
                        argument);
            else checkVariable(argument, "String!");
    }

    private void checkArguments(Field field, Map<String, String> known) {
        var given = new TreeMap<String, Argument>();
        field.getArguments().forEach(argument -> given.put(argument.getName(), argument));
        given.forEach(
                (name, argument) -> {
                    var type = Optional.ofNullable(known.get(name));
                    if (type.isEmpty())
                        throw new GraphError(
                                        "argumentNotAccepted",
                                        "Field '%s' doesn't accept argument '%s'"
                                                .formatted(field.getName(), name),
                                        argument)
                                .with("name", field.getName())
                                .with("argumentName", name);
                    checkVariable(argument, type.get());
                });
        var missing =
                known.entrySet().stream()
                        .filter(each -> each.getValue().endsWith("!"))
                        .map(Map.Entry::getKey)
                        .filter(name -> !given.containsKey(name))
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty())
            throw new GraphError(
                            "missingRequiredArguments",
                            "Field '%s' is missing required arguments: %s"
                                    .formatted(field.getName(), missing),
                            field)
                    .with("name", field.getName())
                    .with("arguments", missing);
    }

    private void checkVariable(Argument argument, String type) {
        if (!(argument.getValue() instanceof VariableReference reference)) {
            checkLiteral(argument, type);
            return;
        }
        var name = reference.getName();
        var has = Optional.ofNullable(declared.get(name));
        if (has.isEmpty())
            throw new GraphError(
                    "variableNotDefined",
                    "Variable $%s is used by %s but not declared".formatted(name, operationName()),
                    reference);
        used.add(name);
        var nullable = type.replaceAll("!$", "");
        var fits = has.get().replaceAll("!$", "").equals(nullable);
        var safe = !type.endsWith("!") || has.get().endsWith("!") || hasDefault(name);
        if (!fits || !safe)
            throw new GraphError(
                    "variableMismatch",
                    "Type mismatch on variable $%s and argument %s (%s / %s)"
                            .formatted(name, argument.getName(), has.get(), type),
                    argument);
    }

    private void checkLiteral(Argument argument, String type) {
        collectVariables(argument.getValue());
        try {
            inputs.coerce(type, GraphInputs.literal(argument.getValue(), variables));
        } catch (GraphInputs.Mismatch _) {
            throw new GraphError(
                    "argumentLiteralsIncompatible",
                    "Argument '%s' has an invalid value (%s). Expected type '%s'."
                            .formatted(
                                    argument.getName(),
                                    AstPrinter.printAstCompact(argument.getValue()),
                                    type),
                    argument);
        }
    }

    private void collectVariables(Node<?> value) {
        if (value instanceof VariableReference reference) used.add(reference.getName());
        for (Node<?> child : value.getChildren()) collectVariables(child);
    }

    private boolean hasDefault(String variable) {
        return operation.getVariableDefinitions().stream()
                .anyMatch(
                        each -> each.getName().equals(variable) && each.getDefaultValue() != null);
    }

    private void checkAllUsed() {
        for (var name : declared.keySet())
            if (!used.contains(name))
                throw new GraphError(
                        "variableNotUsed",
                        "Variable $%s is declared by %s but not used"
                                .formatted(name, operationName()));
        for (var name : fragments.keySet())
            if (!used.contains("fragment " + name))
                throw new GraphError(
                        "useAndDefineFragment",
                        "Fragment %s was defined, but not used".formatted(name));
    }

    private FragmentDefinition fragment(FragmentSpread spread) {
        used.add("fragment " + spread.getName());
        return Optional.ofNullable(fragments.get(spread.getName()))
                .orElseThrow(
                        () ->
                                new GraphError(
                                        "useAndDefineFragment",
                                        "Fragment %s was used, but not defined"
                                                .formatted(spread.getName()),
                                        spread));
    }

    private String known(String type, Node<?> at) {
        if (types.knows(type)) return type;
        throw new GraphError(
                "undefinedType",
                "No such type %s, so it can't be a fragment condition".formatted(type),
                at);
    }

    private ObjectNode select(SelectionSet selections, String type, JsonNode document) {
        var data = Json.of();
        select(selections, type, document, data);
        return data;
    }

    private void select(SelectionSet selections, String type, JsonNode document, ObjectNode into) {
        var real = GraphTypes.typeOf(type, document);
        for (Selection<?> selection : selections.getSelections())
            switch (selection) {
                case Field field -> into.set(name(field), value(field, type, document));
                case FragmentSpread spread -> {
                    var fragment = fragment(spread);
                    var on = fragment.getTypeCondition().getName();
                    if (on.equals(real)) select(fragment.getSelectionSet(), on, document, into);
                }
                case InlineFragment fragment -> {
                    var on = Optional.ofNullable(fragment.getTypeCondition());
                    var name = on.map(each -> each.getName()).orElse(real);
                    if (name.equals(real)) select(fragment.getSelectionSet(), name, document, into);
                }
                default -> throw new IllegalStateException("no such selection");
            }
    }

    private JsonNode value(Field field, String type, JsonNode document) {
        var known = types.field(type, field.getName()).orElseThrow();
        var found = known.resolver().resolve(document, arguments(field, known.arguments()));
        if (known.type().isEmpty())
            return found.isMissingNode() ? Json.node(Optional.empty()) : found;
        var inner = known.type().get();
        if (found.isArray())
            return Json.array(
                    Json.stream(found).map(each -> select(field.getSelectionSet(), inner, each)));
        return found.isObject()
                ? select(field.getSelectionSet(), inner, found)
                : Json.node(Optional.empty());
    }

    private ObjectNode arguments(Field field, Map<String, String> types) {
        var arguments = Json.of();
        for (var argument : field.getArguments()) {
            var value = GraphInputs.literal(argument.getValue(), variables);
            var type = types.getOrDefault(argument.getName(), "");
            if (!value.isMissingNode())
                arguments.set(argument.getName(), inputs.coerce(type, value));
        }
        key(field).ifPresent(key -> arguments.put(KEY, key));
        return arguments;
    }

    private String operationName() {
        return Optional.ofNullable(operation.getName())
                .orElse("anonymous " + (isMutation() ? "mutation" : "query"));
    }

    private static String name(Field field) {
        return Optional.ofNullable(field.getAlias()).orElse(field.getName());
    }
}
