package shop.unwind.local.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.testing.FakePlatform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The strict mocks bite. */
class StrictMockTest {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static StrictVendors vendors;
    private static FakePlatform behind;

    @BeforeAll
    static void open() {
        vendors = StrictVendors.open();
        behind = new FakePlatform();
        OPEN.addAll(List.of(HTTP, behind, vendors));
        for (var name : vendors.names()) vendors.mock(name).passesOnTo(URI.create(behind.url()));
    }

    @AfterAll
    static void close() throws Exception {
        for (var each : OPEN.reversed()) each.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    bigcommerce | an unknown path       | PUT  | /stores/acr9x/v2/order/118 | {"status_id":5}
                    bigcommerce | a path of another API | GET  | /stores/acr9x/v3/orders/118 | ``
                    bigcommerce | a wrong type          | PUT  | /stores/acr9x/v2/orders/118 | {"status_id":"cancelled"}
                    bigcommerce | a missing field       | POST | /stores/acr9x/v3/inventory/adjustments/relative | {"reason":"x"}
                    magento     | an unknown path       | POST | /rest/default/V1/order/12/cancel | {}
                    magento     | a wrong type          | POST | /rest/default/V1/invoice/12/refund | {"isOnline":"yes"}
                    magento     | a missing field       | POST | /rest/default/V1/orders/12/comments | {}
                    magento     | an unknown condition  | GET  | /rest/default/V1/orders?searchCriteria[page]=1 | ``
                    paypal      | an unknown path       | POST | /v2/payments/captures/C1/refunds | {}
                    paypal      | a wrong type          | POST | /v2/payments/captures/C1/refund | {"amount":{"currency_code":"USD","value":9.99}}
                    paypal      | a missing field       | POST | /v2/payments/captures/C1/refund | {"amount":{"value":"9.99"}}
                    sendgrid    | an unknown path       | POST | /v3/mail/sent | {}
                    sendgrid    | a wrong type          | POST | /v3/mail/send | {"personalizations":[{"to":[{"email":"a@b.test"}]}],"from":{"email":"c@d.test"},"subject":1,"content":[{"type":"text/plain","value":"y"}]}
                    sendgrid    | a missing field       | POST | /v3/mail/send | {"personalizations":[{"to":[{"email":"a@b.test"}]}],"subject":"x","content":[{"type":"text/plain","value":"y"}]}
                    shopify     | an unknown path       | POST | /admin/api/2020-01/graphql.json | {"query":"{ shop { id } }"}
                    shopify     | an unknown field      | POST | /admin/api/2026-10/graphql.json | {"query":"query Q($id: ID!) { order(id: $id) { cancelled } }","variables":{"id":"1"}}
                    shopify     | a wrong type          | POST | /admin/api/2026-10/graphql.json | {"query":"query Q($n: Int!) { orders(first: $n) { nodes { id } } }","variables":{"n":"two"}}
                    shopify     | a missing variable    | POST | /admin/api/2026-10/graphql.json | {"query":"query Q($id: ID!) { order(id: $id) { id } }","variables":{}}
                    slack       | an unknown path       | POST | /api/chat.post | {"channel":"C0123ABCD","text":"x"}
                    slack       | a wrong type          | POST | /api/chat.postMessage | {"channel":"C0123ABCD","text":"x","unfurl_links":"perhaps"}
                    slack       | a missing field       | POST | /api/chat.update | {"channel":"C0123ABCD","text":"x"}
                    square      | an unknown path       | POST | /v2/refund | {}
                    square      | a wrong type          | POST | /v2/refunds | {"idempotency_key":"k","payment_id":"p","amount_money":{"amount":"46.60","currency":"USD"}}
                    square      | a missing field       | POST | /v2/refunds | {"payment_id":"p","amount_money":{"amount":4660,"currency":"USD"}}
                    stripe      | an unknown path       | POST | /v1/refund | payment_intent=pi_1
                    stripe      | a wrong type          | POST | /v1/refunds | payment_intent=pi_1&amount=46.60
                    stripe      | an unknown field      | POST | /v1/refunds | payment_intent=pi_1&order=1001
                    stripe      | an unknown parameter  | GET  | /v1/refunds?payment=pi_1 | ``
                    woocommerce | an unknown path       | PUT  | /wp-json/wc/v3/order/727 | {"status":"cancelled"}
                    woocommerce | a path without base   | PUT  | /orders/727 | {"status":"cancelled"}
                    woocommerce | an unknown word       | PUT  | /wp-json/wc/v3/orders/727 | {"status":"gone"}
                    woocommerce | a wrong type          | POST | /wp-json/wc/v3/orders/727/refunds | {"amount":"1.00","api_refund":"perhaps"}
                    """)
    void wrongRequest_shouldBeRefused(
            String vendor, String what, String method, String path, String body) throws Exception {
        var mock = vendors.mock(vendor);
        var refusals = mock.refusals().size();

        var answer = send(vendor, method, path, body);

        assertThat(answer.statusCode()).as(what).isEqualTo(400);
        assertThat(answer.body()).contains("message");
        assertThat(mock.refusals()).hasSize(refusals + 1);
        var why = mock.refusals().getLast();
        assertThat(why.contains("no such path")).as(why).isEqualTo(what.contains("path"));
        assertThat(why).doesNotContain("security", "header");
    }

    @Test
    void rightRequest_shouldBeAnswered_andAWrongAnswerNoticed() throws Exception {
        var mock = vendors.mock("stripe");
        var list = "{\"object\":\"list\",\"url\":\"/v1/refunds\",\"has_more\":%s,\"data\":[]}";
        behind.answers(200, list.formatted("false")).answers(200, list.formatted("\"no\""));

        assertThat(send("stripe", "GET", "/v1/refunds", "").statusCode()).isEqualTo(200);
        assertThat(mock.departures()).isEmpty();
        assertThat(send("stripe", "GET", "/v1/refunds", "").statusCode()).isEqualTo(200);
        assertThat(mock.departures()).singleElement().asString().contains("has_more");
        assertThat(mock.passed()).isEqualTo(2);
    }

    private static HttpResponse<String> send(String vendor, String method, String path, String body)
            throws IOException, InterruptedException {
        var address = vendors.mock(vendor).url() + path.replace("[", "%5B").replace("]", "%5D");
        var request =
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty())
            request.header(
                    "Content-Type",
                    body.startsWith("{")
                            ? "application/json"
                            : "application/x-www-form-urlencoded");
        var key = vendor.equals("woocommerce") ? "Basic Y2s6Y3M=" : "Bearer x";
        request.header("Authorization", key)
                .header("X-Auth-Token", key)
                .header("X-Shopify-Access-Token", key);
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
