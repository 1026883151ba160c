package shop.unwind.connector;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.connector.Task.Operation;
import shop.unwind.function.Clients;
import shop.unwind.function.JsonFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.once.Once;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.secrets.Secrets;
import shop.unwind.secrets.Tokens;
import shop.unwind.table.Bookmark;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The entry point of every connector; a platform adds its name and how its connector is made. */
public abstract class ConnectorFunction extends JsonFunction {
    private record Made(JsonNode settings, Map<String, String> owners, Connector connector) {}

    private final String platform;
    private final Function<Platform, Connector> maker;
    private final Clients clients = new Clients();
    private final Documents documents = clients.documents();
    private final Secrets secrets = clients.secrets();
    private final Tokens tokens;
    private final Operations operations;
    private volatile Optional<Made> made = Optional.empty();

    protected ConnectorFunction(String platform, Function<Platform, Connector> maker) {
        this.platform = platform;
        this.maker = maker;
        var steps = Environment.required("STEPS_TABLE");
        this.tokens = new Tokens(clients.dynamo(), steps, platform, clients.clock());
        var once =
                new Once(
                        clients.dynamo(),
                        steps,
                        platform,
                        clients.clock(),
                        () -> UUID.randomUUID().toString());
        this.operations =
                new Operations(
                        platform,
                        clients.cases(),
                        documents::store,
                        once,
                        clients.breaker(documents),
                        new Sweep(
                                new Bookmark(clients.dynamo(), steps, platform),
                                clients::requests,
                                clients.clock()),
                        clients.clock());
    }

    @Override
    protected final Object answer(JsonNode input, Context context, Log log) {
        var task = Json.read(input, Task.class);
        var lines = log.with("platform", platform).with("operation", task.operation().name());
        var about = task.caseId().map(id -> lines.with("case", id.toString())).orElse(lines);
        if (task.operation() == Operation.SWEEP && settings().isMissingNode()) {
            about.info("the store document does not name it: nothing to sweep");
            return Json.object();
        }
        try {
            var answer = operations.run(connector(), task, context.getRemainingTimeInMillis());
            about.info("done");
            about.count(task.operation().name(), platform, clients.clock().instant());
            return answer;
        } catch (Problem problem) {
            about.warn("not done", problem);
            about.count(problem.getClass().getSimpleName(), platform, clients.clock().instant());
            throw problem;
        }
    }

    @Override
    protected final void prime() {
        Json.read(Json.tree(Json.object().put("operation", "PROBE")), Task.class);
        connector();
    }

    @Override
    protected final void forget() {
        documents.forget();
        secrets.forget();
        tokens.forget();
        made = Optional.empty();
    }

    /** Made anew only when its settings change: it holds the connections to its platform. */
    private Connector connector() {
        var settings = settings();
        var owners = documents.store().moneyMovedBy().getOrDefault(platform, Map.of());
        if (settings.isMissingNode())
            throw new Misconfigured("store document: platforms." + platform);
        var last = made;
        if (last.isPresent()
                && last.get().settings().equals(settings)
                && last.get().owners().equals(owners)) return last.get().connector();
        var next =
                new Made(
                        settings,
                        owners,
                        maker.apply(
                                new Platform(
                                        platform,
                                        settings,
                                        owners,
                                        secrets,
                                        tokens,
                                        clients.clock())));
        made = Optional.of(next);
        return next.connector();
    }

    private JsonNode settings() {
        return documents.store().platforms().getOrDefault(platform, MissingNode.getInstance());
    }
}
