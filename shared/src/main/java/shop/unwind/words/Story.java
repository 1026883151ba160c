package shop.unwind.words;

import shop.unwind.breaker.Pause;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Money;
import shop.unwind.domain.Order;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Plan.Refund;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells what became of a case.
 *
 * @param outcomes of the steps so far: only what stands here is said to have happened
 * @param reason the customer's own, for staff alone
 */
public record Story(
        String shop,
        CaseId id,
        Decision decision,
        Optional<Order> order,
        List<Outcome> outcomes,
        Optional<Personal> reason) {

    public Story {
        outcomes = List.copyOf(outcomes);
    }

    /** The letter for one audience. */
    public Letter letter(Audience audience) {
        return switch (audience) {
            case CUSTOMER -> letter(audience, email(), customerSubject(), forCustomer());
            case STAFF -> letter(audience, Optional.empty(), staffSubject(), forStaff());
            case ORDER -> letter(audience, Optional.empty(), staffSubject(), happened());
        };
    }

    /** The urgent letter to staff when something is missing. */
    public Letter alarm(String trouble) {
        var paragraphs = new ArrayList<>(List.of(trouble));
        paragraphs.addAll(forStaff());
        return alarm(id, paragraphs);
    }

    /** The same of a case that stopped before anything was decided. */
    public static Letter alarm(CaseId id, List<String> paragraphs) {
        return new Letter(
                id,
                Audience.STAFF,
                Optional.empty(),
                "Order " + id.order().number() + " needs attention",
                paragraphs,
                true,
                Optional.of(new Button.RunAgain(id)));
    }

    /** To staff: a step was sent and has no answer; we keep looking. */
    public Letter unknown(String step, String platform) {
        return new Letter(
                id,
                Audience.STAFF,
                Optional.empty(),
                "Order " + number() + ": outcome unknown",
                List.of(
                        "Whether "
                                + step
                                + " took effect at "
                                + platform
                                + " is unknown. It is looked up there again and again, and not done"
                                + " a second time before that."),
                true,
                Optional.empty());
    }

    /** To staff: automatic refunds are held. */
    public Letter paused(Pause pause) {
        return new Letter(
                id,
                Audience.STAFF,
                Optional.empty(),
                "Automatic refunds are paused",
                List.of(
                        "There were " + pause.why() + ".",
                        "Refunds wait, order "
                                + number()
                                + " first. Look whether something is wrong; then let them go on."),
                true,
                Optional.of(new Button.GoOn(pause.number())));
    }

    private Letter letter(
            Audience audience, Optional<Personal> to, String subject, List<String> paragraphs) {
        return new Letter(id, audience, to, subject, paragraphs, false, Optional.empty());
    }

    private Optional<Personal> email() {
        return order.flatMap(Order::email);
    }

    private String number() {
        return id.order().number();
    }

    private String customerSubject() {
        return switch (taken()) {
            case WHOLE -> "Your order " + number() + " is cancelled";
            case PART -> "Part of your order " + number() + " is cancelled";
            case NOTHING -> "About cancelling your order " + number();
        };
    }

    /** What of the order is cancelled, as far as outcomes and order say so. */
    private enum Taken {
        WHOLE,
        PART,
        NOTHING
    }

    private Taken taken() {
        if (order.filter(Story::isTakenBack).isPresent()) return Taken.WHOLE;
        return decision.plan()
                .cancel()
                .filter(cancel -> cancel.happened(outcomes).isPresent())
                .map(cancel -> cancel.lines().isEmpty() ? Taken.WHOLE : Taken.PART)
                .orElse(Taken.NOTHING);
    }

    private static boolean isTakenBack(Order order) {
        return order.cancelled()
                || (!order.lines().isEmpty()
                        && order.lines().stream().allMatch(line -> line.open() == 0));
    }

    private List<String> forCustomer() {
        var said = new ArrayList<String>();
        switch (decision.verdict()) {
            case GO, RECORD -> {
                said.add(cancelled());
                said.addAll(money());
            }
            case REFUSE -> said.add(refusal());
            case HOLD, ATTENTION ->
                    said.add("Our staff are looking at your request and will write to you.");
        }
        said.add("Your " + shop + " team");
        return said;
    }

    private String cancelled() {
        return switch (taken()) {
            case WHOLE -> "Your order " + number() + " is cancelled.";
            case PART -> partCancelled();
            case NOTHING -> "We have looked at your order " + number() + ".";
        };
    }

    private String partCancelled() {
        var lines = decision.plan().cancel().map(cancel -> cancel.lines()).orElse(List.of());
        var items = new ArrayList<String>();
        for (var units : lines)
            order.flatMap(
                            known ->
                                    known.lines().stream()
                                            .filter(l -> l.id().equals(units.line()))
                                            .findFirst())
                    .ifPresent(line -> items.add(units.quantity() + " × " + line.title()));
        return "We have cancelled part of your order "
                + number()
                + ": "
                + String.join(", ", items)
                + ".";
    }

    private List<String> money() {
        var said = new ArrayList<String>();
        sum(Result.DONE::equals).ifPresent(sum -> said.add("We have refunded " + sum + "."));
        sum(Result.PENDING::equals)
                .ifPresent(
                        sum ->
                                said.add(
                                        sum
                                                + " is on its way back to you; we will see that it"
                                                + " arrives."));
        sum(Result.ALREADY::equals).ifPresent(sum -> said.add(sum + " had been refunded before."));
        decision.plan()
                .byHand()
                .ifPresent(sum -> said.add("Our staff will pay " + sum + " back to you."));
        if (anyRefund(Result.SKIPPED))
            said.add("The payment is being settled by your bank or payment service.");
        if (anyRefund(Result.FAILED))
            said.add("We could not send your money back yet. Our staff are seeing to it.");
        if (anyRefund(Result.UNKNOWN))
            said.add(
                    "We asked for your money to be sent back and have no answer yet. Our staff are"
                            + " seeing to it.");
        return said;
    }

    private String refusal() {
        return switch (decision.rule()) {
            case "shipped" ->
                    "Your order "
                            + number()
                            + " has left our house, so it can no longer be cancelled. "
                            + "You are welcome to return it: just answer this message.";
            case "made-to-order" ->
                    "Your order "
                            + number()
                            + " is made to your measure and work on it has begun, "
                            + "so we cannot take it back.";
            case "window-closed" ->
                    "The time in which order "
                            + number()
                            + " could be cancelled is over. "
                            + "You are welcome to return it: just answer this message.";
            default ->
                    "We could not cancel your order "
                            + number()
                            + ". Please answer this message if you "
                            + "have questions.";
        };
    }

    private String staffSubject() {
        var what =
                switch (decision.verdict()) {
                    case GO -> done() + refundMissing();
                    case RECORD -> "nothing left to take back";
                    case REFUSE -> "not cancelled";
                    case HOLD -> "waits for you";
                    case ATTENTION -> "needs attention";
                };
        return "Order " + number() + " " + what;
    }

    private String refundMissing() {
        if (anyRefund(Result.FAILED)) return ", refund missing";
        return anyRefund(Result.UNKNOWN) ? ", refund unknown" : "";
    }

    private String done() {
        return switch (taken()) {
            case WHOLE -> "cancelled";
            case PART -> "partly cancelled";
            case NOTHING -> "dealt with";
        };
    }

    private List<String> forStaff() {
        var said = new ArrayList<>(happened());
        reason.map(Quote::of).ifPresent(quote -> said.add(1, quote));
        return said;
    }

    private List<String> happened() {
        var said = new ArrayList<String>();
        said.add(
                decision.reason()
                        + " (rule "
                        + decision.rule()
                        + ", policy "
                        + decision.policyVersion()
                        + ")");
        for (var outcome : outcomes) {
            var amount =
                    outcome.amount()
                            .map(Money::toString)
                            .filter(sum -> !outcome.words().contains(sum))
                            .map(sum -> " " + sum)
                            .orElse("");
            said.add(outcome.platform() + ": " + outcome.words() + amount);
        }
        return said;
    }

    private boolean anyRefund(Result result) {
        return refunds().stream().anyMatch(outcome -> outcome.result() == result);
    }

    private Optional<String> sum(Predicate<Result> results) {
        return refunds().stream()
                .filter(outcome -> results.test(outcome.result()))
                .flatMap(outcome -> outcome.amount().stream())
                .filter(Money::isPositive)
                .reduce(Money::plus)
                .map(Money::toString);
    }

    private List<Outcome> refunds() {
        return outcomes.stream().filter(outcome -> outcome.step().startsWith(Refund.STEP)).toList();
    }
}
