package shop.unwind.local.states;

import java.util.Arrays;
import java.util.Optional;

/** The integrations played here. */
enum Resource {
    INVOKE("lambda", "invoke", false),
    INVOKE_AND_WAIT("lambda", "invoke.waitForTaskToken", true),
    SEND_MESSAGE("sqs", "sendMessage", false),
    PUT_EVENTS("events", "putEvents", false);

    private final String service;
    private final String action;
    private final boolean callback;

    Resource(String service, String action, boolean callback) {
        this.service = service;
        this.action = action;
        this.callback = callback;
    }

    static Optional<Resource> of(String arn) {
        return Arrays.stream(values()).filter(resource -> resource.arn().equals(arn)).findFirst();
    }

    String arn() {
        return "arn:aws:states:::" + service + ":" + action;
    }

    /** What history calls the resource type, such as {@code lambda}. */
    String service() {
        return service;
    }

    /** What history calls the resource, such as {@code invoke}. */
    String action() {
        return action;
    }

    /** Whether the task goes on until its token is answered. */
    boolean callback() {
        return callback;
    }
}
