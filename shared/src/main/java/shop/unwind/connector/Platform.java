package shop.unwind.connector;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.config.Environment;
import shop.unwind.domain.Money;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.http.Http;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Secret;
import shop.unwind.secrets.Secrets;
import shop.unwind.secrets.Tokens;

import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a connector is made from.
 *
 * @param settings this platform's part of the store document
 * @param owners who moves the money of this storefront, by gateway
 */
public record Platform(
        String name,
        JsonNode settings,
        Map<String, String> owners,
        Secrets secrets,
        Tokens tokens,
        InstantSource clock) {

    /** A platform through which nothing is paid. */
    public Platform(
            String name, JsonNode settings, Secrets secrets, Tokens tokens, InstantSource clock) {
        this(name, settings, Map.of(), secrets, tokens, clock);
    }

    /** The same platform as storefront, with the owners of its gateways' money. */
    public Platform withOwners(Map<String, String> gateways) {
        return new Platform(name, settings, gateways, secrets, tokens, clock);
    }

    /** What became of an attempt here. */
    public Outcome outcome(Attempt attempt, Result result, String reference, String words) {
        return outcome(attempt, result, reference, Optional.empty(), words);
    }

    /** The same, with the money it moved. */
    public Outcome outcome(
            Attempt attempt, Result result, String reference, Money amount, String words) {
        return outcome(attempt, result, reference, Optional.of(amount), words);
    }

    private Outcome outcome(
            Attempt attempt,
            Result result,
            String reference,
            Optional<Money> amount,
            String words) {
        return new Outcome(attempt.step(), name, result, reference, amount, words, clock.instant());
    }

    /** Whether it refunds itself what was paid through this gateway. */
    public boolean movesMoneyOf(String gateway) {
        return name.equals(owners.get(gateway));
    }

    /**
     * A setting as text.
     *
     * @throws Misconfigured naming the key to edit
     */
    public String setting(String key) {
        return optional(key)
                .orElseThrow(
                        () -> new Misconfigured("store document: platforms." + name + "." + key));
    }

    public Optional<String> optional(String key) {
        return Optional.of(settings.path(key).asText("")).filter(value -> !value.isBlank());
    }

    /**
     * A setting as a length of time, such as {@code PT5M} or {@code P180D}.
     *
     * @throws Misconfigured naming the key to edit
     */
    public Duration duration(String key, Duration otherwise) {
        try {
            return optional(key).map(Duration::parse).orElse(otherwise);
        } catch (DateTimeParseException malformed) {
            throw new Misconfigured(
                    "store document: platforms."
                            + name
                            + "."
                            + key
                            + ": a duration such as "
                            + otherwise
                            + " was expected");
        }
    }

    public Secret secret(String field) {
        return secrets.required(name, field);
    }

    public Optional<Secret> optionalSecret(String field) {
        return secrets.optional(name, field);
    }

    /** The shared client, at the configured base URL or the vendor's own. */
    public Http http(String vendor) {
        return new Http(baseUrl(vendor));
    }

    /** In this order: environment variable {@code NAME_BASE_URL}, setting, the vendor's own. */
    public String baseUrl(String vendor) {
        var variable = name.toUpperCase(Locale.ROOT).replace('-', '_') + "_BASE_URL";
        return Environment.optional(variable).or(() -> optional("baseUrl")).orElse(vendor);
    }
}
