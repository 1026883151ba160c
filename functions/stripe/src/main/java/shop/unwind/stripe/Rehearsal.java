package shop.unwind.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import com.stripe.param.RefundCreateParams;

import java.util.Map;

/**
 * Composes and reads one call of each kind without sending it. The first use of stripe-java loads
 * some 800 classes: in the snapshot that costs nothing, in the first refund it would.
 */
final class Rehearsal extends HttpClient {
    private Rehearsal() {}

    static void run() {
        var stripe =
                StripeClient.builder()
                        .setApiKey("none")
                        .setHttpClient(new Rehearsal())
                        .build()
                        .v1();
        try {
            stripe.paymentIntents().retrieve("pi_0");
            stripe.disputes().list();
            stripe.radar().earlyFraudWarnings().list();
            stripe.refunds().list();
            stripe.refunds().create(RefundCreateParams.builder().putMetadata("a", "b").build());
        } catch (StripeException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public StripeResponse request(StripeRequest request) {
        var answer =
                switch (request.method()) {
                    case GET -> "{\"object\":\"list\",\"data\":[]}";
                    case POST, DELETE -> "{\"object\":\"refund\"}";
                };
        return new StripeResponse(200, HttpHeaders.of(Map.of()), answer);
    }
}
