package shop.unwind.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;

import java.util.ArrayList;
import java.util.List;

/** One order: what people do about it, and what came of it by everybody's books. */
final class Road {
    private static final String EXECUTION =
            "arn:aws:states:us-east-1:000000000000:execution:unwind-case:";

    private final TestShop shop;
    private final String number;

    Road(TestShop shop, int number) {
        this.shop = shop;
        this.number = Integer.toString(number);
    }

    String number() {
        return number;
    }

    String email() {
        return "ann." + number + "@example.com";
    }

    /** The name under which this order's goods are sold. */
    String sku(String name) {
        return name + "-" + number;
    }

    OrderRef order() {
        return new OrderRef("shopify", number);
    }

    CaseId id(int generation) {
        return new CaseId(order(), generation);
    }

    /** The buyer asks for the whole order in the portal; answers what the portal answered. */
    JsonNode ask() {
        return ask(form());
    }

    /** The buyer asks for some units of one line. */
    JsonNode ask(String name, int quantity) {
        var form = form();
        form.putArray("lines").addObject().put("sku", sku(name)).put("quantity", quantity);
        return ask(form);
    }

    JsonNode ask(ObjectNode form) {
        return shop.web.post(shop.machine.url() + "/cancellations", form);
    }

    ObjectNode form() {
        return TestShop.json().put("order", number).put("email", email());
    }

    /** Somebody does something at the storefront, such as {@code ship}. */
    void atShopify(String act, ObjectNode how) {
        shop.web.post(shop.machine.sandboxUrl() + "/shopify/_act/" + number + "/" + act, how);
    }

    void atShopify(String act) {
        atShopify(act, TestShop.json());
    }

    /** Somebody, or a bank, does something about the payment at Stripe. */
    void atStripe(String act, ObjectNode how) {
        shop.web.post(shop.machine.sandboxUrl() + "/stripe/_act/" + payment() + "/" + act, how);
    }

    void atStripe(String act) {
        atStripe(act, TestShop.json());
    }

    /** The last payment of an order is the one at Stripe. */
    private String payment() {
        return intent().path("id").asText();
    }

    /** Waits for a question and presses a button under it: {@code approve} or {@code reject}. */
    Road press(String answer) {
        press(awaitQuestion(), answer + "_cancellation");
        return this;
    }

    /** Waits for a question whose message nobody can change from then on. */
    Road lockQuestion() {
        var message = awaitQuestion();
        var place = TestShop.json().put("channel", message.path("channel").asText());
        place.put("ts", message.path("ts").asText());
        shop.web.post(shop.machine.sandboxUrl() + "/slack/_act/lock", place);
        return this;
    }

    private JsonNode awaitQuestion() {
        TestShop.await(
                "staff are asked about " + number, () -> !question().path("ts").isMissingNode());
        return question();
    }

    /** Staff press "Run again" under the last message that offers it. */
    Road pressRunAgain() {
        press(slack("run_again").getLast(), "run_again");
        return this;
    }

    private void press(JsonNode message, String action) {
        var press = TestShop.json().put("user", "U0111").put("action_id", action);
        press.put("channel", message.path("channel").asText());
        press.put("ts", message.path("ts").asText());
        shop.web.post(shop.machine.sandboxUrl() + "/slack/_act/press", press);
    }

    /** The message in which a question stands that nobody has answered. */
    private JsonNode question() {
        var open =
                shop.cases.approvals(order()).stream()
                        .filter(approval -> approval.answer() == Approval.Answer.OPEN)
                        .filter(approval -> !approval.message().isEmpty())
                        .map(approval -> approval.message().replace(':', ' '))
                        .toList();
        return open.isEmpty()
                ? TestShop.json().path("none")
                : shop.state("slack").path("messages").path(open.getFirst());
    }

    /** Waits until this case has closed, and only its money may still be followed. */
    Road closes(int generation) {
        rests(generation, Head.Status.CLOSED);
        TestShop.await(
                "the execution of " + id(generation) + " is at rest",
                () ->
                        !shop.machine.isRunning(id(generation))
                                || states(generation).contains("Refund on its way"));
        return this;
    }

    /** Waits until this case needs attention, and staff have been called. */
    Road needsAttention(int generation) {
        rests(generation, Head.Status.ATTENTION);
        TestShop.await(
                "the execution of " + id(generation) + " ends",
                () -> !shop.machine.isRunning(id(generation)));
        return this;
    }

