package shop.unwind.testing;

import shop.unwind.json.Json;
import shop.unwind.secrets.Secrets;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Secrets from a map: platform, field, value. */
public record TestSecrets(Map<String, Map<String, String>> byPlatform)
        implements SecretsManagerClient {

    public static Secrets of(InstantSource clock, String platform, Map<String, String> fields) {
        return new Secrets(new TestSecrets(Map.of(platform, fields)), clock);
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        var fields =
                Optional.ofNullable(
                                byPlatform.get(request.secretId().substring("unwind/".length())))
                        .orElseThrow(() -> ResourceNotFoundException.builder().build());
        return GetSecretValueResponse.builder().secretString(Json.write(fields)).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
