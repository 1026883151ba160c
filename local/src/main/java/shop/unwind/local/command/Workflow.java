package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsService;
import shop.unwind.local.Journal;
import shop.unwind.local.states.StateMachine;
import shop.unwind.local.states.StepFunctions;
import shop.unwind.local.states.Tasks;
import shop.unwind.local.template.Template;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The executions of a machine, which can be killed and go on from their journal. */
public final class Workflow implements AwsService, AutoCloseable {
    private record Run(Journal journal, StepFunctions engine) {}

    private final Machine.Setup setup;
    private final Tasks tasks;
    private final List<StateMachine> machines;
    private volatile Run run;

    Workflow(Machine.Setup setup, Tasks tasks, List<Template.StateMachine> machines) {
        this.setup = setup;
        this.tasks = tasks;
        this.machines =
                machines.stream()
                        .map(each -> StateMachine.read(each.name(), each.arn(), each.definition()))
                        .toList();
        this.run = begin();
    }

    @Override
    public JsonNode call(String operation, JsonNode request) {
        return run.engine.call(operation, request);
    }

    /** What runs the executions now; another one after a restart. */
    public StepFunctions engine() {
        return run.engine;
    }

    /** Goes on with what the journal left open. */
    void resume() {
        run.engine.resume();
    }

    /**
     * From now on nothing that happens in an execution is kept, as if the process had been killed
     * at this very line of the journal; functions that run go on to their end.
     */
    public void kill() {
        run.journal.close();
    }

    /** Begins again with what the journal holds. */
    public void restart() {
        close();
        run = begin();
        run.engine.resume();
    }

    @Override
    public void close() {
        kill();
        run.engine.abandon();
    }

    private Run begin() {
        var journal = file().map(Journal::in).orElseGet(Journal::inMemory);
        var engine =
                new StepFunctions(
                        tasks,
                        journal,
                        setup.conditions().time(),
                        new SplittableRandom(),
                        setup.listener());
        machines.forEach(engine::register);
        return new Run(journal, engine);
    }

    private Optional<Path> file() {
        return setup.data()
                .map(data -> data.resolve("executions.journal"))
                .or(setup.conditions()::journal);
    }
}
