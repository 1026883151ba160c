package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.function.Clients;
import shop.unwind.function.SqsFunction;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;

import java.time.InstantSource;
import java.util.List;

/** Turns EventBridge envelopes into requests. */
public final class DisputesFunction extends SqsFunction {
    private static final List<DisputeEvents> PROVIDERS = List.of(new StripeDisputes());

    private final Requests requests;
    private final InstantSource clock;

    public DisputesFunction() {
        this(new Clients());
    }

    DisputesFunction(Requests requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    private DisputesFunction(Clients clients) {
        this(clients.requests(), clients.clock());
    }

    @Override
    protected void take(JsonNode envelope, Log log) {
        provider(envelope.path("source").asText())
                .request(envelope.path("detail"), clock.instant())
                .ifPresentOrElse(
                        requests::send,
                        () -> log.info("passed over: " + envelope.path("detail-type").asText()));
    }

    @Override
    protected void prime() {
        requests.rehearse();
    }

    private static DisputeEvents provider(String source) {
        return PROVIDERS.stream()
                .filter(provider -> source.startsWith(provider.source()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "source: a provider's was expected, not " + source));
    }
}
