package shop.unwind.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * YAML (or JSON) as a tree in which CloudFormation's short tags have their long form: {@code !Ref
 * X} reads {@code {"Ref": "X"}}.
 */
final class YamlTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> UNPREFIXED = Set.of("Ref", "Condition");
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private final String source;

    private YamlTree(String source) {
        this.source = source;
    }

    static JsonNode read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    /** Parses one document; {@code source} names it in errors. */
    static JsonNode parse(String source, String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(1_000);
        var root = new Yaml(options).compose(new StringReader(text));
        return new YamlTree(source).tree(root);
    }

    private JsonNode tree(Node node) {
        var tag = node.getTag().getValue();
        if (!tag.startsWith("!")) return untagged(node);
        var name = tag.substring(1);
        var function = UNPREFIXED.contains(name) ? name : "Fn::" + name;
        return JSON.objectNode().set(function, untagged(node));
    }

    private JsonNode untagged(Node node) {
        return switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> value(scalar);
            default -> throw problem(node, "expected a value, a list or a map");
        };
    }

    private ObjectNode object(MappingNode mapping) {
        var object = JSON.objectNode();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key))
                throw problem(entry.getKeyNode(), "expected a plain key");
            if (object.has(key.getValue()))
                throw problem(key, "the key " + key.getValue() + " is there twice");
            object.set(key.getValue(), tree(entry.getValueNode()));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence) {
        var array = JSON.arrayNode();
        sequence.getValue().forEach(item -> array.add(tree(item)));
        return array;
    }

    private JsonNode value(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) return JSON.nullNode();
        if (tag.equals(Tag.BOOL))
            return JSON.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        if (tag.equals(Tag.INT)) return integer(text);
        if (tag.equals(Tag.FLOAT)) return decimal(text);
        return JSON.textNode(text);
    }

    // Underscores, hexadecimal and the like are YAML 1.1's numbers but nobody's here: text.
    private static JsonNode integer(String text) {
        if (!text.matches("[-+]?(0|[1-9][0-9]*)")) return JSON.textNode(text);
        var number = new BigInteger(text);
        return number.bitLength() < 32
                ? JSON.numberNode(number.intValue())
                : JSON.numberNode(number);
    }

    private static JsonNode decimal(String text) {
        return text.matches("[-+]?[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?")
                ? JSON.numberNode(new BigDecimal(text))
                : JSON.textNode(text);
    }

    private IllegalArgumentException problem(Node node, String expected) {
        return new IllegalArgumentException(
                "%s, line %d: %s".formatted(source, node.getStartMark().getLine() + 1, expected));
    }
}
