package shop.unwind.start;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.cases.Cases;
import shop.unwind.config.Environment;
import shop.unwind.domain.Request;
import shop.unwind.function.Clients;
import shop.unwind.function.SqsFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.workflow.Executions;

import software.amazon.awssdk.services.sfn.SfnClient;

/** Entry point: queue {@code requests} in, executions out. */
public final class StartFunction extends SqsFunction {
    private final Cases cases;
    private final Executions executions;
    private final Starter starter;

    public StartFunction() {
        var clients = new Clients();
        this.cases = clients.cases();
        var sfn = Clients.patient(SfnClient::builder).build();
        var arn = Environment.required("STATE_MACHINE_ARN");
        this.executions = new Executions(sfn, arn, cases);
        this.starter = new Starter(cases, executions);
    }

    @Override
    protected void prime() {
        cases.rehearse();
        executions.rehearse();
    }

    @Override
    protected void take(JsonNode body, Log log) {
        var admission = starter.start(Json.read(body, Request.class));
        log.with("case", admission.head().id().toString())
                .info(admission.repeated() ? "request repeated" : "request recorded");
    }
}
