package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision;
import shop.unwind.domain.OrderRef;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends every sample through the front door, waits until every case rests, and compares what came
 * of it with what the sample says, by the sandbox's own books.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Machine machine;
    private final Path events;
    private final Cases cases;
    private final Web web = new Web();
    private final InstantSource clock = Clock.systemUTC();

    public Demo(Machine machine, Path events) {
        this.machine = machine;
        this.events = events;
        this.cases =
                new Cases(machine.stack().tables().client(), machine.stack().name("Cases"), clock);
    }

    /** The policy, but above its last limit staff have seconds: a sample lets them pass. */
    static String impatient(String policy) {
        var document = Machine.parse(policy);
        document.path("approval")
                .valueStream()
                .reduce((_, later) -> later)
                .ifPresent(last -> ((ObjectNode) last).put("within", "PT5S"));
        return document.toString();
    }

    /**
     * One row of the table.
     *
     * @param wrong every difference from what the sample says
     */
    record Row(
            Sample sample,
            String caseId,
            String decision,
            String cancel,
            String refund,
            String told,
            String time,
            List<String> wrong) {}

    /** Runs all samples side by side. */
    List<Row> run() throws Exception {
        return run(seed());
    }

    /**
     * Runs some samples side by side.
     *
     * @param names such as {@code portal/full-cancel}
     * @throws IllegalStateException one did not end as it says
     */
    public void run(Set<String> names) throws Exception {
        var samples = Sample.all(events).stream().filter(it -> names.contains(it.name())).toList();
        samples.forEach(this::prepare);
        for (var row : run(samples))
            if (!row.wrong().isEmpty())
                throw new IllegalStateException(row.sample().name() + ": " + row.wrong());
    }

    private List<Row> run(List<Sample> samples) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<List<Row>>>();
            for (var sample : samples) running.add(threads.submit(() -> run(sample)));
            var rows = new ArrayList<Row>();
            for (var rest : running) rows.addAll(rest.get());
            return rows;
        }
    }

    /** Puts the orders of all samples into the sandbox. */
    List<Sample> seed() {
        var samples = Sample.all(events);
        samples.forEach(this::prepare);
        return samples;
    }

    private void prepare(Sample sample) {
        if (!sample.world().isEmpty()) {
            var world = JSON.createObjectNode();
            var orders = world.putArray("orders");
            sample.world().forEach(order -> orders.add(dated((ObjectNode) order)));
            web.put(machine.sandboxUrl() + "/_world", world);
        }
        for (var act : sample.act()) web.post(machine.sandboxUrl() + act.path(), act.body());
    }

    /** A sample says how long ago an order was placed, so that it does not grow old. */
    private ObjectNode dated(ObjectNode order) {
        var placed = order.path("placedAt").asText("PT2H");
        if (placed.startsWith("P"))
            order.put("placedAt", clock.instant().minus(Duration.parse(placed)).toString());
        return order;
    }

    private List<Row> run(Sample sample) throws Exception {
        var began = clock.instant();
        var answers = send(sample);
        var wrong = new ArrayList<String>();
        for (var status : answers)
            if (status != sample.expect().http())
                wrong.add("answered " + status + " instead of " + sample.expect().http());
        if (sample.expect().cases().isEmpty())
            return List.of(new Row(sample, "-", "-", "-", "-", "-", "-", wrong));
        var rows = new ArrayList<Row>();
        for (var expected : sample.expect().cases().entrySet()) {
            var id = CaseId.parse(expected.getKey());
            rows.add(row(sample, id, expected.getValue(), began, List.copyOf(wrong)));
        }
        return rows;
    }

    /** All at once: the first to come starts the case, the others join it. */
    private List<Integer> send(Sample sample) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = new ArrayList<Future<Integer>>();
            for (var file : sample.send()) {
                var event = Machine.parse(Machine.read(events.resolve(file)));
                for (var i = 0; i < sample.times(); i++)
                    sending.add(threads.submit(() -> send(event)));
            }
            var answers = new ArrayList<Integer>();
            for (var answer : sending) answers.add(answer.get());
            return answers;
        }
    }

    /** An HTTP event goes through the API, an EventBridge envelope onto its bus. */
    private int send(JsonNode event) {
        if (event.has("requestContext")) return web.send(machine.url(), event).statusCode();
        machine.publish((ObjectNode) event);
        return 202;
    }

    private Row row(
            Sample sample, CaseId id, Sample.Ending expected, Instant began, List<String> before)
            throws InterruptedException {
        var wrong = new ArrayList<>(before);
        var head = rest(sample, id, began);
        if (head.isEmpty()) {
            wrong.add("did not rest within " + PATIENCE.toSeconds() + " s");
            return new Row(sample, id.toString(), "-", "-", "-", "-", "-", wrong);
        }
        var decision = cases.decision(id).map(Demo::words).orElse("none");
        var cancelled = isCancelled(id.order());
        var refunds = refunds(id.order(), expected);
        var told = told(id);
        compare("status", expected.status(), head.get().status().name(), wrong);
        compare("decision", expected.decision(), decision, wrong);
        compare("cancelled", expected.cancelled(), cancelled, wrong);
        compare("refunded", new TreeMap<>(expected.refunded()), refunds, wrong);
        compare("told", expected.told(), told, wrong);
        var time = Duration.between(began, head.get().changedAt()).toMillis() + " ms";
        return new Row(
                sample,
                id.toString(),
                decision,
                cancelled ? "cancelled" : "-",
                refunds.isEmpty() ? "-" : refunds.toString(),
                String.join(" ", told),
                time,
                wrong);
    }

    private Optional<Head> rest(Sample sample, CaseId id, Instant began)
            throws InterruptedException {
        while (clock.instant().isBefore(began.plus(PATIENCE))) {
            var head = cases.head(id.order());
            if (head.isPresent()
                    && head.get().generation() >= id.generation()
                    && isAtRest(head.get(), id)) return head;
            press(sample, id);
            Thread.sleep(20);
        }
        return Optional.empty();
    }

    /** Staff are called after a case has ended; the money of a closed one may still be followed. */
    private boolean isAtRest(Head head, CaseId id) {
        return switch (head.status()) {
            case RUNNING -> false;
            case CLOSED -> true;
            case ATTENTION -> !machine.isRunning(id);
        };
    }

    /** Staff press the button of the question that stands in the channel. */
    private void press(Sample sample, CaseId id) {
        if (sample.press().equals("nothing")) return;
        cases.approvals(id.order()).stream()
                .filter(approval -> approval.answer() == Approval.Answer.OPEN)
                .filter(approval -> !approval.message().isEmpty())
                .forEach(approval -> press(sample.press(), approval.message()));
    }

    private void press(String answer, String message) {
        var place = message.split(":", 2);
        var press = JSON.createObjectNode();
        press.put("channel", place[0]).put("ts", place[1]).put("user", "U0111");
        press.put("action_id", answer + "_cancellation");
        web.post(machine.sandboxUrl() + "/slack/_act/press", press);
    }

    private static String words(Decision decision) {
        return decision.verdict() + " " + decision.rule();
    }

    private boolean isCancelled(OrderRef order) {
        var state = web.get(machine.sandboxUrl() + "/_state/" + order.storefront());
        for (var known : state.path("orders"))
            if (known.path("number").asText().equals(order.number()))
                return !known.path("cancelledAt").isMissingNode()
                        && !known.path("cancelledAt").isNull();
        return false;
    }

    /** Settled or on its way, by the books of each platform. */
    private Map<String, Long> refunds(OrderRef order, Sample.Ending expected) {
        var books = web.get(machine.sandboxUrl() + "/_stats").path("payments");
        var refunded = new TreeMap<String, Long>();
        expected.refunded().keySet().forEach(platform -> refunded.put(platform, 0L));
        for (var book : books) {
            var platform = book.path("platform").asText();
            if (!book.path("order").asText().endsWith(order.number())) continue;
            if (!refunded.containsKey(platform)) continue;
            var sum = book.path("refunded").asLong() + book.path("pending").asLong();
            refunded.merge(platform, sum, Long::sum);
        }
        return refunded;
    }

    private List<String> told(CaseId id) {
        return cases.timeline(id.order()).stream()
                .filter(event -> event.generation() == id.generation())
                .map(Event::what)
                .filter(what -> what.startsWith("Tell ") || what.equals("Call staff"))
                .map(what -> what.replace("Tell ", "").replace("Call staff", "alarm"))
                .distinct()
                .sorted()
                .toList();
    }

    private static void compare(String what, Object expected, Object actual, List<String> wrong) {
        if (!expected.equals(actual)) wrong.add(what + " is " + actual + " instead of " + expected);
    }

    /** Prints the table; true when all went as the samples say. */
    static boolean print(List<Row> rows, PrintStream out) {
        var format = "%-34s %-22s %-26s %-10s %-32s %-26s %9s%n";
        out.printf(
                format,
                "sample",
                "case",
                "decision",
                "order",
                "refunded (minor units)",
                "told",
                "time");
        for (var row : rows) {
            out.printf(
                    format,
                    row.sample().name(),
                    row.caseId(),
                    row.decision(),
                    row.cancel(),
                    row.refund(),
                    row.told(),
                    row.time());
            row.wrong().forEach(words -> out.println("    WRONG: " + words));
        }
        var bad = rows.stream().filter(row -> !row.wrong().isEmpty()).count();
        out.println(
                rows.size() + " rows, " + (bad == 0 ? "all as the samples say" : bad + " WRONG"));
        return bad == 0;
    }
}
