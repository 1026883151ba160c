package shop.unwind.decide;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Recorded;
import shop.unwind.config.Documents.Versioned;
import shop.unwind.config.Policy;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Dispute;
import shop.unwind.domain.Dispute.Phase;
import shop.unwind.domain.Order;
import shop.unwind.domain.Payment;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Request;
import shop.unwind.domain.Wish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision rests on.
 *
 * @param order as just read; empty when the storefront does not know it
 * @param payments as just read at whoever moves their money
 * @param tookBefore whether an earlier attempt at this case has taken back anything
 * @param round how often this execution has decided before
 * @param trouble why it decides again, in words
 */
record Facts(
        CaseId id,
        Optional<Order> order,
        List<Recorded> requests,
        List<Payment> payments,
        List<Approval> approvals,
        Store store,
        Versioned<Policy> policy,
        boolean tookBefore,
        int round,
        String trouble,
        Instant now) {

    /** The order; only rules behind the one that looks whether it exists may ask. */
    Order known() {
        return order.orElseThrow();
    }

    /**
     * The requests whose asker is who ordered, or who needs no proof. Whoever runs a case again
     * asks for nothing of his own.
     */
    List<Request> matching() {
        return requests.stream()
                .map(Recorded::request)
                .filter(request -> !(request.wish() instanceof Wish.RunAgain))
                .filter(this::mayAsk)
                .toList();
    }

    boolean any(Class<? extends Wish> kind) {
        return matching().stream().map(Request::wish).anyMatch(kind::isInstance);
    }

    boolean only(Class<? extends Wish> kind) {
        return matching().stream().map(Request::wish).allMatch(kind::isInstance);
    }

    /** Whether anybody wants goods or money back: not where all of it has only been reported. */
    boolean isTakingBackWanted() {
        return any(Wish.Cancel.class) || (any(Wish.Dispute.class) && !disputes().isEmpty());
    }

    /** The number of the last of the order's requests that this decision has seen. */
    int covers() {
        return requests.stream().mapToInt(Recorded::number).max().orElse(0);
    }

    List<Dispute> disputes() {
        return payments.stream().flatMap(payment -> payment.disputes().stream()).toList();
    }

    boolean in(Phase... phases) {
        return disputes().stream().anyMatch(dispute -> List.of(phases).contains(dispute.phase()));
    }

    /** A dispute takes or has taken the money: what we refunded on top would be paid twice. */
    boolean isMoneyMovedByDispute() {
        return in(Phase.CHARGEBACK, Phase.IN_REVIEW, Phase.CLAIM, Phase.CLOSED_LOST);
    }

    /** Whether anything is left that could be given back or released. */
    boolean isMoneyLeft() {
        return payments.stream()
                .anyMatch(p -> p.remaining().isPositive() || p.authorised().isPositive());
    }

    /**
     * Whether only customers asked, who are bound to the window, and all of them after its end. How
     * long we took to decide is not held against them.
     */
    boolean onlyCustomersAfter(Instant end) {
        return matching().stream()
                .allMatch(request -> isFromCustomer(request) && request.receivedAt().isAfter(end));
    }

    private boolean mayAsk(Request request) {
        return !isFromCustomer(request) || request.email().filter(this::ordered).isPresent();
    }

    private static boolean isFromCustomer(Request request) {
        return switch (request.source()) {
            case PORTAL, EMAIL, SMS -> true;
            case SUPPORT, STOREFRONT, MARKETPLACE, INVENTORY, DISPUTE, STAFF -> false;
        };
    }

    private boolean ordered(Personal email) {
        return order.flatMap(Order::email).filter(email::sameMailbox).isPresent();
    }

    boolean isAnswerOwed() {
        return matching().stream().anyMatch(Request::isOwedAnAnswer);
    }
}
