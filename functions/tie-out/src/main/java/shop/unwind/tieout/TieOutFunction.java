package shop.unwind.tieout;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.function.Clients;
import shop.unwind.function.JsonFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.words.TieOutReport;

import software.amazon.awssdk.services.lambda.LambdaClient;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Entry point, invoked each night by a schedule. Answers with the {@code TieOut.Result} and tells
 * staff, also when everything agrees: a night without news is a night without a tie-out.
 */
public final class TieOutFunction extends JsonFunction {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** One part in so many is kept for the orders that were begun, and the report. */
    private static final int RESERVE = 10;

    private final Cases cases;
    private final Documents documents;
    private final Connectors connectors;

    public TieOutFunction() {
        var clients = new Clients();
        this.cases = clients.cases();
        this.documents = clients.documents();
        this.connectors =
                new Connectors(
                        Clients.patient(LambdaClient::builder).build(),
                        Environment.required("FUNCTIONS"),
                        PAUSE);
    }

    @Override
    protected Object answer(JsonNode input, Context context, Log log) {
        var store = documents.store();
        var now = cases.now();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var left = context.getRemainingTimeInMillis();
        var until = now.plusMillis(left - left / RESERVE);
        var result = new TieOut(cases, connectors).run(today, store.tieOutDays(), until);
        for (var difference : result.differences())
            log.with("order", difference.order().key())
                    .with("difference", difference.kind().name())
                    .warn(difference.words());
        log.info(result.checked() + " cases compared, " + result.left() + " left");
        for (var staff : store.staff()) connectors.report(staff, report(today, result));
        return Json.tree(result);
    }

    private static TieOutReport report(LocalDate day, TieOut.Result result) {
        return new TieOutReport(
                day,
                result.checked(),
                result.open(),
                result.attention(),
                result.left(),
                result.differences().stream().map(Difference::sentence).toList());
    }

    @Override
    protected void prime() {
        documents.store();
        cases.rehearse();
    }

    @Override
    protected void forget() {
        documents.forget();
    }
}
