package shop.unwind.file;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.function.Clients;
import shop.unwind.function.JsonFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.workflow.Executions;

import software.amazon.awssdk.services.sfn.SfnClient;

/** Entry point: the workflow's first and last step. */
public final class FileFunction extends JsonFunction {
    private final Documents documents;
    private final Cases cases;
    private final Executions executions;
    private final CaseFile file;

    public FileFunction() {
        var clients = new Clients();
        this.cases = clients.cases();
        var sfn = Clients.patient(SfnClient::builder).build();
        var arn = Environment.required("STATE_MACHINE_ARN");
        this.documents = clients.documents();
        this.executions = new Executions(sfn, arn, cases);
        this.file =
                new CaseFile(
                        cases,
                        documents::store,
                        () -> documents.policy().document(),
                        clients.requests(),
                        executions);
    }

    @Override
    protected Object answer(JsonNode input, Context context, Log log) {
        var errand = Json.read(input, Errand.class);
        log.with("case", errand.caseId().toString()).info(errand.operation().name());
        return switch (errand.operation()) {
            case OPEN -> file.open(errand.caseId());
            case HAND_OVER -> file.handOver(errand.caseId(), errand.number().orElse(""));
            case REOPEN -> {
                file.reopen(errand.caseId(), errand.outcomes());
                yield Json.object();
            }
            case CLOSE -> file.close(errand.caseId(), errand.outcomes(), errand.trouble());
        };
    }

    @Override
    protected void prime() {
        documents.store();
        cases.rehearse();
        executions.rehearse();
    }

    @Override
    protected void forget() {
        documents.forget();
    }
}
