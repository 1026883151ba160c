package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls functions. */
@FunctionalInterface
public interface Lambda {
    /**
     * Calls a function and waits for what it returns.
     *
     * @param function its name or ARN, with or without qualifier
     * @throws TaskFailure with the class of what it threw and, as cause, Lambda's JSON text about
     *     it; {@code Lambda.ResourceNotFoundException} when there is no such function
     */
    JsonNode invoke(String function, JsonNode payload) throws TaskFailure;
}
