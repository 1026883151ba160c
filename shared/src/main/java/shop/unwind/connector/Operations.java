package shop.unwind.connector;

import shop.unwind.breaker.MoneyBreaker;
import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Folder;
import shop.unwind.config.Store;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.Order;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.PaymentRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.domain.Wish;
import shop.unwind.function.Together;
import shop.unwind.json.Json;
import shop.unwind.once.Effect;
import shop.unwind.once.Once;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.NotFound;
import shop.unwind.problem.Refused;
import shop.unwind.words.Story;
import shop.unwind.words.TieOutReport;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What the workflow may ask of a connector, once for all platforms. */
final class Operations {
    private final String platform;
    private final Cases cases;
    private final Supplier<Store> store;
    private final Once once;
    private final MoneyBreaker breaker;
    private final Asking asking;
    private final Sweep sweep;
    private final InstantSource clock;

    Operations(
            String platform,
            Cases cases,
            Supplier<Store> store,
            Once once,
            MoneyBreaker breaker,
            Sweep sweep,
            InstantSource clock) {
        this.platform = platform;
        this.cases = cases;
        this.store = store;
        this.once = once;
        this.breaker = breaker;
        this.asking = new Asking(cases, clock);
        this.sweep = sweep;
        this.clock = clock;
    }

    /** What reading an order tells the workflow: ids only. */
    record OrderRead(boolean found, List<PaymentRef> payments) {}

    /** The order that a payment belongs to; empty text when the payment does not say. */
    record OrderFound(String number) {}

    Object run(Connector connector, Task task, long millisLeft) {
        return switch (task.operation()) {
            case READ_ORDER -> readOrder(role(connector, Storefront.class), task);
            case CANCEL -> {
                var plan = Json.read(task.step(), Plan.Cancel.class);
                var effect = role(connector, Storefront.class).cancel(task.id().order(), plan);
                yield done(task, Event.CANCELLED, plan.step(), millisLeft, effect);
            }
            case READ_PAYMENT -> role(connector, Payments.class).read(payment(task));
            case REFUND -> refund(role(connector, Payments.class), task, millisLeft);
            case FOLLOW -> follow(role(connector, Payments.class), task);
            case FIND_ORDER ->
                    new OrderFound(
                            role(connector, Payments.class).orderNumber(payment(task)).orElse(""));
            case REFLECT -> {
                var plan = Json.read(task.step(), Plan.Reflect.class);
                var effect = role(connector, Ledger.class).reflect(order(task), task.outcomes());
                yield done(task, "Update ledger", plan.step(), millisLeft, effect);
            }
            case TELL -> tell(connector, task, millisLeft);
            case ASK -> ask(role(connector, Approver.class), task, millisLeft);
            case SETTLE -> settle(role(connector, Approver.class), task);
            case ALARM -> alarm(role(connector, Messenger.class), task, millisLeft);
            case WARN -> warn(role(connector, Messenger.class), task, millisLeft);
            case PAUSE -> pause(role(connector, Messenger.class), task, millisLeft);
            case CHECK_ORDER ->
                    role(connector, Storefront.class).read(task.id().order()).anonymous();
            case REPORT -> report(role(connector, Messenger.class), task, millisLeft);
            case SWEEP -> sweep.run(role(connector, Storefront.class));
            case PROBE -> {
                connector.probe();
                yield Json.object().put("ok", true);
            }
        };
    }

    /** One step gives money back once; what is asked for on top of it is for people. */
    private Outcome refund(Payments payments, Task task, long millisLeft) {
        var plan = Json.read(task.step(), Plan.Refund.class);
        var effect = new RefundOnce(payments, plan, breaker::pass, clock);
        var outcome = done(task, "Refund payment", plan.step(), millisLeft, effect);
        if (effect.asksForMoreThan(outcome, () -> cases.decision(task.id()).map(Decision::at)))
            throw new Refused(
                    "more",
                    "this case has refunded part of the payment before: give the other "
                            + plan.amount()
                            + " back by hand");
        return outcome;
    }

    private OrderRead readOrder(Storefront storefront, Task task) {
        try {
            var ref = task.id().order();
            Supplier<Order> shown;
            Supplier<Folder> folder;
            try (var both = new Together()) {
                shown = both.ask(() -> storefront.read(ref));
                folder = both.ask(() -> cases.folder(ref));
            }
            var order = shown.get();
            if (mayBePartial(order, folder.get())) order = storefront.priced(order);
            cases.keep(order);
            return new OrderRead(true, elsewhere(order));
        } catch (NotFound unknown) {
            return new OrderRead(false, List.of());
        }
    }

    private static boolean mayBePartial(Order order, Folder folder) {
        var untouched =
                order.lines().stream().allMatch(line -> line.cancellable() == line.quantity());
        return !untouched
                || folder.requests().stream()
                        .anyMatch(
                                recorded ->
                                        recorded.request().wish()
                                                        instanceof Wish.Cancel(_, var lines)
                                                && !lines.isEmpty());
    }

    /** The payments that somebody else than the storefront knows best. */
    private List<PaymentRef> elsewhere(Order order) {
        return order.tenders().stream()
                .flatMap(
                        tender ->
                                store
                                        .get()
                                        .owner(platform, tender.gateway())
                                        .filter(owner -> !owner.equals(platform))
                                        .filter(owner -> !owner.equals(Store.BY_STAFF))
                                        .flatMap(
                                                owner ->
                                                        tender.providerId()
                                                                .map(
                                                                        id ->
                                                                                new PaymentRef(
                                                                                        owner, id)))
                                        .stream())
                .distinct()
                .toList();
    }

