package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The shop's staff before their Slack.
 *
 * @param presses takes the press of a button, in the sandbox's words
 */
record Staff(Cases cases, Consumer<JsonNode> presses) {
    private static final String APPROVER = "U0111";
    private static final String CHANNEL = "C0123ABCD";

    /** Whether they are asked about the order and have not answered. */
    boolean isAsked(OrderRef order) {
        return questions(order).findAny().isPresent();
    }

    /** They press a button of each open question about the order. */
    void press(OrderRef order, String answer) {
        questions(order).forEach(question -> press(question, answer));
    }

    /** They press the button under the message that called them to the case. */
    void runAgain(CaseId id) {
        presses.accept(button(CHANNEL, "run_again").put("value", id.toString()));
    }

    private Stream<Approval> questions(OrderRef order) {
        return cases.approvals(order).stream()
                .filter(approval -> approval.answer() == Approval.Answer.OPEN)
                .filter(approval -> !approval.message().isEmpty());
    }

    private void press(Approval question, String answer) {
        var place = question.message().split(":", 2);
        presses.accept(button(place[0], answer + "_cancellation").put("ts", place[1]));
    }

    private static ObjectNode button(String channel, String action) {
        var press = JsonNodeFactory.instance.objectNode();
        return press.put("channel", channel).put("user", APPROVER).put("action_id", action);
    }
}
