package shop.unwind.local.campaign;

import java.util.List;
import java.util.Optional;

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
            case Act.InShop inShop -> {
                return does(trial.shop().deed(trial, inShop).stream().toList());
            }
            case Act.AtMover atMover -> {
                return does(trial.cardMover().deed(trial, atMover).stream().toList());
            }
            case Act.Capture _ -> {
                return does(trial.shop().capture(trial));
            }
            case Act.Redeliver _ -> redeliver(trial);
            case Act.Answer(var approve) -> {
                return answer(trial, approve ? "approve" : "reject");
            }
            case Act.RunAgain _ -> {
                return runAgain(trial);
            }
            case Act.DeliverTwice _ -> saboteur.deliverTwice(trial);
            case Act.Spoil(var operation, var kind, var times) ->
                    spoil(trial, operation, kind, times);
            case Act.Stop(var operation, var death) ->
                    saboteur.stop(trial, operation.point(platform(trial, operation)), death);
            case Act.RestartWorkflow _ -> restart();
        }
        return true;
    }

    /** One after the other, until one is refused. */
    private boolean does(List<Deed> deeds) {
        for (var deed : deeds) site.act(deed.path(), deed.input());
        return !deeds.isEmpty();
    }

    private void redeliver(Trial trial) {
        does(List.of(trial.shop().at(trial, "redeliver")));
        does(trial.cardMover().redeliver(trial).stream().toList());
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

    /** What a platform does not have cannot go wrong there. */
    private void spoil(Trial trial, Act.Operation operation, Kind kind, int times) {
        var seconds = kind == Kind.SLOW ? 1 : Site.PATIENCE.toSeconds() + 1;
        call(trial, operation)
                .map(
                        call ->
                                new Fault(
                                        platform(trial, operation),
                                        call,
                                        kind.word(),
                                        new Calls(0, times),
                                        seconds))
                .ifPresent(fault -> site.put(fault, trial.text()));
    }

    private static Optional<String> call(Trial trial, Act.Operation operation) {
        return switch (operation.place()) {
            case SHOP -> Optional.ofNullable(trial.shop().calls().get(operation));
            case MOVER -> Optional.ofNullable(trial.cardMover().calls().get(operation));
            case MAIL -> Optional.of("mail.send");
            case CHAT -> Optional.of("chat.postMessage");
        };
    }

    private static String platform(Trial trial, Act.Operation operation) {
        return switch (operation.place()) {
            case SHOP -> trial.shop().name();
            case MOVER -> trial.cardMover().platform();
            case MAIL -> "sendgrid";
            case CHAT -> "slack";
        };
    }

    private void restart() {
        var executions = site.machine().executions();
        synchronized (executions) {
            executions.restart();
        }
    }
}
