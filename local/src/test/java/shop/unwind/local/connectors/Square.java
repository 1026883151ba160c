package shop.unwind.local.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.domain.Money;
import shop.unwind.json.Json;
import shop.unwind.testing.TestPlatform;

import java.time.InstantSource;
import java.util.Map;

/** The sandbox's Square, as storefront and as payment provider alike. */
final class Square {
    static final String PAYMENT = "PAYsquare1001_1";
    static final String REFUND = "POST /v2/refunds";
    static final String RETRIEVE = "POST /v2/inventory/changes/batch-retrieve";

    private final TestSandbox sandbox;

    Square(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    <R> R connect(Class<R> role, String baseUrl, InstantSource clock) {
        var settings = Json.object().put("baseUrl", baseUrl);
        settings.putArray("locations").add("L88917AVBK2S5");
        var token = TestSandbox.secrets("square").getOrDefault("personalToken", "");
        return TestSandbox.connector(
                "square.Square",
                role,
                TestPlatform.of("square", settings, Map.of("accessToken", token), clock));
    }

    static ObjectNode order(Money worth, String email) {
        return Orders.of(worth, email).put("storefront", "square");
    }

    JsonNode order() {
        return sandbox.state("square").at("/orders/1001");
    }

    JsonNode payment() {
        return sandbox.state("square").at("/payments/" + PAYMENT);
    }

    void act(String subject, String act, ObjectNode how) {
        sandbox.act("square/" + subject + "/" + act, how);
    }

    void act(String subject, String act) {
        act(subject, act, Json.object());
    }

    static String error(int status, String code, String detail) {
        var category =
                switch (status) {
                    case 401, 403 -> "AUTHENTICATION_ERROR";
                    case 429 -> "RATE_LIMIT_ERROR";
                    case 500 -> "API_ERROR";
                    default -> "INVALID_REQUEST_ERROR";
                };
        var error = Json.object();
        error.putArray("errors")
                .addObject()
                .put("category", category)
                .put("code", code)
                .put("detail", detail);
        return Json.write(error);
    }

    static String error(int status, String detail) {
        var code =
                switch (status) {
                    case 401 -> "UNAUTHORIZED";
                    case 403 -> "FORBIDDEN";
                    case 404 -> "NOT_FOUND";
                    case 429 -> "RATE_LIMITED";
                    case 500 -> "INTERNAL_SERVER_ERROR";
                    default -> "BAD_REQUEST";
                };
        return error(status, code, detail);
    }
}
