package shop.unwind.intakepaypal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.config.Documents;
import shop.unwind.json.Json;
import shop.unwind.problem.Misconfigured;
import shop.unwind.testing.FakePlatform;
import shop.unwind.testing.TestClock;
import shop.unwind.testing.TestLambda;
import shop.unwind.testing.TestTables;

import java.time.Duration;

final class PayPalIntakeTest {
    private static final TestTables TABLES = new TestTables();
    private static final TestSigner SIGNER = new TestSigner();
    private static final String CERTIFICATE = "/v1/notifications/certs/CERT-360caa42";

    private final TestClock clock = new TestClock();
    private final TestLambda lambda = new TestLambda();
    private final FakeEvents events = new FakeEvents();
    private final FakePlatform payPal = new FakePlatform();
    private final Documents documents = new Documents(TABLES.client(), TestTables.DOCUMENTS, clock);
    private final PayPalIntake intake =
            new PayPalIntake(documents, new Bus(events, "unwind"), clock);

    @BeforeEach
    void putStore() {
        put(settings());
        payPal.answers(200, SIGNER.certificates());
    }

    @AfterEach
    void close() {
        payPal.close();
    }

    @AfterAll
    static void closeTables() {
        TABLES.close();
    }

    @Test
    void dispute_shouldGoToTheBus_asIdsAlone() {
        assertThat(status(signed(dispute()))).isEqualTo(200);

        var entry = events.put().getFirst();
        assertThat(entry.eventBusName()).isEqualTo("unwind");
        assertThat(entry.source()).isEqualTo("unwind.paypal");
        assertThat(entry.detailType()).isEqualTo("CUSTOMER.DISPUTE.CREATED");
        assertThat(Json.parse(entry.detail()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"id": "WH-1", "type": "CUSTOMER.DISPUTE.CREATED",
                                 "about": "PP-D-90001", "payment": "2GG279541U471931P",
                                 "merchant": "M000TEST"}
                                """));
    }

    @Test
    void certificate_shouldBeFetchedOnce() {
        assertThat(status(signed(dispute()))).isEqualTo(200);
        assertThat(status(signed(dispute()))).isEqualTo(200);

        assertThat(payPal.asked()).hasSize(1);
    }

    @Test
    @DisplayName("R8: what was changed on the way is turned away")
    void body_shouldBeTurnedAway_whenItWasChanged() {
        var event = signed(dispute());
        event.put("body", dispute().replace("PP-D-90001", "PP-D-90002"));

        assertThat(status(event)).isEqualTo(401);
        assertThat(events.put()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "paypal-transmission-id, another",
        "paypal-transmission-time, 2026-11-23T10:00:01Z",
        "paypal-transmission-time, yesterday",
        "paypal-transmission-sig, Zm9yZ2Vk",
        "paypal-transmission-sig, not Base64!",
        "paypal-auth-algo, SHA1withRSA"
    })
    @DisplayName("R8: a header that is not as it was signed turns all away")
    void header_shouldTurnAllAway_whenItIsNotAsSigned(String name, String value) {
        var event = signed(dispute());
        event.withObject("/headers").put(name, value);

        assertThat(status(event)).isEqualTo(401);
        assertThat(events.put()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paypal-transmission-id",
                "paypal-transmission-time",
                "paypal-transmission-sig",
                "paypal-cert-url",
                "paypal-auth-algo"
            })
    void header_shouldBeExpected(String name) {
        var event = signed(dispute());
        event.withObject("/headers").remove(name);

        assertThat(status(event)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://paypal.example/v1/notifications/certs/CERT-360caa42",
                "http://api.paypal.com/v1/notifications/certs/CERT-360caa42",
                "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-360caa42",
                "https://api.paypal.com:8443/v1/notifications/certs/CERT-360caa42",
                "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-360caa42",
                "file:///v1/notifications/certs/CERT-360caa42",
                "%s/v1/notifications/certs/../../oauth2/token",
                "%s/v1/notifications/certs/CERT?x=1",
                "%s/elsewhere/CERT-360caa42"
            })
    @DisplayName("R8: a certificate that lies elsewhere is not even fetched")
    void certificate_shouldNotBeFetched_whenItLiesElsewhere(String url) {
        var event = signed(dispute());
        event.withObject("/headers").put("paypal-cert-url", url.formatted(payPal.url()));

        assertThat(status(event)).isEqualTo(401);
        assertThat(payPal.asked()).isEmpty();
    }

    @Test
    @DisplayName("R8: a certificate of no root that we trust proves nothing")
    void certificate_shouldProveNothing_whenNobodyWeTrustMadeIt() {
        var settings = settings();
        settings.remove("trustAnchor");
        put(settings);

        assertThat(status(signed(dispute()))).isEqualTo(401);
    }

    @Test
    void certificate_shouldProveNothing_whenItIsNotMeantForWebhooks() {
        var other = new FakePlatform();
        try (other) {
            other.answers(200, SIGNER.root());
            var settings = settings();
            settings.putArray("certificateHosts").add(other.url());
            put(settings);
            var event = signed(dispute());
            event.withObject("/headers").put("paypal-cert-url", other.url() + CERTIFICATE);

            assertThat(status(event)).isEqualTo(401);
        }
    }

    @Test
    void certificate_shouldProveNothing_whenItHasRunOut() {
        clock.pass(Duration.ofDays(60 * 365));

        assertThat(status(signed(dispute()))).isEqualTo(401);
    }

    @Test
    void delivery_shouldBeSentAgain_whilePayPalsCertificateCannotBeHad() {
        var down = new FakePlatform();
        try (down) {
            down.answers(503, "");
            var settings = settings();
            settings.putArray("certificateHosts").add(down.url());
            put(settings);
            var event = signed(dispute());
            event.withObject("/headers").put("paypal-cert-url", down.url() + CERTIFICATE);

            assertThatThrownBy(() -> status(event)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    @DisplayName("R8: what is older than PayPal's tries is a replay")
    void delivery_shouldBeTurnedAway_whenItIsOld() {
        var event = signed(dispute());
        clock.pass(Duration.ofDays(3));
        assertThat(status(event)).isEqualTo(200);

        clock.pass(Duration.ofDays(2));

        assertThat(status(event)).isEqualTo(401);
    }

    @Test
    void simulator_shouldNotBeBelieved() {
        put(settings().put("webhookId", "WEBHOOK_ID"));

        assertThatThrownBy(() -> status(signed(dispute()))).isInstanceOf(Misconfigured.class);
    }

    @Test
    void dispute_shouldBePassedOver_whenItIsAnotherAccounts() {
        put(settings().put("merchantId", "M999OTHER"));

        assertThat(status(signed(dispute()))).isEqualTo(200);
        assertThat(events.put()).isEmpty();
        assertThat(lambda.lines()).anyMatch(line -> line.contains("another account"));
    }

    @Test
    void otherEvent_shouldBeAcknowledged() {
        var other = dispute().replace("CUSTOMER.DISPUTE.CREATED", "CHECKOUT.ORDER.APPROVED");

        assertThat(status(signed(other))).isEqualTo(200);
        assertThat(events.put()).isEmpty();
    }

    @Test
    void event_shouldBeRefused_whenItIsMalformed() {
        assertThat(status(signed(dispute().replace("2GG279541U471931P", "jo doe")))).isEqualTo(400);
        assertThat(status(signed("{"))).isEqualTo(400);
    }

    @Test
    void event_shouldComeAgain_whenTheBusDoesNotTakeIt() {
        events.refuses();

        assertThatThrownBy(() -> status(signed(dispute())))
                .isInstanceOf(IllegalStateException.class);
    }

    private int status(JsonNode event) {
        return lambda.invoke(intake, event).path("statusCode").asInt();
    }

    private ObjectNode signed(String body) {
        var event = (ObjectNode) TestLambda.event("paypal/forged-signature");
        event.put("body", body);
        var headers = event.withObject("/headers");
        headers.put("paypal-cert-url", payPal.url() + CERTIFICATE);
        SIGNER.headers(body, clock.instant()).forEach(headers::put);
        return event;
    }

    private ObjectNode settings() {
        var settings = Json.object();
        settings.put("webhookId", TestSigner.WEBHOOK_ID).put("trustAnchor", SIGNER.anchor());
        settings.putArray("certificateHosts").add("api.paypal.com").add(payPal.url());
        return settings;
    }

    private void put(ObjectNode settings) {
        var store =
                (ObjectNode)
                        Json.parse(
                                """
                                {"name": "Acme Paints", "platforms": {"slack": {}},
                                 "moneyMovedBy": {}, "ledgers": [], "customer": [],
                                 "staff": ["slack"], "notes": false}
                                """);
        store.withObject("/platforms").set("paypal", settings);
        documents.put("store", store.toString());
    }

    private static String dispute() {
        return """
        {"id":"WH-1","event_version":"1.0","resource_type":"dispute",\
        "event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"dispute_id":"PP-D-90001",\
        "disputed_transactions":[{"seller_transaction_id":"2GG279541U471931P",\
        "buyer":{"name":"Jane Doe"},"seller":{"merchant_id":"M000TEST"}}]},"links":[]}\
        """;
    }
}
