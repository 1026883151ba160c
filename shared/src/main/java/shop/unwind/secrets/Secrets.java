package shop.unwind.secrets;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Secrets Manager secret per platform, {@code unwind/NAME}: a JSON object of texts. Read at
 * most every five minutes, so that a changed secret is taken up without a deploy.
 */
public final class Secrets {
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private record Cached(JsonNode fields, Instant readAt) {}

    private final SecretsManagerClient manager;
    private final InstantSource clock;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    public Secrets(SecretsManagerClient manager, InstantSource clock) {
        this.manager = manager;
        this.clock = clock;
    }

    /**
     * One field of a platform's secret.
     *
     * @throws Misconfigured when secret or field is missing, or the secret is no JSON object
     */
    public Secret required(String platform, String field) {
        return optional(platform, field)
                .orElseThrow(
                        () -> new Misconfigured("secret unwind/" + platform + ": field " + field));
    }

    public Optional<Secret> optional(String platform, String field) {
        var value = fields(platform).path(field).asText("");
        return value.isBlank() ? Optional.empty() : Optional.of(new Secret(value));
    }

    /** Forgets what was read, as after a snapshot was restored. */
    public void forget() {
        cache.clear();
    }

    private JsonNode fields(String platform) {
        var cached = cache.get(platform);
        if (cached == null || !clock.instant().isBefore(cached.readAt().plus(MAX_AGE))) {
            cached = new Cached(read(platform), clock.instant());
            cache.put(platform, cached);
        }
        return cached.fields();
    }

    private JsonNode read(String platform) {
        var name = "unwind/" + platform;
        try {
            var value = manager.getSecretValue(g -> g.secretId(name));
            var fields = Json.parse(Optional.ofNullable(value.secretString()).orElse("")); // binary
            if (fields.isObject()) return fields;
        } catch (ResourceNotFoundException missing) {
            throw new Misconfigured("secret " + name);
        } catch (Json.Malformed malformed) {
            // An operator's fault, and never that of whoever sent the request at hand.
        }
        throw new Misconfigured("secret " + name + ": a JSON object of strings was expected");
    }
}
