package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of one template: its parameters, conditions, mappings and resources. */
final class TemplateScope implements Intrinsics.Scope {
    private final JsonNode template;
    private final Deployment deployment;
    private final Map<String, JsonNode> values = new HashMap<>();
    private final PhysicalNames names;
    private final Set<String> open = new HashSet<>();

    TemplateScope(JsonNode template, Deployment deployment) {
        this.template = template;
        this.deployment = deployment;
        this.names = new PhysicalNames(deployment);
        pseudoParameters();
        parameters(template.path("Parameters"));
    }

    @Override
    public Optional<JsonNode> ref(String name) {
        var value = values.get(name);
        if (value != null) return Optional.of(value);
        if (name.endsWith(".Alias")) return function(name, ".Alias", ":" + Arns.ALIAS);
        if (name.endsWith(".Version")) return function(name, ".Version", ":1");
        return identity(name).map(identity -> TextNode.valueOf(identity.ref()));
    }

    @Override
    public Optional<String> attribute(String resource, String attribute) {
        return identity(resource)
                .map(identity -> Optional.ofNullable(identity.attributes().get(attribute)))
                .orElse(Optional.empty());
    }

    @Override
    public Optional<JsonNode> condition(String name) {
        return Optional.ofNullable(template.path("Conditions").get(name));
    }

    @Override
    public Optional<JsonNode> mapping(String map, String key, String subkey) {
        var value = template.path("Mappings").path(map).path(key).path(subkey);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    private void pseudoParameters() {
        Map.of(
                        "AWS::AccountId",
                        Arns.ACCOUNT,
                        "AWS::Partition",
                        "aws",
                        "AWS::Region",
                        Arns.REGION,
                        "AWS::StackName",
                        deployment.stack(),
                        "AWS::URLSuffix",
                        "amazonaws.com",
                        "AWS::StackId",
                        Arns.of("cloudformation", "stack/" + deployment.stack()))
                .forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
    }

    private void parameters(JsonNode declared) {
        for (var name : deployment.parameters().keySet())
            if (!declared.has(name))
                throw new IllegalArgumentException(
                        "parameter " + name + ": the template declares none of that name");
        for (var field : declared.properties())
            values.put(field.getKey(), parameter(field.getKey(), field.getValue()));
    }

    private JsonNode parameter(String name, JsonNode declaration) {
        var given = deployment.parameters().get(name);
        var value = given != null ? TextNode.valueOf(given) : declaration.path("Default");
        if (value.isMissingNode())
            throw new IllegalArgumentException(
                    "parameter " + name + ": expected a value, it has no default");
        if (declaration.path("Type").asText().startsWith("List")
                || declaration.path("Type").asText().equals("CommaDelimitedList"))
            return list(value.asText());
        return value;
    }

    private static JsonNode list(String commaDelimited) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var item : commaDelimited.split(",", -1)) list.add(item.strip());
        return list;
    }

    private Optional<JsonNode> function(String name, String suffix, String qualifier) {
        var resource = name.substring(0, name.length() - suffix.length());
        return attribute(resource, "Arn").map(arn -> TextNode.valueOf(arn + qualifier));
    }

    private Optional<PhysicalNames.Identity> identity(String id) {
        var resource = template.path("Resources").get(id);
        if (resource == null) return Optional.empty();
        if (!open.add(id))
            throw new IllegalArgumentException(id + ": its name refers to itself in a circle");
        try {
            return Optional.of(
                    names.of(
                            resource.path("Type").asText(),
                            id,
                            property -> name(id, resource.path("Properties"), property)));
        } finally {
            open.remove(id);
        }
    }

    private String name(String id, JsonNode properties, String property) {
        return properties.has(property)
                ? new Intrinsics(this).resolve(properties.get(property)).asText()
                : deployment.stack() + "-" + id;
    }
}
