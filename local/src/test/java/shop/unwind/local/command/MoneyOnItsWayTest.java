package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import shop.unwind.cases.Cases;
import shop.unwind.cases.Event;
import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.local.campaign.Hurried;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Refunds that do not simply arrive: outcome unknown, on their way, come back, held. */
class MoneyOnItsWayTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int AN_HOUR = 4;

    private static Machine machine;
    private static Cases cases;
    private static final Web WEB = new Web();

    @BeforeAll
    static void start() throws IOException {
        var policy = (ObjectNode) JSON.readTree(Machine.read(PROJECT.resolve("local/policy.json")));
        policy.putObject("patience")
                .put("lookEvery", "PT1S")
                .put("unknownFor", "PT20S")
                .put("followEvery", "PT1S")
                .put("followFor", "PT8S");
        var breaker = policy.putObject("breaker").put("within", "PT2M");
        breaker.putObject("perHour").put("refunds", 1000).putObject("sums").put("JPY", "4000");
        breaker.putObject("perDay").put("refunds", 1000).putObject("sums");
        machine =
                Machine.start(
                        Machine.Setup.apart(PROJECT, (_, _) -> {})
                                .under(policy.toString(), hurried()));
        cases =
                new Cases(
                        machine.stack().tables().client(),
                        machine.stack().name("Cases"),
                        Clock.systemUTC());
    }

    /** Retries come twenty times sooner. */
    private static Conditions hurried() {
        var usual = Conditions.usual();
        return new Conditions(
                new Hurried(usual.time(), 20),
                usual.variables(),
                usual.longestInvocation(),
                usual.invocations(),
                usual.services(),
                usual.journal());
    }

    @AfterAll
    static void stop() {
        machine.close();
    }

    @Test
    @DisplayName("C27: a refund on its way is followed until it has arrived")
    void followedUntilItArrives() {
        order("8001", "USD", "pending");
        ask("8001");
        await(() -> status("8001", Head.Status.CLOSED));
        assertThat(mails("8001")).anyMatch(mail -> mail.contains("on its way back to you"));

        act("8001", "settle-refund");

        await(() -> said("8001", "Follow refund", "refund arrived"));
        await(() -> !machine.isRunning(id("8001", 1)));
        assertThat(refunds("8001")).isEqualTo(1);
    }

    @Test
    @DisplayName("C27: a refund that comes back, unheard of, reopens the case and asks staff")
    void reopenedWhenItComesBack() {
        order("8002", "USD", "pending");
        ask("8002");
        await(() -> status("8002", Head.Status.CLOSED));

        act("8002", "fail-refund");

        await(() -> cases.head(ref("8002")).filter(head -> head.generation() == 2).isPresent());
        await(() -> cases.approvals(ref("8002")).stream().anyMatch(a -> !a.message().isEmpty()));
        assertThat(cases.approvals(ref("8002")).getFirst().question()).contains("did not arrive");
    }

    @Test
    @DisplayName("a refund that stays on its way too long needs attention")
    void lateRefundNeedsAttention() {
        order("8003", "USD", "pending");
        ask("8003");

        await(() -> status("8003", Head.Status.ATTENTION));
        await(() -> said("8003", "Call staff", "told"));
        assertThat(timeline("8003"))
                .anyMatch(event -> event.words().contains("still on its way after"));
    }

    @Test
    @DisplayName("an outcome that stays unknown is shown to staff, looked up, and found")
    void unknownOutcomeIsLookedUp() {
        order("8004", "USD", "succeeds");
        loseTheRefundsAnswer();
        try {
            ask("8004");
            await(() -> said("8004", "Warn staff", "told"));
            assertThat(refunds("8004")).isEqualTo(1);
        } finally {
            WEB.put(machine.sandboxUrl() + "/_faults", JSON.createArrayNode());
        }

        await(() -> status("8004", Head.Status.CLOSED));
        assertThat(refunds("8004")).isEqualTo(1);
        assertThat(mails("8004")).anyMatch(mail -> mail.contains("We have refunded 20.00 USD"));
    }

    @Test
    @DisplayName("R2: a refund that a dead function had begun is looked up, not called missing")
    void begunByADeadFunction() {
        order("8005", "USD", "succeeds");
        beginRefund("8005", Duration.ofSeconds(15));

        ask("8005");

        await(() -> said("8005", "Warn staff", "told"));
        assertThat(refunds("8005")).isZero();
        await(() -> status("8005", Head.Status.CLOSED));
        assertThat(refunds("8005")).isEqualTo(1);
        assertThat(mails("8005")).anyMatch(mail -> mail.contains("We have refunded 20.00 USD"));
    }

    @Test
    @DisplayName("above the hour's sum refunds are held, staff press Go on, and they go on")
    void heldByTheBreaker() throws InterruptedException {
        for (var i = 0; i < AN_HOUR; i++) order(held(i), "JPY", "succeeds");
        for (var i = 0; i < AN_HOUR; i++) {
            ask(held(i));
            var number = held(i);
            if (i < 2) await(() -> status(number, Head.Status.CLOSED));
            else {
                await(() -> cases.decision(id(number, 1)).isPresent());
                await(() -> waits(number));
            }
        }
        assertThat(refunds(held(2)) + refunds(held(3))).isZero();

        press();

        await(() -> status(held(2), Head.Status.CLOSED) && status(held(3), Head.Status.CLOSED));
        assertThat(refunds(held(2))).isEqualTo(1);
        assertThat(refunds(held(3))).isEqualTo(1);
        assertThat(messages()).filteredOn(text -> text.contains("are paused")).hasSize(1);
    }

    private static String held(int at) {
        return Integer.toString(8100 + at);
    }

    private static boolean waits(String number) {
        return WEB.aws(
                        machine.url(),
                        "AWSStepFunctions.GetExecutionHistory",
                        JSON.createObjectNode()
                                .put(
                                        "executionArn",
                                        "arn:aws:states:us-east-1:000000000000:execution:unwind-case:"
                                                + id(number, 1))
                                .put("maxResults", 1000))
                .path("events")
                .valueStream()
                .anyMatch(
                        event ->
                                event.at("/stateEnteredEventDetails/name")
                                        .asText()
                                        .equals("Wait for the money breaker"));
    }

    private static void press() {
        await(() -> paused().isPresent());
        var message = paused().orElseThrow();
        var press = JSON.createObjectNode();
        press.put("channel", "C0123ABCD").put("ts", message.path("ts").asText());
        press.put("user", "U0111").put("action_id", "go_on");
        WEB.post(machine.sandboxUrl() + "/slack/_act/press", press);
    }

    private static Optional<JsonNode> paused() {
        return slack().stream()
                .filter(message -> message.path("text").asText().contains("are paused"))
                .findFirst();
    }

    private static List<String> messages() {
        return slack().stream().map(message -> message.path("text").asText()).toList();
    }

    private static List<JsonNode> slack() {
        return WEB.get(machine.sandboxUrl() + "/_state/slack")
                .path("messages")
                .valueStream()
                .toList();
    }

    /** The refund takes effect, its answer is lost, and for a while nobody can look. */
    private static void loseTheRefundsAnswer() {
        var faults = JSON.createArrayNode();
        faults.addObject()
                .put("platform", "stripe")
                .put("operation", "refunds.create")
                .put("kind", "reset-after");
        faults.addObject()
                .put("platform", "stripe")
                .put("operation", "refunds.list")
                .put("kind", "error500")
                .put("after", 2)
                .put("times", 1000);
        WEB.put(machine.sandboxUrl() + "/_faults", faults);
    }

    /** What a function leaves that died at once. */
    private static void beginRefund(String number, Duration lease) {
        var record =
                JSON.createObjectNode()
                        .put("status", "STARTED")
                        .put("holder", "dead")
                        .put("number", 1)
                        .put("blind", 0)
                        .put("sentAt", Instant.now().toString())
                        .put("leaseEndsAt", Instant.now().plus(lease).toString())
                        .putNull("outcome");
        var step = "stripe#" + id(number, 1) + "#refund-pi_shopify" + number + "_1";
        var item =
                Map.of(
                        "step", AttributeValue.fromS(step),
                        "holder", AttributeValue.fromS("dead"),
                        "progress", AttributeValue.fromS("STARTED"),
                        "body", AttributeValue.fromS(record.toString()));
        machine.stack()
                .tables()
                .client()
                .putItem(put -> put.tableName(machine.stack().name("Steps")).item(item));
    }

    private static List<String> mails(String number) {
        return WEB.get(machine.sandboxUrl() + "/_state/sendgrid")
                .path("outbox")
                .valueStream()
                .map(JsonNode::toString)
                .filter(mail -> mail.contains(number))
                .toList();
    }

    private static List<Event> timeline(String number) {
        return cases.timeline(ref(number));
    }

    private static boolean said(String number, String what, String words) {
        return timeline(number).stream()
                .anyMatch(event -> event.what().equals(what) && event.words().contains(words));
    }

    private static boolean status(String number, Head.Status status) {
        return cases.head(ref(number)).filter(head -> head.status() == status).isPresent();
    }

    private static int refunds(String number) {
        return WEB.get(machine.sandboxUrl() + "/_stats")
                .path("payments")
                .valueStream()
                .filter(book -> book.path("payment").asText().equals("pi_shopify" + number + "_1"))
                .mapToInt(book -> book.path("refunds").asInt())
                .sum();
    }

    private static void act(String number, String act) {
        var path = "/stripe/_act/pi_shopify" + number + "_1/" + act;
        WEB.post(machine.sandboxUrl() + path, JSON.createObjectNode());
    }

    private static void order(String number, String currency, String refundMode) {
        var world = JSON.createObjectNode();
        var order = world.putArray("orders").addObject();
        order.put("storefront", "shopify").put("number", number);
        order.put("email", "ann@example.com").put("name", "Ann Lee").put("currency", currency);
        order.put("placedAt", Instant.now().minusSeconds(3600).toString());
        order.putArray("lines")
                .addObject()
                .put("sku", "ACR-500")
                .put("title", "Acrylic paint 500 ml")
                .put("quantity", 1)
                .put("unitPrice", 2000);
        order.putArray("payments")
                .addObject()
                .put("gateway", "stripe")
                .put("amount", 2000)
                .put("refundMode", refundMode);
        WEB.put(machine.sandboxUrl() + "/_world", world);
    }

    private static void ask(String number) {
        var request = JSON.createObjectNode().put("order", number).put("email", "ann@example.com");
        WEB.post(machine.url() + "/cancellations", request);
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited %s", LIMIT).isLessThan(end);
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private static OrderRef ref(String number) {
        return new OrderRef("shopify", number);
    }

    private static CaseId id(String number, int generation) {
        return new CaseId(ref(number), generation);
    }
}
