package shop.unwind.local.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.stream.IntStream;

/** Does on a site what a sequence says. */
final class Performer {
    private final Site site;
    private final Saboteur saboteur;

    Performer(Site site, Saboteur saboteur) {
        this.site = site;
        this.saboteur = saboteur;
    }

    /** Whether it came to pass: a platform may say no, and a button may be gone. */
    boolean perform(Act act, Trial trial) throws InterruptedException {
        try {
            return done(act, trial);
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private boolean done(Act act, Trial trial) throws InterruptedException {
        switch (act) {
            case Act.Ask(var units) -> site.ask(trial.form(trial.existing(units)));
            case Act.CancelInShop(var restock, var refund) ->
                    shopify(trial, "cancel", json().put("restock", restock).put("refund", refund));
            case Act.RefundInShop(var percent) -> refundInShop(trial, percent);
            case Act.RefundAtProvider(var percent) -> {
                return refundAtProvider(trial, percent);
            }
            case Act.Ship(var line, var units) ->
                    shopify(
                            trial,
                            "ship",
                            json().put("sku", trial.sku(line)).put("quantity", units));
            case Act.Complain(var complaint) -> {
                if (complaint == Act.Complaint.FRAUD_WARNING && card(trial) != Card.STRIPE)
                    return false;
                return atCard(trial, complaint.word(), json());
            }
            case Act.Escalate _ -> {
                return atCard(trial, "escalate", json());
            }
            case Act.Settle(var won) -> {
                return atCard(trial, "close-dispute", json().put("status", won ? "won" : "lost"));
            }
            case Act.Capture _ -> capture(trial);
            case Act.RefundFails _ -> {
                return atCard(trial, "fail-refund", json());
            }
            case Act.RefundArrives _ -> {
                return atCard(trial, "settle-refund", json());
            }
            case Act.Answer(var approve) -> {
                return answer(trial, approve ? "approve" : "reject");
            }
            case Act.RunAgain _ -> {
                return runAgain(trial);
            }
            case Act.Redeliver _ -> redeliver(trial);
            case Act.DeliverTwice _ -> saboteur.deliverTwice(trial);
            case Act.Spoil(var operation, var kind, var times) ->
                    spoil(trial, operation, kind, times);
            case Act.Stop(var operation, var death) ->
                    saboteur.stop(trial, operation.point(), death);
            case Act.RestartWorkflow _ -> restart();
        }
        return true;
    }

    private void refundInShop(Trial trial, int percent) {
        var amount = trial.basket().percent(trial.basket().price(), percent);
        shopify(trial, "refund", json().put("amount", amount));
    }

    private boolean refundAtProvider(Trial trial, int percent) {
        if (card(trial) != Card.STRIPE) return false;
        var at = cardTender(trial);
        var amount = trial.basket().percent(trial.basket().amount(at), percent);
        return atCard(trial, "refund", json().put("amount", amount));
    }

    private void capture(Trial trial) {
        for (var intent : trial.intents()) stripe(intent, "capture", json());
        shopify(trial, "capture", json());
    }

    private boolean answer(Trial trial, String answer) throws InterruptedException {
        site.await(() -> site.staff().isAsked(trial.order()) || !site.goesOn(trial.order()));
        if (!site.staff().isAsked(trial.order())) return false;
        site.staff().press(trial.order(), answer);
        return true;
    }

    private boolean runAgain(Trial trial) {
        var head = site.cases().head(trial.order());
        head.ifPresent(last -> site.staff().runAgain(last.id()));
        return head.isPresent();
    }

    private void redeliver(Trial trial) {
        shopify(trial, "redeliver", json());
        for (var intent : trial.intents()) stripe(intent, "redeliver", json());
    }

    private void spoil(Trial trial, Act.Operation operation, Kind kind, int times) {
        var seconds = kind == Kind.SLOW ? 1 : Site.PATIENCE.toSeconds() + 1;
        var fault = new Fault(operation.platform(), operation.call(), kind.word(), new Calls(0, times), seconds);
        site.put(fault, trial.text());
    }

    private void restart() {
        var executions = site.machine().executions();
        synchronized (executions) {
            executions.restart();
        }
    }

    private enum Card {
        STRIPE,
        SHOPIFY,
        NONE
    }

    private static Card card(Trial trial) {
        return trial.basket().tenders().stream()
                .filter(Basket.Tender::isCard)
                .map(tender -> tender.isAtStripe() ? Card.STRIPE : Card.SHOPIFY)
                .findFirst()
                .orElse(Card.NONE);
    }

    private static int cardTender(Trial trial) {
        var tenders = trial.basket().tenders();
        return IntStream.range(0, tenders.size())
                .filter(at -> tenders.get(at).isCard())
                .findFirst()
                .orElseThrow();
    }

    /** Where the card's bank acts. */
    private boolean atCard(Trial trial, String act, ObjectNode input) {
        switch (card(trial)) {
            case STRIPE -> stripe(trial.payment(cardTender(trial)), act, input);
            case SHOPIFY -> shopify(trial, act, input);
            case NONE -> {
                return false;
            }
        }
        return true;
    }

    private void stripe(String intent, String act, ObjectNode input) {
        site.act("/stripe/_act/" + intent + "/" + act, input);
    }

    private void shopify(Trial trial, String act, ObjectNode input) {
        site.act("/shopify/_act/" + trial.text() + "/" + act, input);
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
