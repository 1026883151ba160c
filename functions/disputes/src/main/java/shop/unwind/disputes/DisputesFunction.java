package shop.unwind.disputes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.function.Clients;
import shop.unwind.function.SqsFunction;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;

import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** Turns EventBridge envelopes into requests. */
public final class DisputesFunction extends SqsFunction {
    private static final List<DisputeEvents> PROVIDERS =
            List.of(new PayPalDisputes(), new StripeDisputes(), new SquareDisputes());

    /** What may stand in a log line. */
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_.]{1,100}");

    private final Documents documents;
    private final Requests requests;
    private final InstantSource clock;

    public DisputesFunction() {
        this(new Clients());
    }

    DisputesFunction(Documents documents, Requests requests, InstantSource clock) {
        this.documents = documents;
        this.requests = requests;
        this.clock = clock;
    }

    private DisputesFunction(Clients clients) {
        this(clients.documents(), clients.requests(), clients.clock());
    }

    @Override
    protected void take(JsonNode envelope, Log log) {
        var provider = provider(envelope.path("source").asText());
        var kind = envelope.path("detail-type").asText();
        if (!KIND.matcher(kind).matches())
            throw new IllegalArgumentException("detail-type: an event's name was expected");
        provider.request(envelope.path("detail"), settings(provider), clock.instant())
                .ifPresentOrElse(requests::send, () -> log.info("passed over: " + kind));
    }

    @Override
    protected void prime() {
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        documents.forget();
    }

    private JsonNode settings(DisputeEvents provider) {
        var platforms = documents.store().platforms();
        return platforms.getOrDefault(provider.platform(), MissingNode.getInstance());
    }

    private static DisputeEvents provider(String source) {
        return PROVIDERS.stream()
                .filter(provider -> source.startsWith(provider.source()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("source: a provider's was expected"));
    }
}
