package shop.unwind.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** The fault campaign in its short form; {@code mvn -Pfaults} runs it in full. */
class FaultsTest {
    private static Site site;
    private static FaultReport report;

    @BeforeAll
    static void attack() throws Exception {
        site = Site.start(Path.of("..").toAbsolutePath().normalize());
        report = new FaultCampaign(site).shortened();
        report.print(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @DisplayName("C1, C18, C28, C30, C45: whatever a platform does, no rule is broken")
    void noRuleIsBroken() {
        assertThat(report.tally().wrong()).isEmpty();
    }

    @Test
    void everyPlatformAndEveryKindOfFaultIsAmongThem() {
        var cells = report.cells();
        var platforms = cells.stream().map(cell -> cell.target().platform());
        var operations = cells.stream().map(cell -> cell.target().operation());

        assertThat(platforms)
                .contains(
                        "paypal",
                        "shopify",
                        "stripe",
                        "sendgrid",
                        "slack",
                        "woocommerce",
                        "magento",
                        "square",
                        "bigcommerce");
        assertThat(operations)
                .contains(
                        "OrderByName",
                        "OrderById",
                        "Worth",
                        "Cancel",
                        "Cancelling",
                        "Refund",
                        "Refunds",
                        "Dispute",
                        "Note",
                        "access_token",
                        "payment_intents.retrieve",
                        "payment_intents.cancel",
                        "refunds.create",
                        "refunds.list",
                        "disputes.list",
                        "early_fraud_warnings.list",
                        "checkout_sessions.list",
                        "checkout_sessions.expire",
                        "oauth2.token",
                        "captures.get",
                        "captures.refund",
                        "authorizations.get",
                        "orders.get",
                        "disputes.get",
                        "mail.send",
                        "chat.postMessage",
                        "chat.update",
                        "conversations.history",
                        "orders.list",
                        "orders.get",
                        "orders.update",
                        "notes.list",
                        "notes.create",
                        "invoices.list",
                        "creditmemos.list",
                        "transactions.list",
                        "orders.cancel",
                        "orders.refund",
                        "invoices.refund",
                        "comments.create",
                        "payments.get",
                        "payments.cancel",
                        "refunds.get",
                        "inventory.create",
                        "inventory.retrieve",
                        "products.list",
                        "refunds.quote",
                        "payments.void",
                        "settings.get",
                        "inventory.list",
                        "inventory.adjust",
                        "metafields.list",
                        "metafields.create");
        assertThat(cells.stream().map(Cell::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Kind.class));
    }

    @Test
    void staffReadWords() {
        var reasons = report.tally().results().stream().map(each -> each.judgement().reason());

        assertThat(reasons).isNotEmpty().noneMatch(reason -> reason.contains("shop.unwind."));
    }

    @Test
    void mostCasesAreDoneWithoutStaff() {
        assertThat(report.tally().done()).isGreaterThan(report.cells().size() * 3L / 4);
    }

    @Test
    void tieOutFindsNothingInClosedCases() {
        site.calm();

        assertThat(site.tieOut()).isEmpty();
    }
}
