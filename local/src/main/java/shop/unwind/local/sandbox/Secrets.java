package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The sandbox's own credentials: constants, worth nothing anywhere else. */
public final class Secrets {
    private Secrets() {}

    /** An object of secret name, such as {@code unwind/stripe}, to the secret's JSON. */
    public static JsonNode all() {
        try (var file = Secrets.class.getResourceAsStream("/sandbox/secrets.json")) {
            return Json.MAPPER.readTree(file);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static JsonNode of(String platform) {
        return all().path("unwind/" + platform);
    }
}
