package shop.unwind.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A vendor's own OpenAPI document, which lies beside the checkout when it is there at all. The
 * validator passes every body over when a document calls itself 3.1, so it is read as 3.0; a field
 * of several types, which 3.0 has not, may then hold anything.
 */
public final class VendorContract {
    private final OpenApiInteractionValidator validator;

    private VendorContract(ObjectNode document) {
        validator =
                OpenApiInteractionValidator.createForInlineApiSpecification(
                                Json.write(as30(document)))
                        .build();
    }

    /** Skips the test when the document is absent. */
    public static VendorContract of(String name) {
        return of(name, _ -> {});
    }

    /** The same, with a place mended at which the vendor's document contradicts itself. */
    public static VendorContract of(String name, Consumer<ObjectNode> mending) {
        // Maven runs tests in the module's folder, two below the checkout.
        var checkout = Path.of("../..").toAbsolutePath().normalize();
        var file = checkout.resolveSibling("shared").resolve("contracts").resolve(name);
        assumeTrue(Files.exists(file), "no contract at ../shared/contracts/" + name);
        var document = read(file);
        mending.accept(document);
        return new VendorContract(document);
    }

    /**
     * What is wrong with a call, in the validator's words; empty when nothing is.
     *
     * @param path as the document names it
     */
    public List<String> complaints(String path, FakePlatform.Asked asked) {
        var request = new SimpleRequest.Builder(Request.Method.valueOf(asked.method()), path);
        asked.header("Content-Type").ifPresent(request::withContentType);
        asked.header("Authorization").ifPresent(request::withAuthorization);
        query(asked.path()).forEach(pair -> request.withQueryParam(pair[0], pair[1]));
        if (!asked.body().isEmpty()) request.withBody(asked.body());
        return validator.validateRequest(request.build()).getMessages().stream()
                .map(message -> message.getKey() + ": " + message.getMessage())
                .toList();
    }

    /** Swagger 2.0 is taken as it is. */
    private static JsonNode as30(ObjectNode document) {
        if (document.has("swagger")) return document;
        document.put("openapi", "3.0.3").withObject("/info").remove("summary");
        document.findParents("type").stream()
                .filter(schema -> schema.path("type").isArray())
                .forEach(schema -> ((ObjectNode) schema).remove("type"));
        return document;
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) Json.parse(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String[]> query(String path) {
        var query = URI.create(path).getQuery();
        return query == null
                ? Stream.empty()
                : Stream.of(query.split("&")).map(pair -> pair.split("=", 2));
    }
}
