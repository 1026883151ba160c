package shop.unwind.local.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import shop.unwind.log.Log;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** R8, R10: what is unsigned, replayed or malformed changes nothing and is told to no log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileInputTest {
    private final Shop shop = new Shop();
    private World world;
    private Written written;
    private List<Envelope> envelopes;
    private DisputePost post;

    @BeforeAll
    void open() throws IOException {
        world = shop.open();
        written = shop.written();
        envelopes = Envelope.all(shop);
        post = new DisputePost(shop.machine());
        envelopes.forEach(post::send);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    List<Row> forms() {
        return new PortalForms(world).rows();
    }

    List<Row> statuses() {
        return new PortalStatuses(world).rows();
    }

    List<Row> shopify() {
        return new ShopifyWebhooks(world).rows();
    }

    List<Row> stripe() {
        return new StripeWebhooks(world).rows();
    }

    List<Row> square() {
        return new SquareWebhooks(world).rows();
    }

    List<Row> slack() {
        return new SlackPresses(world).rows();
    }

    List<Row> wooCommerce() {
        return new WooCommerceWebhooks(world).rows();
    }

    List<Row> payPal() {
        return new PayPalWebhooks(world, shop.sandboxPort()).rows();
    }

    List<Row> magento() {
        return new MagentoWebhooks(world).rows();
    }

    List<Row> bigCommerce() {
        return new BigCommerceWebhooks(world).rows();
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    @DisplayName("R8, POST /cancellations")
    void aBadFormIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("statuses")
    @DisplayName("R8, GET /cancellations/{id}")
    void aStatusIsToldToNobodyElse(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("shopify")
    @DisplayName("R8, POST /webhooks/shopify")
    void aBadEventOfShopifysIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("stripe")
    @DisplayName("R8, POST /webhooks/stripe")
    void aBadEventOfStripesIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("slack")
    @DisplayName("R8, POST /webhooks/slack")
    void aBadPressIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("wooCommerce")
    @DisplayName("R8, POST /webhooks/woocommerce")
    void aBadEventOfWooCommercesIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("payPal")
    @DisplayName("R8, POST /webhooks/paypal")
    void aBadEventOfPayPalsIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("square")
    @DisplayName("R8, POST /webhooks/square")
    void aBadEventOfSquaresIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("magento")
    @DisplayName("R8, /webhooks/magento")
    void aBadEventOfMagentosIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("bigCommerce")
    @DisplayName("R8, POST /webhooks/bigcommerce")
    void aBadEventOfBigCommercesIsTurnedAway(Row row) throws IOException {
        isHarmless(row);
    }

    @Test
    @Order(2)
    void everyRouteHasAtLeastThirtyRows() {
        assertThat(envelopes).hasSizeGreaterThanOrEqualTo(30);
        assertThat(
                        List.of(
                                forms(),
                                statuses(),
                                shopify(),
                                stripe(),
                                slack(),
                                wooCommerce(),
                                payPal(),
                                square(),
                                magento(),
                                bigCommerce()))
                .allSatisfy(rows -> assertThat(rows).hasSizeGreaterThanOrEqualTo(30))
                .allSatisfy(rows -> assertThat(rows).extracting(Row::name).doesNotHaveDuplicates());
    }

    /** They were sent before all other rows, and come to rest meanwhile. */
    @Order(3)
    @TestFactory
    @DisplayName("R4, R8, from Stripe's bus through the queue")
    Stream<DynamicTest> aBadEnvelopeChangesNothing() {
        Shop.await("all envelopes came to rest", () -> post.isAtRest(envelopes));
        assertThat(shop.written()).isEqualTo(written);
        var parked = post.parked();
        return envelopes.stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.name(), () -> isWhereItBelongs(row, parked)));
    }

    private static void isWhereItBelongs(Envelope row, List<String> parked) {
        assertThat(parked.stream().anyMatch(row::isIn)).isEqualTo(row.parked());
    }

    @Order(4)
    @Test
    @DisplayName("R8: how soon the portal answers does not tell whether an order exists")
    void ordersAreNotToldByTheTimeAnAnswerTakes() {
        try (var stranger = new Stranger(shop)) {
            var taken =
                    ResponseTimes.of(
                            () -> stranger.asks(Shop.CLOSED), () -> stranger.asks(Shop.UNKNOWN));
            var shown =
                    ResponseTimes.of(
                            () -> stranger.looks(Shop.CLOSED), () -> stranger.looks(Shop.UNKNOWN));

            assertThat(taken.tell()).as(taken.toString()).isFalse();
            assertThat(shown.tell()).as(shown.toString()).isFalse();
        }
    }

    @Order(4)
    @Test
    void twoMillisecondsMoreWouldTell() {
        try (var stranger = new Stranger(shop)) {
            var found =
                    ResponseTimes.of(
                            () -> stranger.looksAndIsKeptWaiting(Shop.CLOSED),
                            () -> stranger.looks(Shop.UNKNOWN));

            assertThat(found.tell()).as(found.toString()).isTrue();
        }
    }

    @Order(5)
    @Test
    @DisplayName("R10: no secret and nobody's data stand in the log of all of this")
    void theLogHoldsNothingThatIsNobodysBusiness() throws IOException {
        var log = shop.log();

        assertThat(log.lines().filter(line -> line.contains("turned away")))
                .hasSizeGreaterThan(200);
        assertThat(leaks().in(log)).isEmpty();
    }

    @Order(5)
    @Test
    void aLeakWouldBeSeen() {
        var mark = shop.mark();
        var told = new StringWriter();
        var log = new Log(Lines.to(told));
        log.info("turned away: " + mark.name());
        log.with("case", mark.street()).info("turned away");
        log.warn("not taken", new IllegalStateException("no " + mark.word()));
        log.info("key " + shop.signer().secret("unwind/slack", "signingSecret"));
        log.info("ticket " + world.ticket().token());
        log.info("a clean line");

        assertThat(leaks().in(told.toString())).hasSize(5);
    }

    /** So it is the one thing that is bad about a row for which it is turned away. */
    @Order(6)
    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void whatTheRowsAreMadeOfWouldBeTaken(Row row) throws IOException {
        shop.awaitQuiet();
        var before = shop.written();
        var answer = shop.send(row.request().apply(shop.mark()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(row.status());
        Shop.await(row.name() + " is written", () -> !shop.written().equals(before));
        shop.awaitTaken(before);
    }

    List<Row> sound() {
        return List.of(
                new PortalForms(world).sound(),
                new ShopifyWebhooks(world).sound(),
                new StripeWebhooks(world).sound(),
                new SlackPresses(world).sound(),
                new WooCommerceWebhooks(world).sound(),
                new PayPalWebhooks(world, shop.sandboxPort()).sound(),
                new SquareWebhooks(world).sound(),
                new MagentoWebhooks(world).sound(),
                new BigCommerceWebhooks(world).sound());
    }

    private Leaks leaks() {
        var known = new ArrayList<>(shop.signer().all());
        known.addAll(List.of(world.ticket().token(), world.other().token()));
        for (var number : List.of(Shop.CLOSED, Shop.WAITING, Shop.APPROVED, Shop.UNKNOWN))
            known.add(Shop.email(number));
        return new Leaks(known);
    }

    private void isHarmless(Row row) throws IOException {
        var before = written;
        var answer = shop.send(row.request().apply(shop.mark()));
        if (answer.status() / 100 == 2) shop.awaitTaken(before);
        written = shop.written();

        assertThat(written).isEqualTo(before);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(row.status());
        assertThat(answer.body()).contains(row.words());
    }
}
