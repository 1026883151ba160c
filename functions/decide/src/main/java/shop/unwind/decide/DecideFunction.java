package shop.unwind.decide;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Folder;
import shop.unwind.config.Documents;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Order;
import shop.unwind.domain.Payment;
import shop.unwind.domain.PaymentRef;
import shop.unwind.function.Clients;
import shop.unwind.function.JsonFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entry point: gathers the facts, decides, keeps the decision. */
public final class DecideFunction extends JsonFunction {
    /**
     * What the workflow knows.
     *
     * @param found whether the storefront knows the order
     * @param payments as read at their providers
     */
    private record Question(
            CaseId caseId, boolean found, List<Payment> payments, int round, String trouble) {}

    private final Clients clients = new Clients();
    private final Cases cases = clients.cases();
    private final Documents documents = clients.documents();
    private final Decider decider = new Decider();

    @Override
    protected Object answer(JsonNode input, Context context, Log log) {
        var question = Json.read(input, Question.class);
        var decision = decider.decide(facts(question));
        cases.keep(question.caseId(), decision);
        var words = decision.verdict() + " by " + decision.rule() + ": " + decision.reason();
        cases.tell(question.caseId(), "Decide", words);
        log.with("case", question.caseId().toString())
                .with("policy", decision.policyVersion())
                .info(decision.verdict() + " by " + decision.rule());
        return decision;
    }

    @Override
    protected void prime() {
        documents.store();
        documents.policy();
        cases.rehearse();
    }

    @Override
    protected void forget() {
        documents.forget();
    }

    private Facts facts(Question question) {
        var id = question.caseId();
        var folder = cases.folder(id.order());
        var head = folder.head(id);
        var store = documents.store();
        var order = question.found() ? folder.order() : Optional.<Order>empty();
        return new Facts(
                id,
                order,
                folder.requests(head),
                payments(question, order, store),
                folder.approvals(),
                store,
                documents.policy(),
                tookBefore(folder, id, head.origin()),
                question.round(),
                question.trouble(),
                clients.clock().instant());
    }

    /** Two executions of one case may decide one after the other: the timeline knows of both. */
    private static boolean tookBefore(Folder folder, CaseId id, int origin) {
        return folder.timeline().stream()
                .filter(event -> event.generation() >= origin)
                .filter(event -> event.generation() <= id.generation())
                .anyMatch(event -> event.what().equals(Event.CANCELLED));
    }

    /** The providers' payments, and those whose money the storefront itself moves. */
    private static List<Payment> payments(Question question, Optional<Order> order, Store store) {
        var payments = new ArrayList<>(question.payments());
        order.ifPresent(
                known ->
                        known.tenders().stream()
                                .filter(tender -> isOwn(store, known, tender))
                                .map(tender -> own(known, tender))
                                .forEach(payments::add));
        return List.copyOf(payments);
    }

    private static boolean isOwn(Store store, Order order, Order.Tender tender) {
        var storefront = order.ref().storefront();
        return store.owner(storefront, tender.gateway()).filter(storefront::equals).isPresent();
    }

    private static Payment own(Order order, Order.Tender tender) {
        return new Payment(
                new PaymentRef(order.ref().storefront(), tender.id()),
                tender.authorised(),
                tender.captured(),
                tender.refunded(),
                order.otherDisputes());
    }
}