    /**
     * Told once per thing said: a rerun that has more to say says it, one that has not is silent.
     */
    private Outcome tell(Connector connector, Task task, long millisLeft) {
        var plan = Json.read(task.step(), Plan.Tell.class);
        var letter = story(task).letter(plan.audience());
        var effect =
                plan.audience() == Audience.ORDER
                        ? role(connector, Storefront.class).note(task.id().order(), letter)
                        : role(connector, Messenger.class).tell(letter);
        var what = "Tell " + plan.audience().name().toLowerCase(Locale.ROOT);
        var step = plan.step() + "-" + Fingerprint.of(letter.subject(), letter.text());
        return done(task, what, step, millisLeft, effect);
    }

    private Outcome alarm(Messenger messenger, Task task, long millisLeft) {
        var trouble = task.trouble().orElse("A step could not be done.");
        var letter =
                storyIfDecided(task)
                        .map(story -> story.alarm(trouble))
                        .orElseGet(() -> Story.alarm(task.id(), List.of(trouble)));
        return done(
                task,
                "Call staff",
                "alarm-" + task.id().generation(),
                millisLeft,
                messenger.tell(letter));
    }

    private Outcome ask(Approver approver, Task task, long millisLeft) {
        var hold = hold(task);
        var token = task.taskToken().orElseThrow(() -> new IllegalArgumentException("taskToken"));
        asking.open(task.id(), hold, token);
        var effect = approver.ask(task.id(), hold, reason(task));
        var shown = done(task, "Ask for approval", hold.approval(), millisLeft, effect);
        asking.shown(task.id(), hold, shown.reference());
        return shown;
    }

    /** What the customer wrote; it goes to whoever decides, and nowhere else. */
    private Optional<Personal> reason(Task task) {
        var folder = cases.folder(task.id().order());
        return folder.decision(task.id()).flatMap(made -> folder.reason(task.id(), made));
    }

    /** On record first: whether the answer can be shown decides nothing. */
    private Approval settle(Approver approver, Task task) {
        var settled = asking.close(task.id(), hold(task));
        cases.tell(
                task.id(),
                "Show who decided",
                settled.answer() + " by " + settled.by().orElse("nobody"));
        approver.settle(task.id(), settled);
        return settled;
    }

    /** The question of this execution: another one of the same case may have decided since. */
    private static Hold hold(Task task) {
        return Json.read(task.step(), Hold.class);
    }

    /** A refund that is on its way: only news go into the timeline. */
    private Outcome follow(Payments payments, Task task) {
        var pending = Json.read(task.step(), Outcome.class);
        var now = payments.follow(pending);
        if (now.result() != pending.result())
            cases.tell(task.id(), "Follow refund", now.platform() + ": " + now.words());
        return now;
    }

    private Outcome warn(Messenger messenger, Task task, long millisLeft) {
        var step = task.step().path("step").asText();
        var letter = story(task).unknown(step, task.step().path("platform").asText());
        return done(task, "Warn staff", "warn-" + step, millisLeft, messenger.tell(letter));
    }

    /** Told once per pause, whichever of the held cases is first. */
    private Object pause(Messenger messenger, Task task, long millisLeft) {
        var paused = breaker.paused();
        if (paused.isEmpty()) return Json.object();
        var about = new CaseId(new OrderRef("breaker", "pause"), paused.get().number());
        var effect = messenger.tell(story(task).paused(paused.get()));
        return once.once(about, "pause", lease(millisLeft), effect);
    }

    /** The same report is told once. */
    private Outcome report(Messenger messenger, Task task, long millisLeft) {
        var letter = Json.read(task.step(), TieOutReport.class).letter();
        var about = letter.about();
        var step = "report-" + Fingerprint.of(letter.subject(), letter.text());
        return once.once(about, step, lease(millisLeft), messenger.tell(letter));
    }

    private Outcome done(Task task, String what, String step, long millisLeft, Effect effect) {
        var outcome = once.once(task.owner(), step, lease(millisLeft), effect);
        cases.tell(task.id(), what, outcome.platform() + ": " + outcome.words());
        return outcome;
    }

    private static Duration lease(long millisLeft) {
        return Duration.ofMillis(millisLeft).plusSeconds(1);
    }

    private Story story(Task task) {
        return storyIfDecided(task).orElseThrow(() -> new NotFound("decision of " + task.id()));
    }

    private Optional<Story> storyIfDecided(Task task) {
        var id = task.id();
        var folder = cases.folder(id.order());
        return folder.decision(id)
                .map(
                        decision ->
                                new Story(
                                        store.get().name(),
                                        id,
                                        decision,
                                        folder.order(),
                                        task.outcomes(),
                                        folder.reason(id, decision)));
    }

    private Order order(Task task) {
        return cases.order(task.id().order())
                .orElseThrow(() -> new NotFound("order of " + task.id()));
    }

    private static String payment(Task task) {
        return Json.read(task.step(), PaymentRef.class).id();
    }

    private <R> R role(Connector connector, Class<R> role) {
        if (role.isInstance(connector)) return role.cast(connector);
        throw new Misconfigured("store document: " + platform + " is no " + role.getSimpleName());
    }
}
