package shop.unwind.intakeslack;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Step Functions that takes one answer for each token, and can be down once. */
final class WaitingExecutions implements SfnClient {
    private final Map<String, String> outputs = new ConcurrentHashMap<>();
    private volatile boolean down;

    void failOnce() {
        down = true;
    }

    /** What the executions were woken with, by token. */
    Map<String, String> outputs() {
        return Map.copyOf(outputs);
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        if (down) {
            down = false;
            throw SfnException.builder().message("Step Functions is down").build();
        }
        if (outputs.putIfAbsent(request.taskToken(), request.output()) != null)
            throw TaskTimedOutException.builder().message("no such task any more").build();
        return SendTaskSuccessResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
