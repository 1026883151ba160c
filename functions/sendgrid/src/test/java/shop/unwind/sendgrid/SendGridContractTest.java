package shop.unwind.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestPlatform;
import shop.unwind.testing.VendorContract;
import shop.unwind.words.Letter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What we send, against Twilio's own document. It lists no 429 for this path, and its type of the
 * top-level custom_args was mended; we send ours with the person.
 */
final class SendGridContractTest {
    private static final String PATH = "/v3/mail/send";
    private static final CaseId CASE = CaseId.parse("shopify-1001-1");

    private final VendorContract contract = VendorContract.of("sendgrid/mail-send.json");
    private final FakePlatform vendor = new FakePlatform();
    private final ObjectNode settings =
            Json.object()
                    .put("baseUrl", vendor.url())
                    .put("from", "orders@example.com")
                    .put("fromName", "Acme Paints")
                    .put("replyTo", "help@example.com");

    @AfterEach
    void closeVendor() {
        vendor.close();
    }

    @Test
    void letter_shouldFit_whenItIsWrittenOut() {
        assertThat(contract.complaints(PATH, sent())).isEmpty();
    }

    @Test
    void letter_shouldFit_whenItFillsATemplate() {
        settings.putObject("templates").put("customer", "d-0123456789abcdef0123456789abcdef");

        assertThat(contract.complaints(PATH, sent())).isEmpty();
    }

    @Test
    void contract_shouldComplain_whenTheBodyIsWrong() {
        var sent = sent();

        assertThat(contract.complaints(PATH, with(sent, mail -> mail.remove("from")))).isNotEmpty();
        assertThat(contract.complaints(PATH, with(sent, mail -> mail.put("subject", 1))))
                .isNotEmpty();
        assertThat(
                        contract.complaints(
                                PATH,
                                with(
                                        sent,
                                        mail ->
                                                ((ObjectNode) mail.at("/personalizations/0"))
                                                        .put("to", "jo@example.net"))))
                .isNotEmpty();
    }

    private Asked sent() {
        vendor.answers(202, "", Map.of("X-Message-Id", "made-up-id"));
        var platform =
                TestPlatform.of(
                        "sendgrid", settings, Map.of("apiKey", "SG.made-up.key"), new TestClock());
        var letter =
                new Letter(
                        CASE,
                        Audience.CUSTOMER,
                        Optional.of(new Personal("jo@example.net")),
                        "Your order 1001 is cancelled",
                        List.of("Your order 1001 is cancelled.", "Your Acme Paints team"),
                        false,
                        Optional.empty());
        new SendGridMail(platform).tell(letter).act(new Attempt(CASE, "tell", 1));
        return vendor.lastAsked();
    }

    private static Asked with(Asked sent, Consumer<ObjectNode> change) {
        JsonNode mail = sent.json();
        change.accept((ObjectNode) mail);
        return new Asked(sent.method(), sent.path(), sent.headers(), Json.write(mail));
    }
}
