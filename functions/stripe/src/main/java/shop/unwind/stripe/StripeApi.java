package shop.unwind.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.service.V1Services;

import shop.unwind.connector.Platform;
import shop.unwind.secrets.Secret;

import java.util.Optional;

/** Stripe's own client under the key in force, with its exceptions turned into problems. */
final class StripeApi {

    /** One call of stripe-java. */
    interface Call<T> {
        T on(V1Services stripe) throws StripeException;
    }

    private record Made(Secret key, StripeClient client) {}

    private final Platform platform;
    private final String baseUrl;
    private final StripeHttp http;
    private volatile Optional<Made> made = Optional.empty();

    StripeApi(Platform platform) {
        this.platform = platform;
        this.baseUrl = withoutSlash(platform.baseUrl("https://api.stripe.com"));
        this.http = new StripeHttp(baseUrl);
        Rehearsal.run();
    }

    /** A question that changes nothing. */
    <T> T ask(Call<T> call) {
        return send(call, false);
    }

    /** A call after whose lost answer we are unsure. */
    <T> T change(Call<T> call) {
        return send(call, true);
    }

    private <T> T send(Call<T> call, boolean changes) {
        try {
            return call.on(client().v1());
        } catch (StripeException answer) {
            throw StripeProblems.of(answer, changes);
        }
    }

    private StripeClient client() {
        var key = platform.secret("apiKey");
        var last = made;
        if (last.isPresent() && last.get().key().equals(key)) return last.get().client();
        var next = new Made(key, client(key));
        made = Optional.of(next);
        return next.client();
    }

    private StripeClient client(Secret key) {
        var builder =
                StripeClient.builder()
                        .setApiKey(key.value())
                        .setApiBase(baseUrl)
                        .setMaxNetworkRetries(0)
                        .setHttpClient(http);
        platform.optional("stripeAccount").ifPresent(builder::setStripeAccount);
        return builder.build();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
