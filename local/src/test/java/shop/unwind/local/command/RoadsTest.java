package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

import shop.unwind.cases.Head;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.PaymentRef;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The roads through the workflow, on one stack, side by side. The demo shows where each ends; here
 * it is looked at what lies on the way: the states passed, the platforms' books, who was told what.
 */
class RoadsTest {
    private static final Path DISPUTE = Path.of("../events/stripe/dispute-created-chargeback.json");
    private static final String PAINT = "ACR-500";
    private static final String MEDIUM = "MED-250";

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop(5001);
    }

    @AfterAll
    static void close() {
        var failures = shop.failures();
        shop.close();
        assertThat(failures).isEmpty();
    }

    @SideBySide
    @DisplayName("R2, R6: nothing had shipped: cancelled, stock back once, refunded once, all told")
    void wholeOrder() {
        var road = shop.sells("portal/full-cancel");
        road.ask();
        road.closes(1);

        assertThat(road.states(1))
                .containsExactly(
                        "Open case",
                        "Is the order known",
                        "Read order",
                        "Read payments",
                        "Read payment",
                        "Decide",
                        "What was decided",
                        "Cancel order",
                        "Refund payments",
                        "Refund payment",
                        "Has a payment changed",
                        "Update ledgers",
                        "Tell everyone",
                        "Tell one",
                        "Close case",
                        "Is anything missing",
                        "Done");
        assertThat(road.isCancelled()).isTrue();
        assertThat(road.atShopify().path("cancelReason").asText()).isEqualTo("CUSTOMER");
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.refunded()).containsExactly(4660L);
        assertThat(road.refunds().getFirst().at("/metadata/unwind_case").asText())
                .isEqualTo(road.id(1).toString());
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("Your order " + road.number() + " is cancelled")
                .contains("We have refunded 46.60 USD.");
        assertThat(road.slack("cancelled")).hasSize(1);
        assertThat(road.note()).contains("[unwind:" + road.id(1) + ":");
    }

    @SideBySide
    @DisplayName(
            "C3, C41: part of the order: its lines and its money, and our own echo adds nothing")
    void partOfTheOrder() {
        var road = shop.sells("portal/partial-cancel");
        road.ask(PAINT, 1);
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO part-of-order");
        assertThat(road.isCancelled()).isFalse();
        assertThat(road.restocked(PAINT)).isEqualTo(1);
        assertThat(road.restocked(MEDIUM)).isZero();
        assertThat(road.refunded()).containsExactly(2080L);
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("Part of your order " + road.number() + " is cancelled")
                .contains("1 × Acrylic paint 500 ml")
                .contains("We have refunded 20.80 USD.");
        road.quietensDown();
        assertThat(road.head().generation()).isEqualTo(1);
        assertThat(road.refunded()).hasSize(1);
        assertThat(road.mails()).hasSize(1);
    }

    @SideBySide
    @DisplayName("C9: it had shipped: nothing is touched, the customer is shown the way back")
    void shipped() {
        var road = shop.sells("portal/shipped");
        road.ask();
        road.closes(1);

        assertThat(road.states(1))
                .containsSubsequence("What was decided", "Tell everyone", "Close case", "Done")
                .doesNotContain("Cancel order", "Refund payments", "Ask for approval");
        assertThat(road.isCancelled()).isFalse();
        assertThat(road.refunded()).isEmpty();
        assertThat(road.note()).isEmpty();
        assertThat(road.mails()).singleElement().asString().contains("has left our house");
    }

    @SideBySide
    @DisplayName("C9: one tin had left: the rest is cancelled and its share refunded")
    void partlyShipped() {
        var road = shop.sells("portal/partly-shipped");
        road.ask();
        road.closes(1);

        assertThat(road.isCancelled()).isFalse();
        assertThat(road.restocked(PAINT)).isEqualTo(1);
        assertThat(road.restocked(MEDIUM)).isEqualTo(1);
        assertThat(road.refunded()).containsExactly(3640L);
    }

    @SideBySide
    @DisplayName("R5: it shipped while we decided, so nothing was cancelled")
    void shippedMeanwhile() {
        var road = shop.sells("portal/full-cancel");
        shop.meanwhile(road.id(1), "Cancel order", () -> road.atShopify("ship"));
        road.ask();
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("REFUSE shipped");
        assertThat(road.states(1))
                .containsSubsequence("Cancel order", "Read order", "Decide", "Tell everyone")
                .doesNotContain("Refund payments");
        assertThat(road.isCancelled()).isFalse();
        assertThat(road.restocked(PAINT)).isZero();
        assertThat(road.refunded()).isEmpty();
        assertThat(road.timeline("Decide")).hasSize(2);
        assertThat(road.mails()).singleElement().asString().contains("has left our house");
    }

    @SideBySide
    @DisplayName("made to order, and the saw had run: refused with the reason")
    void madeToOrder() {
        var road = shop.sells("portal/made-to-order");
        road.ask();
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("REFUSE made-to-order");
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails()).singleElement().asString().contains("made to your measure");
    }

    @SideBySide
    @DisplayName("above the limit: staff approved, and everybody can see who")
    void approved() {
        var road = shop.sells("portal/over-limit-approved");
        road.ask();
        road.press("approve").closes(1);

        assertThat(road.states(1))
                .containsSubsequence(
                        "Decide",
                        "Ask for approval",
                        "Show who decided",
                        "Read order",
                        "Read payments",
                        "Decide",
                        "Cancel order",
                        "Refund payments");
        assertThat(road.refunded()).containsExactly(32900L);
        assertThat(road.timeline("Show who decided")).containsExactly("APPROVED by U0111");
        assertThat(road.slack("Cancel and refund 329.00 USD"))
                .singleElement()
                .satisfies(
                        asked ->
                                assertThat(asked.toString())
                                        .contains("U0111")
                                        .doesNotContain("approve_cancellation"));
    }

    @SideBySide
    @DisplayName("above the limit: staff approved, Slack could not show it, the refund went on")
    void approvedUnseen() {
        var road = shop.sells("portal/over-limit-approved");
        road.ask();
        road.lockQuestion().press("approve").closes(1);

        assertThat(road.states(1)).containsSubsequence("Show who decided", "Read order", "Done");
        assertThat(road.timeline("Show who decided")).containsExactly("APPROVED by U0111");
        assertThat(road.refunded()).containsExactly(32900L);
        assertThat(road.slack("approve_cancellation")).hasSize(1);
    }

    @SideBySide
    @DisplayName("above the limit: staff rejected, and nothing was touched")
    void rejected() {
        var road = shop.sells("portal/over-limit-rejected");
        road.ask();
        road.press("reject").closes(1);

        assertThat(road.decision(1)).isEqualTo("REFUSE rejected");
        assertThat(road.isCancelled()).isFalse();
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("We could not cancel your order")
                .doesNotContain("U0111");
    }

    @SideBySide
    @DisplayName("R4: above the limit and nobody answered: staff are called, the case stands red")
    void expired() {
        var road = shop.sells("portal/over-limit-expired");
        road.ask();
        road.needsAttention(1);

        assertThat(road.states(1)).endsWith("Call staff", "Call one", "NEEDS ATTENTION");
        assertThat(road.timeline("Show who decided")).containsExactly("EXPIRED by nobody");
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails()).isEmpty();
        assertThat(road.slack("run_again")).hasSize(1);
    }

    @SideBySide
    @DisplayName("C11: staff had cancelled and refunded it in Shopify: adopted, nothing done twice")
    void alreadyCancelled() {
        var road = shop.sells("portal/already-cancelled");
        road.ask();
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("RECORD already-taken-back");
        assertThat(road.states(1)).doesNotContain("Cancel order", "Refund payments");
        assertThat(road.refunded()).containsExactly(4660L);
        assertThat(road.restocked(PAINT)).isZero();
        assertThat(road.mails()).singleElement().asString().contains("is cancelled");
    }

    @SideBySide
    @DisplayName("C11, C36: part was refunded at Stripe while we decided: only the rest follows")
    void refundedMeanwhile() {
        var road = shop.sells("portal/full-cancel");
        shop.meanwhile(
                road.id(1),
                "Refund payments",
                () -> road.atStripe("refund", TestShop.json().put("amount", 1000)));
        road.ask();
        road.closes(1);

        assertThat(road.states(1))
                .containsSubsequence(
                        "Refund payment",
                        "Payment changed",
                        "Has a payment changed",
                        "Read order",
                        "Refund payment",
                        "Done");
        assertThat(road.refunded()).containsExactly(1000L, 3660L);
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.mails()).singleElement().asString().contains("refunded 36.60 USD");
    }

    @SideBySide
    @DisplayName("R3, C34: the bank opened a chargeback while we decided: cancelled, not refunded")
    void disputedMeanwhile() {
        var road = shop.sells("portal/full-cancel");
        shop.meanwhile(road.id(1), "Refund payments", () -> road.atStripe("dispute"));
        road.ask();
        road.closes(1);

        assertThat(road.isCancelled()).isTrue();
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails())
                .isNotEmpty()
                .allSatisfy(mail -> assertThat(mail).doesNotContain("We have refunded"));
    }

    @SideBySide
    @DisplayName("R3, C33, C34: portal and chargeback at once: one case, the bank moves the money")
    void portalAndDispute() throws Exception {
        var road =
                shop.sells(
                        "portal/full-cancel", order -> payment(order).put("dispute", "chargeback"));
        var event = dispute(road.intent().path("id").asText());
        atOnce(List.of(road::ask, () -> publish(event)));
        road.closes(1).quietensDown();

        assertThat(road.isCancelled()).isTrue();
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("is being settled by your bank");
    }

    @SideBySide
    @DisplayName("C33: an inquiry, nothing shipped: a full refund settles it")
    void inquiry() {
        var road = shop.sells("portal/full-cancel");
        road.atStripe("inquiry");
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO inquiry");
        assertThat(road.isCancelled()).isTrue();
        assertThat(road.refunded()).containsExactly(4660L);
        assertThat(dispute(road).path("status").asText()).isEqualTo("warning_closed");
    }

    @SideBySide
    @DisplayName("C34: a chargeback, nothing shipped: cancelled, stock back, never refunded")
    void chargeback() {
        var road = shop.sells("portal/full-cancel");
        road.atStripe("dispute");
        road.closes(1).quietensDown();

        assertThat(road.decision(1)).isEqualTo("GO disputed");
        assertThat(road.isCancelled()).isTrue();
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.refunded()).isEmpty();
        assertThat(dispute(road).path("status").asText()).isEqualTo("needs_response");
    }

    @SideBySide
    @DisplayName("C35: the dispute was won: refunded again, once a person said yes")
    void wonDispute() {
        var road = shop.sells("portal/full-cancel", order -> payment(order).put("dispute", "won"));
        road.ask();
        road.press("approve").closes(1);

        assertThat(road.refunded()).containsExactly(4660L);
    }

    @SideBySide
    @DisplayName("a fraud warning, nothing shipped: refunded before it becomes a chargeback")
    void fraudWarning() {
        var road = shop.sells("portal/full-cancel");
        road.atStripe("fraud-warning");
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO fraud-warning");
        assertThat(road.refunds())
                .singleElement()
                .satisfies(
                        refund ->
                                assertThat(refund.path("reason").asText()).isEqualTo("fraudulent"));
        assertThat(road.atShopify().path("cancelReason").asText()).isEqualTo("FRAUD");
    }

    @SideBySide
    @DisplayName("R8: nobody knows the order: staff alone hear of it, the answer does not tell")
    void unknownOrder() {
        var unknown = shop.sellsNothing();
        var known = shop.sells("portal/shipped");

        var answer = unknown.ask();
        var other = known.ask();
        unknown.closes(1);

        assertThat(answer.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        other.properties().stream().map(Map.Entry::getKey).toList());
        assertThat(answer.path("status")).isEqualTo(other.path("status"));
        assertThat(unknown.decision(1)).isEqualTo("REFUSE unknown-order");
        assertThat(unknown.mails()).isEmpty();
        assertThat(unknown.slack("no such order")).hasSize(1);
    }

    @SideBySide
    @DisplayName("R8: somebody else asked for Ann's order: neither of them hears of it")
    void foreignEmail() {
        var road = shop.sells("portal/full-cancel");
        road.ask(road.form().put("email", "mallory@example.net"));
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("REFUSE unknown-order");
        assertThat(road.isCancelled()).isFalse();
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails()).isEmpty();
        assertThat(shop.state("sendgrid").toString()).doesNotContain("mallory@example.net");
        assertThat(road.slack("not the order's")).hasSize(1);
    }

    @SideBySide
    @DisplayName("gift card and card: each got back what it had paid")
    void twoTenders() {
        var road = shop.sells("portal/two-tenders");
        road.ask();
        road.closes(1);

        assertThat(road.refundedAtShopify()).containsExactly("gift_card 2000");
        assertThat(road.refunded()).containsExactly(2660L);
        assertThat(road.mails()).singleElement().asString().contains("refunded 46.60 USD");
    }

    @SideBySide
    @DisplayName("C31: only authorised: the hold is released, nothing is refunded")
    void authorisedOnly() {
        var road = shop.sells("portal/authorised-only");
        road.ask();
        road.closes(1);

        assertThat(road.intent().path("status").asText()).isEqualTo("canceled");
        assertThat(road.refunded()).isEmpty();
        assertThat(road.isCancelled()).isTrue();
        assertThat(road.mails()).singleElement().asString().doesNotContain("refunded");
    }

    @SideBySide
    @DisplayName("C12, C31: captured while we decided: read again and refunded, stock back once")
    void capturedMeanwhile() {
        var road = shop.sells("portal/authorised-only");
        shop.meanwhile(
                road.id(1),
                "Cancel order",
                () -> {
                    road.atStripe("capture");
                    road.atShopify("capture");
                });
        road.ask();
        road.closes(1);

        assertThat(road.isCancelled()).isTrue();
        assertThat(road.refunded()).containsExactly(4660L);
        assertThat(road.restocked(PAINT)).isEqualTo(2);
    }

    @SideBySide
    @DisplayName("C27: the refund is on its way: the customer is not told that it arrived")
    void pendingRefund() {
        var road = shop.sells("portal/refund-pending");
        road.ask();
        road.closes(1);

        assertThat(road.states(1)).endsWith("Is anything missing", "Refund on its way");
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("46.60 USD is on its way back to you")
                .doesNotContain("We have refunded");
    }

    @SideBySide
    @DisplayName("C27: the refund came back a day later: the case opens again and staff are asked")
    void refundCameBack() {
        var road = shop.sells("portal/full-cancel");
        road.ask();
        road.closes(1);

        road.atStripe("fail-refund");
        road.press("approve").closes(2);

        assertThat(road.decision(2)).isEqualTo("GO approved");
        assertThat(road.refunds())
                .extracting(refund -> refund.path("status").asText())
                .containsExactly("failed", "succeeded");
        assertThat(road.restocked(PAINT)).isEqualTo(2);
    }

    @SideBySide
    @DisplayName("C18, C28, C30: Stripe refused: cancelled, stock back, staff read Stripe's words")
    void refundRefused() {
        var road = shop.sells("portal/full-cancel", order -> refuses(order));
        road.ask();
        road.needsAttention(1);

        assertThat(road.isCancelled()).isTrue();
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.refunded()).isEmpty();
        assertThat(road.refundedAtShopify()).isEmpty();
        assertThat(road.mails())
                .singleElement()
                .asString()
                .contains("We could not send your money back yet")
                .doesNotContain("We have refunded");
        assertThat(road.slack("run_again"))
                .singleElement()
                .satisfies(
                        alarm ->
                                assertThat(alarm.toString())
                                        .contains("charge_not_refundable")
                                        .contains("cannot be refunded"));
    }

    @SideBySide
    @DisplayName("R2, C45, C48: run again after attention: what was done stays done, told once")
    void runAgain() {
        var road = shop.sells("portal/full-cancel", order -> refuses(order));
        road.ask();
        road.needsAttention(1);
        var told = road.mails();

        road.pressRunAgain().needsAttention(2);

        assertThat(road.head().origin()).isEqualTo(1);
        assertThat(road.restocked(PAINT)).isEqualTo(2);
        assertThat(road.refunded()).isEmpty();
        assertThat(road.mails()).isEqualTo(told);
        assertThat(road.note().split("\\[unwind:", -1)).hasSize(2);
        assertThat(road.slack("run_again")).hasSize(2);
    }

    @SideBySide
    @DisplayName(
            "C33: PayPal tells of a claim, signed: cancelled, and the money is PayPal's to move")
    void claimAtPayPal() {
        var road = shop.sells("paypal/full-refund");
        happensAtPayPal(road, "claim");
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO disputed");
        assertThat(road.isCancelled()).isTrue();
        assertThat(payPal(road).path("refunded").asLong()).isZero();
    }

    @SideBySide
    @DisplayName("C33: an inquiry at PayPal before shipping is settled by one refund in full")
    void inquiryAtPayPal() {
        var road = shop.sells("paypal/full-refund");
        happensAtPayPal(road, "inquiry");
        road.closes(1);

        assertThat(road.decision(1)).isEqualTo("GO inquiry");
        assertThat(payPal(road).path("refunded").asLong()).isEqualTo(4660);
        assertThat(payPal(road).path("refunds").asLong()).isEqualTo(1);
    }

    private static void happensAtPayPal(Road road, String act) {
        var path = "/paypal/_act/C10000SHOPIFY" + road.number() + "/" + act;
        shop.web.post(shop.machine.sandboxUrl() + path, TestShop.json());
    }

    private static JsonNode payPal(Road road) {
        return shop.web
                .get(shop.machine.sandboxUrl() + "/_stats")
                .path("payments")
                .valueStream()
                .filter(book -> book.path("platform").asText().equals("paypal"))
                .filter(book -> book.path("order").asText().equals(road.number()))
                .findFirst()
                .orElseThrow();
    }

    @SideBySide
    @DisplayName("R4: a dispute about a payment that is no order's: staff are called")
    void paymentOfNoOrder() {
        publish(dispute("pi_nobodys"));
        var id = new CaseId(OrderRef.ofPayment(new PaymentRef("stripe", "pi_nobodys")), 1);
        TestShop.await("it needs attention", () -> needsAttention(id));

        assertThat(shop.state("slack").toString())
                .contains("The order of the payment could not be found");
    }

    private static boolean needsAttention(CaseId id) {
        return shop.cases
                .head(id.order())
                .filter(head -> head.status() == Head.Status.ATTENTION)
                .filter(_ -> !shop.machine.isRunning(id))
                .isPresent();
    }

    @SideBySide
    @DisplayName(
            "R4: a dispute about another shop's payment moves nothing here, and staff are told")
    void paymentOfAnotherShop() {
        var other = shop.sells("portal/full-cancel", order -> order.put("storefront", "etsy"));
        var payment = "pi_etsy" + other.number() + "_1";
        shop.web.post(
                shop.machine.sandboxUrl() + "/stripe/_act/" + payment + "/dispute",
                TestShop.json());
        var id = new CaseId(OrderRef.ofPayment(new PaymentRef("stripe", payment)), 1);
        TestShop.await("it needs attention", () -> needsAttention(id));

        assertThat(shop.state("slack").toString())
                .contains("payment " + payment + " names no order of ours");
        assertThat(shop.cases.head(other.order())).isEmpty();
        assertThat(other.mails()).isEmpty();
    }

    @SideBySide
    @DisplayName("C16: a second request after the first closed got a case and a refund of its own")
    void secondRequest() {
        var road = shop.sells("portal/partial-cancel");
        road.ask(PAINT, 1);
        road.closes(1);
        road.ask(MEDIUM, 1);
        road.closes(2);

        assertThat(road.refunded()).containsExactly(2080L, 1560L);
        assertThat(road.restocked(PAINT)).isEqualTo(1);
        assertThat(road.restocked(MEDIUM)).isEqualTo(1);
        assertThat(road.mails()).hasSize(2);
    }

    @SideBySide
    @DisplayName("R4: a request that came while the first was carried out got a case of its own")
    void lateRequest() {
        var road = shop.sells("portal/partial-cancel");
        shop.meanwhile(
                road.id(1),
                "Cancel order",
                () -> {
                    road.ask(MEDIUM, 1);
                    TestShop.await("it is recorded", () -> road.head().seen() == 2);
                });
        road.ask(PAINT, 1);
        road.closes(2);

        assertThat(road.refunded()).containsExactly(2080L, 1560L);
        assertThat(road.states(1)).endsWith("Done");
        assertThat(road.states(2)).endsWith("Done");
    }

    @SideBySide
    @DisplayName("R6, C14, C16, C22: tin by tin: no unit comes back twice, no cent is left over")
    void tinByTin() {
        var road =
                shop.sells(
                        "portal/partial-cancel",
                        order -> {
                            line(order).put("quantity", 3).put("discount", 100).put("tax", 497);
                            payment(order).put("amount", 500 + 6000 - 100 + 497 + 1500 + 60);
                        });
        road.ask(PAINT, 1);
        road.closes(1);
        road.ask(PAINT, 2);
        road.closes(2);
        road.ask();
        road.closes(3);

        assertThat(road.restocked(PAINT)).isEqualTo(3);
        assertThat(road.restocked(MEDIUM)).isEqualTo(1);
        assertThat(road.refunded().stream().mapToLong(Long::longValue).sum()).isEqualTo(8457);
        assertThat(road.isCancelled()).isTrue();
    }

    @SideBySide
    @DisplayName("C4: asked again while staff were deciding: one question, one cancellation")
    void askedAgainWhileHeld() {
        var road = shop.sells("portal/over-limit-approved");
        road.ask();
        TestShop.await("staff are asked", () -> !road.slack("approve_cancellation").isEmpty());
        road.ask();
        TestShop.await("the second is recorded", () -> road.head().seen() == 2);
        road.press("approve").closes(1);

        assertThat(road.slack("Cancel and refund 329.00 USD")).hasSize(1);
        assertThat(road.refunded()).containsExactly(32900L);
        assertThat(road.head().generation()).isEqualTo(1);
        assertThat(road.mails()).hasSize(1);
    }

    @SideBySide
    @DisplayName("asked for more while staff were deciding: their yes does not cover it")
    void askedForMoreWhileHeld() {
        var road =
                shop.sells(
                        "portal/over-limit-approved",
                        order -> {
                            line(order).put("quantity", 2).put("tax", 4800);
                            payment(order).put("amount", 65300);
                        });
        road.ask("EASEL-1", 1);
        TestShop.await("staff are asked", () -> !road.slack("approve_cancellation").isEmpty());
        road.ask();
        TestShop.await("the second is recorded", () -> road.head().seen() == 2);
        road.press("approve");
        TestShop.await("staff are asked again", () -> road.slack("653.00 USD").size() == 1);
        assertThat(road.refunded()).isEmpty();
        road.press("approve").closes(1);

        assertThat(road.refunded()).containsExactly(65300L);
        assertThat(road.timeline("Show who decided")).hasSize(2);
    }

    @SideBySide
    @DisplayName("C2: Stripe told of the refund before it answered us: one refund, one outcome")
    void toldBeforeAnswered() {
        var road = shop.sells("portal/full-cancel");
        road.ask();
        road.closes(1).quietensDown();

        assertThat(road.refunded()).hasSize(1);
        assertThat(road.timeline("Refund payment")).containsExactly("stripe: refunded: 46.60 USD");
        assertThat(road.head().generation()).isEqualTo(1);
    }

    @SideBySide
    @DisplayName("whoever decides reads what the customer wrote, in the question and in the news")
    void customersWords() {
        var road = shop.sells("portal/over-limit-approved");
        var accepted = road.ask(road.form().put("reason", "Too big.\n<!channel> \"Approved\""));
        TestShop.await("staff are asked", () -> !road.slack("approve_cancellation").isEmpty());
        var words = "The customer's words: “Too big. <!channel> 'Approved'”";

        assertThat(road.slack("approve_cancellation").getLast().at("/blocks/1/text/text").asText())
                .isEqualTo(words);
        assertThat(
                        shop.web
                                .get(shop.machine.url() + accepted.path("statusUrl").asText())
                                .path("status")
                                .asText())
                .isEqualTo("waiting-for-shop");
        road.press("approve").closes(1);
        assertThat(road.slack("cancelled").getLast().at("/blocks/2/text/text").asText())
                .isEqualTo(words);
        assertThat(road.note()).contains("[unwind:").doesNotContain("Too big");
    }

    @SideBySide
    @DisplayName("C49, R4: forty customers at once: all get their money, none is lost")
    void manyAtOnce() throws Exception {
        var roads = IntStream.range(0, 40).mapToObj(_ -> shop.sells("portal/full-cancel")).toList();
        atOnce(roads.stream().<Callable<?>>map(road -> road::ask).toList());
        roads.forEach(road -> road.closes(1));

        assertThat(roads).allSatisfy(road -> assertThat(road.refunded()).containsExactly(4660L));
    }

    @SideBySide
    @DisplayName("R10: neither log nor history holds who the customer is, or a secret")
    void discreet() throws IOException {
        var road =
                shop.sells(
                        "portal/over-limit-approved", order -> order.put("name", "Zenobia Quill"));
        road.ask(road.form().put("reason", "My xylophone came instead"));
        road.press("approve").closes(1).quietensDown();

        var secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(5);
        var history =
                shop.aws(
                                "AWSStepFunctions.GetExecutionHistory",
                                TestShop.json()
                                        .put(
                                                "executionArn",
                                                "arn:aws:states:us-east-1:000000000000:execution:unwind-case:"
                                                        + road.id(1))
                                        .put("maxResults", 1000))
                        .toString();
        var log = Files.readString(Path.of("target/functions.log"));
        assertThat(log).contains(road.id(1).toString());
        for (var text : List.of(history, log)) {
            assertThat(text).doesNotContain(road.email(), "Quill", "xylophone");
            assertThat(secrets).noneMatch(text::contains);
        }
    }

    private static List<String> secrets() throws IOException {
        var all = Files.readString(Path.of("src/main/resources/sandbox/secrets.json"));
        return Machine.parse(all)
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .filter(secret -> secret.length() > 8)
                .toList();
    }

    private static JsonNode dispute(Road road) {
        return shop.state("stripe").path("disputes").path("dp_shopify" + road.number() + "_1_1");
    }

    private static ObjectNode payment(ObjectNode order) {
        return (ObjectNode) order.path("payments").path(0);
    }

    private static ObjectNode line(ObjectNode order) {
        return (ObjectNode) order.path("lines").path(0);
    }

    private static void refuses(ObjectNode order) {
        payment(order).put("refundMode", "refused");
    }

    /** Stripe's notice, by way of EventBridge, of a chargeback about a payment. */
    private static ObjectNode dispute(String payment) {
        var event = (ObjectNode) Machine.parse(Machine.read(DISPUTE));
        ((ObjectNode) event.path("detail")).put("id", "evt_" + payment);
        ((ObjectNode) event.at("/detail/data/object")).put("payment_intent", payment);
        return event.put("source", Machine.STRIPE_EVENTS);
    }

    private static boolean publish(ObjectNode event) {
        shop.machine.publish(event);
        return true;
    }

    private static void atOnce(List<Callable<?>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = calls.stream().map(threads::submit).toList();
            for (var one : running) one.get();
        }
    }
}
