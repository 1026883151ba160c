package shop.unwind.local;

import com.fasterxml.jackson.databind.JsonNode;

/** One AWS service as its JSON protocol sees it. */
@FunctionalInterface
public interface AwsService {
    /**
     * Answers one request.
     *
     * @param operation the part of {@code X-Amz-Target} after the dot, such as {@code
     *     StartExecution}
     * @throws AwsError what the service would answer with HTTP 400
     */
    JsonNode call(String operation, JsonNode request);
}
