package shop.unwind.local.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.AwsError;
import shop.unwind.local.AwsService;
import shop.unwind.local.template.Arns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Secrets to read, by name; an ARN names a secret too, with or without its random end. */
public final class SecretsManager implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = Arns.of("secretsmanager", "secret:");
    private static final String END = "-local1";

    private final Map<String, String> secrets;

    /** Secrets by name, each with its text, which is JSON as a rule. */
    public SecretsManager(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** Reads an object that has a field for each secret, its value text or a JSON object. */
    public static Map<String, String> read(Path file) {
        var secrets = new HashMap<String, String>();
        try {
            for (var field : JSON.readTree(file.toFile()).properties())
                secrets.put(field.getKey(), text(field.getValue()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read secrets from " + file, failure);
        }
        return secrets;
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
        var name = name(request.path("SecretId").asText());
        return switch (operation) {
            case "GetSecretValue" -> described(name).put("SecretString", secrets.get(name));
            case "DescribeSecret" -> described(name);
            default ->
                    throw new AwsError(
                            "UnknownOperationException",
                            "secretsmanager " + operation + " is not played on this machine");
        };
    }

    private String name(String id) {
        var name = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
        if (secrets.containsKey(name)) return name;
        var bare = name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name;
        if (secrets.containsKey(bare)) return bare;
        throw new AwsError(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    private ObjectNode described(String name) {
        var answer = JSON.createObjectNode().put("ARN", PREFIX + name + END).put("Name", name);
        answer.put("VersionId", version(name)).putArray("VersionStages").add("AWSCURRENT");
        return answer;
    }

    private String version(String name) {
        var bytes = (name + secrets.get(name)).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