    private Road rests(int generation, Head.Status status) {
        TestShop.await(
                id(generation) + " is " + status + ": " + timeline(),
                () ->
                        shop.cases
                                .head(order())
                                .filter(head -> head.generation() >= generation)
                                .filter(head -> head.status() == status)
                                .isPresent());
        return this;
    }

    /** Waits until all webhooks about it have come, and what they asked for has been recorded. */
    Road quietensDown() {
        TestShop.await(
                "nothing about " + number + " is under way",
                () ->
                        deliveries("shopify").isEmpty()
                                && deliveries("stripe").isEmpty()
                                && shop.isQueueEmpty());
        return this;
    }

    private List<JsonNode> deliveries(String platform) {
        return shop.state(platform)
                .path("deliveries")
                .valueStream()
                .filter(delivery -> delivery.path("body").asText().contains(number))
                .toList();
    }

    Head head() {
        return shop.cases.head(order()).orElseThrow();
    }

    /** Such as {@code GO whole-order}. */
    String decision(int generation) {
        return shop.cases
                .decision(id(generation))
                .map(made -> made.verdict() + " " + made.rule())
                .orElse("none");
    }

    /** The states that the case passed, as the console shows them; repeats side by side once. */
    List<String> states(int generation) {
        var request = TestShop.json().put("executionArn", EXECUTION + id(generation));
        var events =
                shop.aws("AWSStepFunctions.GetExecutionHistory", request.put("maxResults", 1000));
        var states = new ArrayList<String>();
        for (var event : events.path("events")) {
            var name = event.at("/stateEnteredEventDetails/name").asText("");
            if (!name.isEmpty() && (states.isEmpty() || !states.getLast().equals(name)))
                states.add(name);
        }
        return states;
    }

    /** The timeline as staff read it: {@code what: words}. */
    List<String> timeline() {
        return shop.cases.timeline(order()).stream()
                .map(event -> event.what() + ": " + event.words())
                .toList();
    }

    /** What was told in the timeline under this heading. */
    List<String> timeline(String what) {
        return timeline().stream()
                .filter(line -> line.startsWith(what + ": "))
                .map(line -> line.substring(what.length() + 2))
                .toList();
    }

    /** The letters in the buyer's mailbox: subject and text. */
    List<String> mails() {
        return shop.state("sendgrid")
                .path("outbox")
                .valueStream()
                .map(kept -> kept.path("mail"))
                .filter(mail -> mail.path("personalizations").toString().contains(email()))
                .map(JsonNode::toString)
                .toList();
    }

    /** Staff's messages about this order that say this. */
    List<JsonNode> slack(String words) {
        return shop.state("slack")
                .path("messages")
                .valueStream()
                .filter(message -> message.toString().contains("rder " + number))
                .filter(message -> message.toString().contains(words))
                .toList();
    }

    /** The order at Shopify. */
    JsonNode atShopify() {
        return shop.state("shopify")
                .path("orders")
                .valueStream()
                .filter(known -> known.path("number").asText().equals(number))
                .findFirst()
                .orElseGet(() -> TestShop.json());
    }

    boolean isCancelled() {
        return atShopify().path("cancelledAt").isTextual();
    }

    String note() {
        return atShopify().path("note").asText("");
    }

    /** How many units of this line came back into stock so far. */
    int restocked(String name) {
        return shop.state("shopify").path("inventory").path(sku(name)).path("restocked").asInt();
    }

    /** The payment at Stripe. */
    JsonNode intent() {
        return shop.state("stripe")
                .path("payment_intents")
                .valueStream()
                .filter(
                        intent ->
                                intent.path("id").asText().startsWith("pi_shopify" + number + "_"))
                .findFirst()
                .orElseThrow();
    }

    /** The refunds at Stripe, oldest first. */
    List<JsonNode> refunds() {
        return shop.state("stripe")
                .path("refunds")
                .valueStream()
                .filter(
                        refund ->
                                refund.path("id").asText().startsWith("re_shopify" + number + "_"))
                .toList();
    }

    /** What was refunded at Stripe, refund by refund, in minor units. */
    List<Long> refunded() {
        return refunds().stream().map(refund -> refund.path("amount").asLong()).toList();
    }

    /** Refund transactions at Shopify: gateway and minor units. */
    List<String> refundedAtShopify() {
        return atShopify()
                .path("transactions")
                .valueStream()
                .filter(one -> one.path("kind").asText().equals("REFUND"))
                .map(one -> one.path("gateway").asText() + " " + one.path("amount").asLong())
                .toList();
    }
}
