package shop.unwind.testing;

import shop.unwind.cases.Cases;
import shop.unwind.domain.CaseId;
import shop.unwind.workflow.Executions;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Step Functions as far as names go: it starts executions, and runs none. */
public final class TestExecutions implements SfnClient {
    private static final String MACHINE = "arn:aws:states:us-east-1:0:stateMachine:case";

    private record Execution(String input, ExecutionStatus status) {}

    private final Map<String, Execution> byName = new ConcurrentHashMap<>();
    private final List<String> started = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    public Executions of(Cases cases) {
        return new Executions(this, MACHINE, cases);
    }

    /** The names of all executions, in the order of their starts. */
    public List<String> started() {
        return List.copyOf(started);
    }

    /** What each was given, by name. */
    public Map<String, String> inputs() {
        var inputs = new TreeMap<String, String>();
        byName.forEach((name, execution) -> inputs.put(name, execution.input()));
        return inputs;
    }

    /** The execution of this case is over. */
    public void end(CaseId id, ExecutionStatus status) {
        byName.computeIfPresent(id.toString(), (_, was) -> new Execution(was.input(), status));
    }

    /** The next start fails. */
    public void failOnce() {
        down = true;
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        if (down) {
            down = false;
            throw SfnException.builder().message("Step Functions is down").build();
        }
        var fresh = new Execution(request.input(), ExecutionStatus.RUNNING);
        var standing = byName.putIfAbsent(request.name(), fresh);
        if (standing == null) started.add(request.name());
        else if (!standing.equals(fresh))
            throw ExecutionAlreadyExistsException.builder().message(request.name()).build();
        return StartExecutionResponse.builder().build();
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        var arn = request.executionArn();
        var found = byName.get(arn.substring(arn.lastIndexOf(':') + 1));
        if (found == null) throw SfnException.builder().message("no execution " + arn).build();
        return DescribeExecutionResponse.builder().status(found.status()).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
