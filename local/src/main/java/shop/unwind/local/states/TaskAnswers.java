package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.local.AwsError;

/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat. */
final class TaskAnswers {
    private static final int LONGEST_TOKEN = 2048;

    private final Tokens tokens;
    private final Time time;

    TaskAnswers(Tokens tokens, Time time) {
        this.tokens = tokens;
        this.time = time;
    }

    JsonNode success(Parameters parameters) {
        var output = parameters.text("output");
        if (Json.tooLarge(output))
            throw Parameters.invalid("output", "must have a length of at most " + Json.LIMIT);
        var result =
                Json.parse(output)
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                "InvalidOutput", "Invalid Output: it is not JSON"));
        return answer(
                parameters,
                (scope, task, attempt) -> TaskRunner.succeed(scope, task, attempt, result, output));
    }

    JsonNode failure(Parameters parameters) {
        var error = parameters.optional("error", Limits.ERROR).orElse(null);
        var cause = parameters.optional("cause", Limits.CAUSE).orElse(null);
        var failure = new Failure(error, cause);
        return answer(
                parameters,
                (scope, task, attempt) -> TaskRunner.fail(scope, task, attempt, failure));
    }

    JsonNode heartbeat(Parameters parameters) {
        return answer(
                parameters,
                (scope, _, attempt) -> TaskRunner.heartbeat(scope, attempt, time.instant()));
    }

    /** What the answer to a task's token does; false when the task takes none any more. */
    private interface Answer {
        boolean give(Scope scope, State.Task task, Visit.Attempt attempt);
    }

    private JsonNode answer(Parameters parameters, Answer answer) {
        var token = parameters.optional("taskToken", LONGEST_TOKEN).orElse("");
        var scope = tokens.scope(token);
        if (!scope.execution.locked(() -> answer(scope, token, answer)))
            throw new AwsError(
                    "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
        return Details.none();
    }

    private static boolean answer(Scope scope, String token, Answer answer) {
        var visit =
                scope.visit()
                        .filter(
                                here ->
                                        here.attempt()
                                                .filter(now -> now.token.equals(token))
                                                .isPresent());
        if (visit.isEmpty() || !(visit.get().state instanceof State.Task task)) return false;
        return answer.give(scope, task, visit.get().attempt().orElseThrow());
    }
}
