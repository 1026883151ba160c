package shop.unwind.local.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Cases;
import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.json.Json;
import shop.unwind.local.command.Machine;
import shop.unwind.local.command.Web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The whole system on this machine, with a few orders in it, behind one port for strangers. */
final class Shop implements AutoCloseable {
    static final String CLOSED = "870001";
    static final String WAITING = "870002";
    static final String APPROVED = "870003";

    /** No order has it. */
    static final String UNKNOWN = "870009";

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOG = PROJECT.resolve("local/target/functions.log");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String KEY = "overheard-key-0001";

    private final long logged = Files.exists(LOG) ? size() : 0;
    private final Web web = new Web();
    private final Machine machine;
    private final Cases cases;
    private final Wire wire;
    private final Signer signer;
    private final AtomicInteger marks = new AtomicInteger();

    Shop() {
        machine = Machine.start(setup());
        cases =
                new Cases(
                        machine.stack().tables().client(),
                        machine.stack().name("Cases"),
                        Clock.systemUTC());
        wire = new Wire(URI.create(machine.url()).getPort());
        signer = new Signer(secrets(), Clock.systemUTC());
    }

    /** Which shop, mode, account and workspace are ours is said, so that others' can be told. */
    private static Machine.Setup setup() {
        var usual = Machine.Setup.apart(PROJECT, (_, _) -> {});
        var store = (ObjectNode) Json.parse(usual.store());
        ((ObjectNode) store.at("/platforms/slack")).put("team", "T0ACME001");
        ((ObjectNode) store.at("/platforms/stripe")).put("livemode", false);
        return new Machine.Setup(
                usual.project(),
                usual.port(),
                usual.sandboxPort(),
                usual.data(),
                usual.delay(),
                usual.limits(),
                Json.write(store),
                usual.policy(),
                usual.listener());
    }

    private static JsonNode secrets() {
        try (var text = Shop.class.getResourceAsStream("/sandbox/secrets.json")) {
            return Json.parse(Objects.requireNonNull(text).readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Machine machine() {
        return machine;
    }

    int sandboxPort() {
        return URI.create(machine.sandboxUrl()).getPort();
    }

    Signer signer() {
        return signer;
    }

    /** What is kept now. */
    Written written() {
        return Written.in(machine.stack());
    }

    /** Personal data that no request has borne yet. */
    Mark mark() {
        return new Mark(marks.getAndIncrement());
    }

    Wire.Answer send(byte[] request) throws IOException {
        return wire.send(request);
    }

    /** What functions logged since this shop was opened. */
    String log() throws IOException {
        var all = Files.readAllBytes(LOG);
        return new String(all, (int) logged, all.length - (int) logged, StandardCharsets.UTF_8);
    }

    private static long size() {
        try {
            return Files.size(LOG);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sells orders, has some of them cancelled, and comes to rest. */
    World open() throws IOException {
        sell(CLOSED, 4660, 4000);
        sell(WAITING, 32900, 30000);
        sell(APPROVED, 32900, 30000);
        var form = form(CLOSED).bytes();
        var ticket = ticket(send(form));
        var other = ticket(send(form(WAITING).bytes()));
        send(form(APPROVED).bytes());
        await("the cases are where they are to be", this::isWhereItIsToBe);
        var overheard = new World.Overheard(form, shopify(), stripe(), slack(question(APPROVED)));
        for (var request :
                new byte[][] {overheard.shopify(), overheard.stripe(), overheard.slack()})
            assertThat(send(request).status()).isEqualTo(200);
        await("the approved case closes", () -> is(APPROVED, Head.Status.CLOSED));
        await("the complaint has come to staff", () -> isRecorded("stripe-evt_870001"));
        awaitQuiet();
        return new World(
                signer, id(CLOSED), id(WAITING), ticket, other, question(WAITING), overheard);
    }

    private void sell(String number, int paid, int price) {
        var order = Json.object().put("storefront", "shopify").put("number", number);
        order.put("email", email(number)).put("name", "Ann Lee").put("currency", "USD");
        order.put("placedAt", Instant.now().minus(Duration.ofHours(2)).toString());
        order.put("shipping", 500);
        var line = order.putArray("lines").addObject().put("sku", "ACR-" + number);
        line.put("title", "Acrylic paint").put("quantity", 1).put("unitPrice", price);
        line.put("tax", paid - price - 500);
        order.putArray("payments").addObject().put("gateway", "stripe").put("amount", paid);
        var world = Json.object();
        world.putArray("orders").add(order);
        web.put(machine.sandboxUrl() + "/_world", world);
    }

    static String email(String number) {
        return "ann." + number + "@example.com";
    }

    private static Message form(String number) {
        var form = Draft.empty().text("order", number).text("email", email(number));
        return Message.post("/cancellations", form.json())
                .json()
                .header("Idempotency-Key", KEY + number);
    }

    private static World.Ticket ticket(Wire.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        var body = Json.parse(answer.body());
        return new World.Ticket(body.path("id").asText(), body.path("token").asText());
    }

    private boolean isWhereItIsToBe() {
        return is(CLOSED, Head.Status.CLOSED)
                && approval(WAITING).isPresent()
                && approval(APPROVED).isPresent();
    }

    private boolean is(String number, Head.Status status) {
        return cases.head(order(number)).filter(head -> head.status() == status).isPresent()
                && (status != Head.Status.CLOSED || !machine.isRunning(id(number)));
    }

    private boolean isRecorded(String request) {
        return written().items().toString().contains(request);
    }

    private Optional<Approval> approval(String number) {
        return cases.approvals(order(number)).stream()
                .filter(approval -> !approval.message().isEmpty())
                .findFirst();
    }

    private String question(String number) {
        return id(number) + " " + approval(number).orElseThrow().id();
    }

    private static OrderRef order(String number) {
        return new OrderRef("shopify", number);
    }

    private static CaseId id(String number) {
        return new CaseId(order(number), 1);
    }

    private byte[] shopify() {
        return ShopifyWebhooks.event(signer, "orders/cancelled", ShopifyWebhooks.CANCELLED.json());
    }

    private byte[] stripe() {
        return StripeWebhooks.event(signer, StripeWebhooks.DISPUTE.json());
    }

    private byte[] slack(String question) {
        return SlackPresses.press(signer, SlackPresses.approve(question).json());
    }

    /** Nothing waits, and nothing has changed for a while. */
    void awaitQuiet() {
        await(
                "nothing is under way",
                () -> {
                    var before = written();
                    pause(Duration.ofMillis(300));
                    return before.isQuiet() && before.equals(written());
                });
    }

    /** Whatever was put in a queue since has been taken. */
    void awaitTaken(Written before) {
        await("messages are taken", () -> written().messages().equals(before.messages()));
    }

    static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited %s until %s", LIMIT, what).isLessThan(end);
            pause(Duration.ofMillis(40));
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
