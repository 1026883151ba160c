package shop.unwind.tieout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Task.Operation;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Order;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.json.Json;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Throttled;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;
import shop.unwind.words.TieOutReport;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the connectors, each by the name of its function. */
final class Connectors {
    private static final int ATTEMPTS = 5;
    private static final String NOT_FOUND = NotFound.class.getName();
    private static final Set<String> PASSING =
            Set.of(Throttled.class.getName(), Unreachable.class.getName(), Unsure.class.getName());

    private final LambdaClient lambda;
    private final String functions;
    private final Duration pause;

    /**
     * Makes the connectors known.
     *
     * @param functions what the names of their functions begin with
     * @param pause before the second attempt at most; doubled before each further one
     */
    Connectors(LambdaClient lambda, String functions, Duration pause) {
        this.lambda = lambda;
        this.functions = functions;
        this.pause = pause;
    }

    /** A platform gave no usable answer, however often it was asked. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String words) {
            super(words);
        }
    }

    /** The order as its storefront has it now; empty when it does not know it. */
    Optional<Order> order(CaseId id) {
        var task = task(Operation.CHECK_ORDER, id);
        return ask(id.order().storefront(), task).map(answer -> Json.read(answer, Order.class));
    }

    /** The payment as its mover has it now; empty when it does not know it. */
    Optional<Payment> payment(CaseId id, PaymentRef ref) {
        var task = task(Operation.READ_PAYMENT, id).set("step", Json.tree(ref));
        return ask(ref.platform(), task).map(answer -> Json.read(answer, Payment.class));
    }

    /** A refund of ours as it stands now; empty when its mover does not know it. */
    Optional<Outcome> refund(CaseId id, Outcome refund) {
        var task = task(Operation.FOLLOW, id).set("step", Json.tree(refund));
        return ask(refund.platform(), task).map(answer -> Json.read(answer, Outcome.class));
    }

    /**
     * Tells staff.
     *
     * @throws Unreadable when they could not be told
     */
    void report(String platform, TieOutReport report) {
        var task = Json.object().put("operation", Operation.REPORT.name());
        task.set("step", Json.tree(report));
        if (ask(platform, task).isEmpty()) throw new Unreadable(platform + ": nothing to tell in");
    }

    private static ObjectNode task(Operation operation, CaseId id) {
        return Json.object().put("operation", operation.name()).put("caseId", id.toString());
    }

    private Optional<JsonNode> ask(String platform, JsonNode task) {
        for (var attempt = 1; ; attempt++) {
            var reply =
                    lambda.invoke(
                            invoke ->
                                    invoke.functionName(functions + platform)
                                            .qualifier("live")
                                            .payload(SdkBytes.fromByteArray(Json.bytes(task))));
            var answer = Json.parse(reply.payload().asByteArray());
            if (reply.functionError() == null) return Optional.of(answer);
            var problem = answer.path("errorType").asText();
            if (problem.equals(NOT_FOUND)) return Optional.empty();
            if (!PASSING.contains(problem) || attempt == ATTEMPTS)
                throw new Unreadable(platform + ": " + answer.path("errorMessage").asText(problem));
            rest(attempt);
        }
    }

    private void rest(int attempt) {
        var most = pause.multipliedBy(1L << (attempt - 1)).toMillis();
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unreadable("stopped while it waited for a platform");
        }
    }
}
