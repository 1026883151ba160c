package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A machine that can be started.
 *
 * @param arn such as {@code arn:aws:states:eu-west-1:000000000000:stateMachine:refunds}
 * @param source the definition as it was read
 * @param fingerprint the same for the same name, ARN and source
 */
public record StateMachine(
        String name,
        String arn,
        Flow flow,
        Optional<Duration> timeout,
        JsonNode source,
        String fingerprint) {

    /**
     * Reads a definition in which every substitution has been done.
     *
     * @throws shop.unwind.local.AwsError InvalidDefinition, naming the place, for whatever AWS
     *     refuses or is not played here
     */
    public static StateMachine read(String name, String arn, JsonNode definition) {
        return DefinitionReader.read(name, arn, definition);
    }

    /** What a journal keeps of a machine. */
    static JsonNode record(String name, String arn, JsonNode source) {
        return Details.none().put("name", name).put("arn", arn).set("source", source);
    }

    static String fingerprint(JsonNode machine) {
        try {
            var text = machine.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException absent) {
            throw new AssertionError(absent);
        }
    }

    String executionArn(String execution) {
        return arn.replace(":stateMachine:", ":execution:") + ":" + execution;
    }

    String region() {
        return arn.split(":", -1)[3];
    }

    String roleArn() {
        return "arn:aws:iam::%s:role/%s".formatted(arn.split(":", -1)[4], name);
    }
}
