package shop.unwind.file;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Folder;
import shop.unwind.cases.Head;
import shop.unwind.cases.Lifecycle;
import shop.unwind.cases.Recorded;
import shop.unwind.config.Policy;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Verdict;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.queue.Requests;
import shop.unwind.workflow.Executions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens, hands over, closes and reopens cases. Each operation may be repeated. */
final class CaseFile {
    private final Cases cases;
    private final Supplier<Store> store;
    private final Supplier<Policy> policy;
    private final Requests requests;
    private final Executions executions;

    CaseFile(
            Cases cases,
            Supplier<Store> store,
            Supplier<Policy> policy,
            Requests requests,
            Executions executions) {
        this.cases = cases;
        this.store = store;
        this.policy = policy;
        this.requests = requests;
        this.executions = executions;
    }

    /**
     * What the workflow needs to know first.
     *
     * @param known whether the order is known; else only {@code payment} is
     * @param staff the platforms that tell staff
     */
    record Opened(
            boolean known,
            String storefront,
            Optional<PaymentRef> payment,
            List<String> staff,
            Waits waits) {}

    /**
     * How long the workflow waits, in seconds.
     *
     * @param look before it looks again whether a step took effect
     * @param unknown until staff must look at a step whose outcome is unknown
     * @param held until staff must look at a refund that the money breaker holds
     * @param follow before it looks again whether a refund has arrived
     * @param late until staff must look at a refund that has not arrived
     */
    record Waits(long look, long unknown, long held, long follow, long late) {
        static Waits of(Policy policy) {
            var patience = policy.patience();
            return new Waits(
                    patience.lookEvery().toSeconds(),
                    patience.unknownFor().toSeconds(),
                    policy.breaker().within().toSeconds(),
                    patience.followEvery().toSeconds(),
                    patience.followFor().toSeconds());
        }
    }

    /**
     * How the case ended.
     *
     * @param attention staff must look
     * @param trouble what is missing, in words
     */
    record Closed(boolean attention, String trouble) {}

    Opened open(CaseId id) {
        var payment = id.order().payment();
        cases.tell(id, "Open case", "case " + id + " opened");
        return new Opened(
                payment.isEmpty(),
                id.order().storefront(),
                payment,
                store.get().staff(),
                Waits.of(policy.get()));
    }

    /**
     * Sends the case's requests on to the case of the order that the payment belongs to; all of
     * them once more where another one arrived meanwhile.
     */
    Closed handOver(CaseId id, String number) {
        var payment = id.order().payment().orElseThrow();
        var found = orderOf(payment, number);
        if (found.isEmpty())
            return close(
                    id,
                    List.of(),
                    Optional.of("payment " + payment.id() + " names no order of ours"));
        var order = found.get();
        var folder = cases.folder(id.order());
        var head = folder.head(id);
        for (var recorded : folder.requests(head)) requests.send(recorded.request().about(order));
        cases.tell(id, "Hand over", "this is about order " + order.key());
        return move(id, head, head.ended(Head.Status.CLOSED, cases.now()), new Closed(false, ""))
                .orElseGet(() -> handOver(id, number));
    }

    Closed close(CaseId id, List<Outcome> outcomes, Optional<String> trouble) {
        cases.keep(id, outcomes);
        var folder = cases.folder(id.order());
        var missing = missing(folder.decision(id), outcomes, trouble);
        return missing.isEmpty()
                ? end(id, folder, Head.Status.CLOSED, new Closed(false, ""))
                : end(id, folder, Head.Status.ATTENTION, new Closed(true, missing.get()));
    }

    private static Optional<String> missing(
            Optional<Decision> decision, List<Outcome> outcomes, Optional<String> trouble) {
        if (trouble.filter(words -> !words.isBlank()).isPresent()) return trouble;
        if (decision.isEmpty()) return Optional.of("nothing was decided");
        if (decision.get().verdict() == Verdict.ATTENTION)
            return Optional.of(decision.get().reason());
        return outcomes.stream().filter(Outcome::missing).map(CaseFile::describe).findFirst();
    }

    private static String describe(Outcome outcome) {
        return outcome.step() + " at " + outcome.platform() + ": " + outcome.words();
    }

    /**
     * Asks for the order once more because refunds came back, under the same request ids as the
     * providers' own notices of it.
     */
    void reopen(CaseId id, List<Outcome> failed) {
        for (var refund : failed) {
            cases.tell(id, "Reopen case", describe(refund));
            requests.send(
                    new Request(
                            refund.platform() + "-" + refund.reference() + "-failed",
                            Source.DISPUTE,
                            new Wish.RefundFailed(refund.reference()),
                            Optional.of(id.order()),
                            Optional.empty(),
                            Optional.empty(),
                            cases.now()));
        }
    }

    /**
     * Ends the case.
     *
     * @param folder as it was read; read again as often as somebody else moves the head
     */
    private Closed end(CaseId id, Folder folder, Head.Status status, Closed closed) {
        var head = folder.head(id);
        return move(id, head, ended(head, folder, status), closed)
                .orElseGet(() -> end(id, cases.folder(id.order()), status, closed));
    }

    /**
     * Moves the head unless a later case stands by now; empty where somebody else moved it first.
     */
    private Optional<Closed> move(CaseId id, Head head, Head end, Closed closed) {
        var next = head.generation() > id.generation() ? head : end;
        if (!next.equals(head) && !cases.move(head, next)) return Optional.empty();
        cases.tell(
                id,
                "Close case",
                closed.attention() ? "needs attention: " + closed.trouble() : "closed");
        executions.ensure(next);
        return Optional.of(closed);
    }

    /**
     * Requests that came too late for this case's decision, and ask for more, get a case of their
     * own.
     */
    private Head ended(Head head, Folder folder, Head.Status status) {
        var decision = folder.decision(head.id());
        var covers = decision.map(Decision::covers).orElse(head.seen());
        var requests = folder.requests(head);
        var late =
                requests.stream()
                        .filter(recorded -> recorded.number() > covers)
                        .map(Recorded::request)
                        .filter(request -> !Lifecycle.isRepeat(request, requests, decision))
                        .anyMatch(request -> Lifecycle.asksForMore(request, decision));
        return late && status == Head.Status.CLOSED
                ? head.following(covers, cases.now())
                : head.ended(status, cases.now());
    }

    /**
     * Where this platform moves the payments of one storefront only, the number says which order it
     * is; of several the payment must name the storefront, too: {@code woocommerce-1001}.
     */
    private Optional<OrderRef> orderOf(PaymentRef payment, String number) {
        var storefronts =
                store.get().moneyMovedBy().entrySet().stream()
                        .filter(entry -> entry.getValue().containsValue(payment.platform()))
                        .map(Map.Entry::getKey)
                        .toList();
        if (number.isBlank()) return Optional.empty();
        for (var storefront : storefronts)
            if (number.startsWith(storefront + "-")) return Optional.of(OrderRef.ofKey(number));
        return storefronts.size() == 1
                ? Optional.of(new OrderRef(storefronts.getFirst(), number))
                : Optional.empty();
    }
}
