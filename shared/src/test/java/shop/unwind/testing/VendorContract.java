package shop.unwind.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.json.Json;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A vendor's own OpenAPI document, which lies beside the checkout when it is there at all. The
 * validator passes every body over when a document calls itself 3.1, so it is read as 3.0; a field
 * of several types, which 3.0 has not, may then hold anything.
 */
public final class VendorContract {
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[.*");

    private static final String FIELDS = "validation.schema.additionalProperties";
    private static final String ANSWERED = "validation.response.body.schema.additionalProperties";
    private static final LevelResolver STRICT =
            LevelResolver.create()
                    .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                    .build();

    /** Where a schema is put together of several, each would refuse the others' fields. */
    private static final LevelResolver OPEN =
            LevelResolver.create()
                    .withLevel(ANSWERED, Level.IGNORE)
                    .withLevel(FIELDS, Level.IGNORE)
                    .build();

    private final OpenApiInteractionValidator requests;
    private final OpenApiInteractionValidator answers;

    /** What the document calls its parameters. */
    private final Set<String> names;

    private VendorContract(ObjectNode document, boolean namesAllFields) {
        names = new HashSet<>(document.findValuesAsText("name"));
        var text = Json.write(as30(document));
        requests = validator(text, STRICT);
        answers = namesAllFields ? requests : validator(text, OPEN);
    }

    /** Skips the test when the document is absent. */
    public static VendorContract of(String name) {
        var document = (ObjectNode) Json.parse(VendorFile.text(name));
        VendorMends.mend(name, document);
        return new VendorContract(document, VendorMends.namesAllFields(name));
    }

    /** Whether the document has such a path and method at all. */
    public boolean knows(String path, FakePlatform.Asked asked) {
        return requests.validateRequest(request(path, asked)).getMessages().stream()
                .map(ValidationReport.Message::getKey)
                .noneMatch(key -> key.matches("validation.request.(path.missing|operation.*)"));
    }

    /**
     * What is wrong with a call, in the validator's words; empty when nothing is.
     *
     * @param path as the document names it
     */
    public List<String> complaints(String path, FakePlatform.Asked asked) {
        return words(requests.validateRequest(request(path, asked)));
    }

    /** What is wrong with the answer to a call; empty when nothing is. */
    public List<String> complaints(String path, String method, Onward.Reply reply) {
        var response = SimpleResponse.Builder.status(reply.status());
        if (!reply.body().isEmpty())
            response.withContentType("application/json").withBody(reply.body());
        return words(
                answers.validateResponse(path, Request.Method.valueOf(method), response.build()));
    }

    private Request request(String path, FakePlatform.Asked asked) {
        var request = new SimpleRequest.Builder(Request.Method.valueOf(asked.method()), path);
        asked.headers().forEach((name, values) -> request.withHeader(name, values));
        query(asked.path()).forEach(pair -> request.withQueryParam(shown(pair[0]), pair[1]));
        var isForm =
                asked.header("Content-Type").orElse("").startsWith("application/x-www-form-url");
        if (!asked.body().isEmpty()) request.withBody(isForm ? folded(asked.body()) : asked.body());
        return request.build();
    }

    /** The validator reads no {@code expand[]=…}: where the document knows the whole, show that. */
    private String shown(String name) {
        var whole = IN_BRACKETS.matcher(name).replaceFirst("");
        return !names.contains(name) && names.contains(whole) ? whole : name;
    }

    /** Nor does it read {@code metadata[key]=…}: a map is shown to it as one field. */
    private static String folded(String form) {
        return Stream.of(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(
                        Collectors.toMap(
                                field -> IN_BRACKETS.matcher(decoded(field[0])).replaceFirst(""),
                                field -> field.length > 1 ? field[1] : "",
                                (one, _) -> one))
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    private static Stream<String[]> query(String path) {
        return Optional.ofNullable(URI.create(path).getRawQuery()).stream()
                .flatMap(query -> Stream.of(query.split("&")))
                .map(pair -> (pair + "=").split("=", 3))
                .map(pair -> new String[] {decoded(pair[0]), decoded(pair[1])});
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> words(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(message -> message.getKey() + ": " + message.getMessage())
                .toList();
    }

    private static OpenApiInteractionValidator validator(String document, LevelResolver levels) {
        return OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .withLevelResolver(levels)
                .build();
    }

    /** Swagger 2.0 is taken as it is. */
    private static JsonNode as30(ObjectNode document) {
        if (document.has("swagger")) return document;
        document.put("openapi", "3.0.3").withObject("/info").remove("summary");
        document.findParents("type").stream()
                .filter(schema -> schema.path("type").isArray())
                .forEach(schema -> ((ObjectNode) schema).remove("type"));
        for (var schema : document.findParents("anyOf")) takeNull((ObjectNode) schema);
        return document;
    }

    /** What may be null is said in another way in 3.0. */
    private static void takeNull(ObjectNode schema) {
        var kinds = schema.path("anyOf");
        var others = kinds.valueStream().filter(VendorContract::isNoNull).toList();
        if (others.size() == kinds.size()) return;
        if (others.size() == 1) schema.removeAll().setAll((ObjectNode) others.getFirst());
        else schema.putArray("anyOf").addAll(others);
        schema.put("nullable", true);
    }

    private static boolean isNoNull(JsonNode schema) {
        return !schema.path("type").asText().equals("null");
    }
}
