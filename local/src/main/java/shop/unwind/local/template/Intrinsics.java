package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Replaces {@code Ref}, {@code Fn::Sub} and the other functions of a template by their values. */
final class Intrinsics {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

    /** What names in a template stand for. */
    interface Scope {
        /** The value of a parameter, pseudo parameter or resource, or nothing if unknown. */
        Optional<JsonNode> ref(String name);

        /** The attribute of a resource, or nothing if unknown. */
        Optional<String> attribute(String resource, String attribute);

        /** The unresolved condition, or nothing if unknown. */
        Optional<JsonNode> condition(String name);

        Optional<JsonNode> mapping(String map, String key, String subkey);
    }

    private final Scope scope;

    Intrinsics(Scope scope) {
        this.scope = scope;
    }

    /** The tree with every function replaced; what refers to {@code AWS::NoValue} is left out. */
    JsonNode resolve(JsonNode node) {
        if (node.isObject() && isFunction(node)) {
            var call = node.properties().iterator().next();
            return apply(call.getKey(), call.getValue());
        }
        if (node.isObject()) return resolveFields(node);
        return node.isArray() ? resolveItems(node) : node;
    }

    boolean holds(String condition) {
        var body = scope.condition(condition).orElseThrow(() -> unknown("condition", condition));
        return truth(body);
    }

    private static boolean isFunction(JsonNode object) {
        if (object.size() != 1) return false;
        var name = object.fieldNames().next();
        return name.equals("Ref") || name.startsWith("Fn::");
    }

    private JsonNode resolveFields(JsonNode object) {
        var resolved = JSON.objectNode();
        for (var field : object.properties()) {
            var value = resolve(field.getValue());
            if (!value.isMissingNode()) resolved.set(field.getKey(), value);
        }
        return resolved;
    }

    private JsonNode resolveItems(JsonNode array) {
        var resolved = JSON.arrayNode();
        for (var item : array) {
            var value = resolve(item);
            if (!value.isMissingNode()) resolved.add(value);
        }
        return resolved;
    }

    private JsonNode apply(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> ref(argument.asText());
            case "Fn::GetAtt" -> JSON.textNode(attribute(argument));
            case "Fn::Sub" -> JSON.textNode(substitute(argument));
            case "Fn::If" -> resolve(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
            case "Fn::Join" -> JSON.textNode(join(resolve(argument)));
            case "Fn::Select" -> select(resolve(argument));
            case "Fn::Split" -> split(resolve(argument));
            case "Fn::Base64" -> JSON.textNode(base64(resolve(argument).asText()));
            case "Fn::FindInMap" -> lookUp(resolve(argument));
            case "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or" ->
                    JSON.booleanNode(truth(JSON.objectNode().set(function, argument)));
            default ->
                    throw new IllegalArgumentException(
                            "the function " + function + " is not played on this machine");
        };
    }

    private JsonNode ref(String name) {
        if (name.equals("AWS::NoValue")) return JSON.missingNode();
        return scope.ref(name).orElseThrow(() -> unknown("Ref", name));
    }

    private String attribute(JsonNode argument) {
        var path = argument.isArray() ? join(".", resolve(argument)) : argument.asText();
        var dot = path.indexOf('.');
        return (dot < 0 ? Optional.<String>empty() : attribute(path, dot))
                .orElseThrow(() -> unknown("GetAtt", path));
    }

    private Optional<String> attribute(String path, int dot) {
        return scope.attribute(path.substring(0, dot), path.substring(dot + 1));
    }

    private String substitute(JsonNode argument) {
        var text = argument.isArray() ? argument.get(0).asText() : argument.asText();
        var own = argument.isArray() ? resolve(argument.get(1)) : JSON.objectNode();
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        match.group(1).isEmpty()
                                                ? substitute(match.group(2).strip(), own)
                                                : "${" + match.group(2) + "}"));
    }

    private String substitute(String name, JsonNode own) {
        if (own.has(name)) return own.get(name).asText();
        var value = scope.ref(name);
        if (value.isPresent()) return value.get().asText();
        return attribute(JSON.textNode(name));
    }

    private boolean truth(JsonNode condition) {
        if (!condition.isObject() || condition.size() != 1)
            throw new IllegalArgumentException("expected a condition, found " + condition);
        var call = condition.properties().iterator().next();
        var argument = call.getValue();
        return switch (call.getKey()) {
            case "Condition" -> holds(argument.asText());
            case "Fn::Equals" ->
                    resolve(argument.get(0)).asText().equals(resolve(argument.get(1)).asText());
            case "Fn::Not" -> !truth(argument.get(0));
            case "Fn::And" -> items(argument).allMatch(this::truth);
            case "Fn::Or" -> items(argument).anyMatch(this::truth);
            default -> throw unknown("condition function", call.getKey());
        };
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String join(JsonNode argument) {
        return join(argument.get(0).asText(), argument.get(1));
    }

    private static String join(String delimiter, JsonNode items) {
        return String.join(delimiter, items(items).map(JsonNode::asText).toList());
    }

    private static JsonNode select(JsonNode argument) {
        return argument.get(1).required(argument.get(0).asInt());
    }

    private static JsonNode split(JsonNode argument) {
        var parts = JSON.arrayNode();
        for (var part : argument.get(1).asText().split(Pattern.quote(argument.get(0).asText()), -1))
            parts.add(part);
        return parts;
    }

    private JsonNode lookUp(JsonNode path) {
        return scope.mapping(path.get(0).asText(), path.get(1).asText(), path.get(2).asText())
                .orElseThrow(() -> unknown("FindInMap", path.toString()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException unknown(String what, String name) {
        return new IllegalArgumentException(
                what + " " + name + ": the template has nothing of that name");
    }
}
