package shop.unwind.intakeportal;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Head;
import shop.unwind.cases.Recorded;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.Order;
import shop.unwind.intakeportal.Status.Stand;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How a request stands, to be told to whoever knows the order's e-mail address. */
final class CaseStatus {
    /**
     * For so long nobody is told that his request fits no order: how soon it is told would else
     * tell whether there is such an order.
     */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Cases cases;

    CaseStatus(Cases cases) {
        this.cases = cases;
    }

    Status of(PublicId id) {
        return cases.request(id.order(), id.requestId())
                .map(recorded -> of(id, recorded))
                .orElseGet(() -> Stand.RECEIVED.of(id, List.of()));
    }

    private Status of(PublicId id, Recorded recorded) {
        var head = cases.head(id.order()).orElseThrow();
        var current = recorded.number() > head.from();
        var decision = current ? cases.decision(head.id()) : earlier(head, recorded.number());
        var order = cases.order(id.order());
        var received = Stand.RECEIVED.of(id, Timeline.of(recorded, List.of()));
        if (isUnmatched(recorded, order, decision))
            return isFresh(recorded) ? received : Stand.NOT_MATCHED.of(id, List.of());
        if (order.isEmpty()) return received;
        var events = current ? events(head) : List.<Event>of();
        var stand =
                current && head.status() != Head.Status.CLOSED
                        ? open(head, decision)
                        : closed(order.get(), decision);
        return stand.of(id, Timeline.of(recorded, events));
    }

    /** What was decided when an earlier case had seen the request. */
    private Optional<Decision> earlier(Head head, int number) {
        return IntStream.range(1, head.origin())
                .mapToObj(generation -> new CaseId(head.order(), generation))
                .flatMap(id -> cases.decision(id).stream())
                .filter(decision -> decision.covers() >= number)
                .reduce((one, other) -> one.verdict() == Verdict.ATTENTION ? other : one);
    }

    private static boolean isUnmatched(
            Recorded recorded, Optional<Order> order, Optional<Decision> decision) {
        if (decision.filter(made -> made.rule().equals("unknown-order")).isPresent()) return true;
        return order.isPresent() && !knowsAddress(recorded, order.get());
    }

    private boolean isFresh(Recorded recorded) {
        return cases.now().isBefore(recorded.request().receivedAt().plus(SILENCE));
    }

    private static boolean knowsAddress(Recorded recorded, Order order) {
        var given = recorded.request().email();
        return order.email()
                .filter(known -> given.filter(known::sameMailbox).isPresent())
                .isPresent();
    }

    private Stand open(Head head, Optional<Decision> decision) {
        if (head.status() == Head.Status.ATTENTION) return Stand.WITH_OUR_STAFF;
        var asked =
                decision.flatMap(Decision::hold)
                        .flatMap(hold -> cases.approval(head.order(), hold.approval()))
                        .filter(approval -> approval.answer() == Approval.Answer.OPEN);
        return asked.isPresent() ? Stand.WAITING_FOR_SHOP : Stand.IN_PROGRESS;
    }

    private static Stand closed(Order order, Optional<Decision> decision) {
        return decision.map(
                        made ->
                                switch (made.verdict()) {
                                    case GO -> taken(order, made);
                                    case RECORD -> cancelled(order);
                                    case REFUSE -> refused(made.rule());
                                    case HOLD, ATTENTION -> Stand.WITH_OUR_STAFF;
                                })
                .orElse(Stand.SETTLED);
    }

    private static Stand taken(Order order, Decision decision) {
        return decision.plan()
                .cancel()
                .map(cancel -> cancel.lines().isEmpty() ? Stand.CANCELLED : Stand.PARTLY_CANCELLED)
                .orElseGet(() -> cancelled(order));
    }

    private static Stand cancelled(Order order) {
        return order.cancelled() ? Stand.CANCELLED : Stand.SETTLED;
    }

    private static Stand refused(String rule) {
        return switch (rule) {
            case "shipped" -> Stand.SHIPPED;
            case "made-to-order" -> Stand.MADE_TO_ORDER;
            case "window-closed" -> Stand.WINDOW_CLOSED;
            default -> Stand.REFUSED;
        };
    }

    private List<Event> events(Head head) {
        return cases.timeline(head.order()).stream()
                .filter(event -> event.generation() >= head.origin())
                .toList();
    }
}
