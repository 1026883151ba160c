package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;

import java.nio.file.Files;
import java.nio.file.Path;

/** The vendors' own contracts, which lie beside the checkout when they are there at all. */
final class Contracts {
    private final OpenApiInteractionValidator validator;

    private Contracts(Path file, ValidationReport.Level unknownFields) {
        var levels =
                LevelResolver.create()
                        .withLevel(
                                "validation.response.body.schema.additionalProperties",
                                unknownFields)
                        // Where a schema is put together of several, each would refuse the others'.
                        .withLevel("validation.schema.additionalProperties", unknownFields)
                        .build();
        validator =
                OpenApiInteractionValidator.createForSpecificationUrl(file.toString())
                        .withLevelResolver(levels)
                        .build();
    }

    static Contracts of(String file) {
        return new Contracts(file(file), ValidationReport.Level.ERROR);
    }

    /** For a document that does not name every field. */
    static Contracts loose(String file) {
        return new Contracts(file(file), ValidationReport.Level.IGNORE);
    }

    /** Skips the test when the file is absent. */
    static Path file(String name) {
        // Maven runs tests in the module's folder, one below the checkout.
        var checkout = Path.of("..").toAbsolutePath().normalize();
        var file = checkout.resolveSibling("shared").resolve("contracts").resolve(name);
        assumeTrue(Files.exists(file), "no contract at " + file);
        return file;
    }

    /** Complains when the reply is not what the contract has for this path and its status. */
    TestingClient.Reply check(String method, String path, TestingClient.Reply reply) {
        var report = report(method, path, reply);
        assertThat(report.hasErrors()).as(report.getMessages() + reply.text()).isFalse();
        return reply;
    }

    ValidationReport report(String method, String path, TestingClient.Reply reply) {
        var response = SimpleResponse.Builder.status(reply.status());
        if (!reply.text().isEmpty())
            response.withContentType("application/json").withBody(reply.text());
        return validator.validateResponse(path, Request.Method.valueOf(method), response.build());
    }
}
