package shop.unwind.intakeslack;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.cases.Cases;
import shop.unwind.domain.OrderRef;
import shop.unwind.function.BadRequest;
import shop.unwind.json.Json;
import shop.unwind.log.Log;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

import java.util.regex.Pattern;

/** Records the first answer to a question and wakes the execution that waits for it. */
final class Answers {
    private static final Pattern APPROVAL = Pattern.compile("[a-z0-9-]{1,100}");

    private record Woken(boolean approved, String by) {}

    private final Cases cases;
    private final SfnClient sfn;

    Answers(Cases cases, SfnClient sfn) {
        this.cases = cases;
        this.sfn = sfn;
    }

    /**
     * Gives an answer, or repeats the one that stands: the execution may not have heard of it, if
     * this function died in between.
     */
    void give(Press press, boolean approved, Log log) {
        var space = press.value().indexOf(' ');
        var asked = press.value().substring(space + 1);
        if (space < 0 || !APPROVAL.matcher(asked).matches())
            throw new BadRequest(400, "value: case and approval were expected");
        var id = CaseIds.of(press.value().substring(0, space));
        var approval = cases.approval(id.order(), asked);
        var about = log.with("case", id.toString());
        approval.map(standing -> first(id.order(), standing, approved, press.user()))
                .ifPresentOrElse(
                        answered -> wake(answered, about),
                        () -> about.warn("an answer to a question that was never asked"));
    }

    /** Whoever else writes meanwhile asks again or answers: look how it stands then. */
    private Approval first(OrderRef order, Approval read, boolean approved, String user) {
        var answer = approved ? Answer.APPROVED : Answer.REJECTED;
        var asked = read;
        while (asked.answer() == Answer.OPEN) {
            var answered = asked.answered(answer, user);
            if (cases.change(order, asked, answered)) return answered;
            asked = cases.approval(order, asked.id()).orElseThrow();
        }
        return asked;
    }

    private void wake(Approval standing, Log log) {
        switch (standing.answer()) {
            case APPROVED -> send(standing, true, log);
            case REJECTED -> send(standing, false, log);
            case EXPIRED -> log.info("too late: the question had expired");
            case OPEN -> throw new IllegalStateException("approval without an answer");
        }
    }

    private void send(Approval standing, boolean approved, Log log) {
        var output = Json.write(new Woken(approved, standing.by().orElse("")));
        try {
            sfn.sendTaskSuccess(send -> send.taskToken(standing.taskToken()).output(output));
            log.info(standing.answer() + " by " + standing.by().orElse(""));
        } catch (TaskTimedOutException | TaskDoesNotExistException heard) {
            log.info("the execution had its answer already");
        }
    }
}
