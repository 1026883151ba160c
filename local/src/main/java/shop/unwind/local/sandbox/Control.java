package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.Journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Steers the sandbox: {@code PUT /_world}, {@code GET /_state/PLATFORM}, {@code GET /_stats},
 * {@code GET /_calls}, {@code POST /_reset}, {@code GET}, {@code PUT} and {@code POST /_faults},
 * {@code PUT /_delay}, {@code PUT /_limits}, {@code PUT /_webhooks}, and {@code POST
 * /PLATFORM/_act/...}. What it cannot read it refuses with 400 and the name of the field.
 */
final class Control {
    private final Map<String, Platform> platforms;
    private final Map<String, Stage> stages;
    private final Stats stats;
    private final AtomicBoolean limits;
    private final Journal journal;
    private final CallLog log = new CallLog();
    private final Faults faults = new Faults();
    private final Gate gate;
    private final Routes routes =
            new Routes()
                    .on("PUT", "/_world", "world", this::world)
                    .on("GET", "/_state/{platform}", "state", this::state)
                    .on("GET", "/_stats", "stats", _ -> statistics())
                    .on("GET", "/_calls", "calls", _ -> Answer.json(200, log.toJson()))
                    .on("POST", "/_reset", "reset", _ -> reset())
                    .on("PUT", "/_faults", "faults", call -> faults(call, faults::replace))
                    .on("POST", "/_faults", "faults", call -> faults(call, faults::add))
                    .on("GET", "/_faults", "faults", _ -> Answer.json(200, faults.toJson()))
                    .on("PUT", "/_delay", "delay", this::delay)
                    .on("PUT", "/_limits", "limits", this::limits)
                    .on("PUT", "/_webhooks", "webhooks", this::webhooks);

    Control(
            Map<String, Platform> platforms,
            Map<String, Stage> stages,
            Stats stats,
            AtomicBoolean limits,
            Journal journal,
            Duration delay) {
        this.platforms = platforms;
        this.stages = stages;
        this.stats = stats;
        this.limits = limits;
        this.journal = journal;
        this.gate = new Gate(stages, stats, log, faults, delay);
    }

    /** Answers a call to a platform; empty when the connection is to close without an answer. */
    Optional<Answer> answer(Platform platform, Call call) throws InterruptedException {
        if (!call.path().startsWith("/_act/")) return gate.pass(platform, call);
        return Optional.of(guarded(() -> act(platform, call)));
    }

    /** Answers a call to the sandbox itself. */
    Answer answer(Call call) {
        return routes.find(call)
                .map(route -> guarded(route::run))
                .orElseGet(() -> error(404, "no such path: " + call.method() + " " + call.path()));
    }

    private Answer act(Platform platform, Call call) {
        var path = List.of(call.path().substring("/_act/".length()).split("/"));
        var input = call.body().isEmpty() ? new Fields(Json.of(), "") : body(call);
        return Answer.json(200, platform.act(path, input));
    }

    private Answer world(Call call) {
        var json = call.json().orElseThrow(() -> new Fields.Invalid("body: expected JSON"));
        var wrapped = json.isArray() ? Json.of("orders", json) : json;
        var fields = new Fields(wrapped, "");
        var orders = fields.objects("orders").stream().map(WorldOrder::read).toList();
        fields.nothingElse();
        return Answer.json(200, Json.of("orders", orders.stream().map(this::add).toList()));
    }

    private JsonNode add(WorldOrder order) {
        var created = Json.of("storefront", order.storefront(), "number", order.number());
        for (var platform : platforms.values())
            State.atTheBeginning(() -> alone(platform, () -> platform.add(order)))
                    .ifPresent(made -> created.set(platform.name(), made));
        return created;
    }

    private Answer state(Call call) {
        return Optional.ofNullable(stages.get(call.part("platform")))
                .map(stage -> Answer.json(200, stage.state().toJson()))
                .orElseGet(() -> error(404, "no such platform: " + call.part("platform")));
    }

    private Answer statistics() {
        var books =
                platforms.values().stream()
                        .flatMap(
                                platform ->
                                        alone(platform, () -> platform.books().toList()).stream())
                        .map(Control::json);
        return Answer.json(200, stats.toJson().set("payments", Json.array(books)));
    }

    private Answer reset() {
        stages.values().forEach(stage -> stage.state().clear());
        journal.append(Json.of("reset", true));
        stats.reset();
        log.clear();
        faults.replace(List.of());
        return Answer.empty(204);
    }

    private static Answer faults(Call call, Consumer<List<Fields>> taker) {
        var json = call.json().orElseThrow(() -> new Fields.Invalid("body: expected JSON"));
        if (!json.isArray()) throw new Fields.Invalid("body: expected a list of faults");
        taker.accept(
                IntStream.range(0, json.size())
                        .mapToObj(at -> new Fields(json.get(at), "[" + at + "]"))
                        .toList());
        return Answer.empty(204);
    }

    private Answer delay(Call call) {
        gate.delay(Duration.ofMillis(body(call).number("millis")));
        return Answer.empty(204);
    }

    private Answer limits(Call call) {
        limits.set(body(call).flag("hold", true));
        return Answer.empty(204);
    }

    private Answer webhooks(Call call) {
        var lost = body(call).flag("lost", true);
        stages.values().forEach(stage -> stage.loseWebhooks(lost));
        return Answer.empty(204);
    }

    private <T> T alone(Platform platform, Supplier<T> task) {
        return Optional.ofNullable(stages.get(platform.name())).orElseThrow().alone(task);
    }

    private static Fields body(Call call) {
        return new Fields(
                call.json().orElseThrow(() -> new Fields.Invalid("body: expected JSON")), "");
    }

    private static JsonNode json(Platform.Book book) {
        return Json.of(
                "platform", book.platform(),
                "payment", book.payment(),
                "order", book.order(),
                "currency", book.currency(),
                "captured", book.captured(),
                "refunded", book.refunded(),
                "pending", book.pending(),
                "refunds", book.refunds());
    }

    private static Answer guarded(Supplier<Answer> task) {
        try {
            return task.get();
        } catch (Fields.Invalid invalid) {
            return error(400, String.valueOf(invalid.getMessage()));
        }
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, Json.of("error", message));
    }
}
