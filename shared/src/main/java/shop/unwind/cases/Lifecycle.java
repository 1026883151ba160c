package shop.unwind.cases;

import static shop.unwind.domain.Plan.Audience.CUSTOMER;

import shop.unwind.domain.Decision;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Request;
import shop.unwind.domain.Wish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the head of an order moves when a request arrives or a case ends. */
public final class Lifecycle {
    /** The same ask within this time is a repeat. */
    private static final Duration REPEAT = Duration.ofMinutes(15);

    /** The rule whose record leaves nothing that a customer could still ask for. */
    private static final String ALREADY_TAKEN_BACK = "already-taken-back";

    private Lifecycle() {}

    /**
     * The head after one more request: it joins the running case, starts a new one, or is only
     * recorded because it asks for nothing that is not done.
     *
     * @param earlier the requests of the latest case
     * @param last the decision of the latest case
     */
    public static Head admit(
            Head head,
            Request request,
            List<Recorded> earlier,
            Optional<Decision> last,
            Instant now) {
        if (head.status() == Head.Status.CLOSED && isRepeat(request, earlier, last))
            return head.counting(now);
        var moved =
                switch (head.status()) {
                    case RUNNING -> head;
                    case CLOSED -> afterClosed(head, request, last, now);
                    case ATTENTION -> afterAttention(head, request.wish(), now);
                };
        return moved.counting(now);
    }

    /** Whether a request asks for more than this decision has settled. */
    public static boolean asksForMore(Request request, Optional<Decision> last) {
        var wholeOrder = last.filter(Lifecycle::tookTheWholeOrderBack);
        return switch (request.wish()) {
            case Wish.Happened(var what) ->
                    switch (what) {
                        case CANCELLED -> wholeOrder.isEmpty();
                        case REFUNDED -> false;
                    };
            case Wish.Cancel _ ->
                    wholeOrder.isEmpty()
                            || (request.isOwedAnAnswer()
                                    && wholeOrder.filter(Lifecycle::toldTheCustomer).isEmpty());
            case Wish.Dispute _, Wish.RefundFailed _ -> true;
            case Wish.RunAgain _ -> false;
        };
    }

    /**
     * Whether somebody asks twice for the same lines, as by a double click: the case may have
     * closed between the two, and the second tin is not to follow the first. Whoever could not be
     * matched to the order may try again at once.
     *
     * @param last the decision of the case; only what it covers can be repeated
     */
    public static boolean isRepeat(
            Request request, List<Recorded> earlier, Optional<Decision> last) {
        var covers = last.filter(made -> !made.isUnmatched()).map(Decision::covers).orElse(0);
        return earlier.stream()
                .filter(recorded -> recorded.number() <= covers)
                .map(Recorded::request)
                .filter(other -> !other.id().equals(request.id()))
                .anyMatch(other -> isSameAsk(other, request));
    }

    private static boolean isSameAsk(Request one, Request other) {
        var apart = Duration.between(one.receivedAt(), other.receivedAt()).abs();
        return one.wish() instanceof Wish.Cancel(_, var lines)
                && other.wish() instanceof Wish.Cancel(_, var same)
                && lines.equals(same)
                && one.source() == other.source()
                && one.email().equals(other.email())
                && apart.compareTo(REPEAT) < 0;
    }

    private static Head afterClosed(
            Head head, Request request, Optional<Decision> last, Instant now) {
        return asksForMore(request, last) ? head.next(now) : head;
    }

    private static Head afterAttention(Head head, Wish wish, Instant now) {
        return switch (wish) {
            case Wish.Happened _ -> head;
            case Wish.RefundFailed _ -> head.next(now);
            case Wish.Cancel _, Wish.Dispute _, Wish.RunAgain _ -> head.again(now);
        };
    }

    private static boolean toldTheCustomer(Decision decision) {
        return decision.plan().tell().stream().anyMatch(tell -> tell.audience() == CUSTOMER);
    }

    private static boolean tookTheWholeOrderBack(Decision decision) {
        return switch (decision.verdict()) {
            case RECORD -> decision.rule().equals(ALREADY_TAKEN_BACK);
            case GO ->
                    decision.plan()
                            .cancel()
                            .map(Plan.Cancel::lines)
                            .filter(l -> l.isEmpty())
                            .isPresent();
            case HOLD, REFUSE, ATTENTION -> false;
        };
    }
}
