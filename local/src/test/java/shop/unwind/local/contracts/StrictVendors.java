package shop.unwind.local.contracts;

import shop.unwind.testing.VendorSchema;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A strict mock for every platform of the store document, each made from its vendor's documents.
 */
public final class StrictVendors implements AutoCloseable {
    private final Map<String, StrictMock> mocks = new TreeMap<>();

    private StrictVendors(Map<String, Contract> contracts) {
        contracts.forEach((name, contract) -> mocks.put(name, new StrictMock(contract)));
    }

    /** Opens all of them; skips the test when a document is absent. */
    public static StrictVendors open() {
        return new StrictVendors(contracts());
    }

    private static Map<String, Contract> contracts() {
        var store = "/stores/acr9x";
        return Map.ofEntries(
                Map.entry(
                        "bigcommerce",
                        new Documents()
                                .with(store + "/v2", "bigcommerce/orders.v2.json")
                                .with(store + "/v3", "bigcommerce/orders.v3.json")
                                .with(store + "/v3", "bigcommerce/inventory.v3.json")
                                .with(store + "/v3", "bigcommerce/settings.v3.json")),
                Map.entry(
                        "magento",
                        new Documents().with("/rest/default", "magento/admin-2.4.9.json")),
                Map.entry(
                        "paypal",
                        new Documents()
                                .with("", "paypal/oauth2-token.json")
                                .with("", "paypal/orders-v2.json")
                                .with("", "paypal/payments-v2.json")
                                .with("", "paypal/disputes-v1.json")),
                Map.entry(
                        "sendgrid",
                        new Documents("GET /v3/scopes").with("", "sendgrid/mail-send.json")),
                Map.entry(
                        "shopify",
                        new Graph(VendorSchema.of("shopify/admin-2026-10.trimmed.graphql"))),
                Map.entry("slack", new Documents().with("/api", "slack/openapi.json")),
                Map.entry("square", new Documents().with("", "square/square-openapi.json")),
                Map.entry("stripe", new Documents().with("", "stripe/stripe-openapi.json")),
                Map.entry(
                        "woocommerce",
                        new Documents().with("/wp-json/wc/v3", "woocommerce/wc-v3.json")));
    }

    /** The platforms' names. */
    public Set<String> names() {
        return Set.copyOf(mocks.keySet());
    }

    /** The environment variables that point every connector here. */
    public Map<String, String> variables() {
        return mocks.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                mock -> variable(mock.getKey()), mock -> mock.getValue().url()));
    }

    private static String variable(String platform) {
        return platform.toUpperCase(Locale.ROOT).replace('-', '_') + "_BASE_URL";
    }

    /** What is right goes to this sandbox from now on. */
    public void passOnTo(String sandbox) {
        mocks.forEach((name, mock) -> mock.passesOnTo(URI.create(sandbox + "/" + name)));
    }

    /** Calls that no contract takes, each with what is wrong. */
    public List<String> refusals() {
        return all(StrictMock::refusals);
    }

    /** Answers of the sandbox that are not as their contract says, each with what is wrong. */
    public List<String> departures() {
        return all(StrictMock::departures);
    }

    /** By platform, how many calls have gone to the sandbox. */
    public Map<String, Integer> passed() {
        return mocks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, mock -> mock.getValue().passed()));
    }

    StrictMock mock(String name) {
        return Objects.requireNonNull(mocks.get(name), name);
    }

    @Override
    public void close() {
        mocks.values().forEach(StrictMock::close);
    }

    private List<String> all(Function<StrictMock, List<String>> which) {
        return mocks.entrySet().stream()
                .flatMap(
                        mock ->
                                which.apply(mock.getValue()).stream()
                                        .map(words -> mock.getKey() + ": " + words))
                .toList();
    }
}
