package shop.unwind.magento;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.connector.Platform;
import shop.unwind.function.Clients;
import shop.unwind.function.JsonFunction;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secrets;
import shop.unwind.secrets.Tokens;
import shop.unwind.table.Bookmark;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Entry point, invoked by a schedule: Magento Open Source sends no events. Polls where the setting
 * {@code poll} is true. It begins a day back, and each time a little before where it ended: what
 * was saved late, or under another clock, is not to be missed.
 */
public final class MagentoPollerFunction extends JsonFunction {
    private static final String MAGENTO = "magento";
    private static final Duration FIRST = Duration.ofDays(1);
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final Documents documents;
    private final Secrets secrets;
    private final Tokens tokens;
    private final Requests requests;
    private final Bookmark bookmark;
    private final InstantSource clock;

    public MagentoPollerFunction() {
        this(new Clients(), Environment.required("STEPS_TABLE"));
    }

    MagentoPollerFunction(
            Documents documents,
            Secrets secrets,
            Tokens tokens,
            Requests requests,
            Bookmark bookmark,
            InstantSource clock) {
        this.documents = documents;
        this.secrets = secrets;
        this.tokens = tokens;
        this.requests = requests;
        this.bookmark = bookmark;
        this.clock = clock;
    }

    private MagentoPollerFunction(Clients clients, String steps) {
        this(
                clients.documents(),
                clients.secrets(),
                new Tokens(clients.dynamo(), steps, MAGENTO, clients.clock()),
                clients.requests(),
                new Bookmark(clients.dynamo(), steps, MAGENTO),
                clients.clock());
    }

    @Override
    protected Object answer(JsonNode input, Context context, Log log) {
        var settings =
                documents.store().platforms().getOrDefault(MAGENTO, MissingNode.getInstance());
        if (!settings.path("poll").asBoolean()) return Json.object().put("polls", false);
        var began = clock.instant();
        var since = bookmark.read().orElse(began.minus(FIRST));
        var platform = new Platform(MAGENTO, settings, secrets, tokens, clock);
        var found = new Poller(platform).since(since);
        found.forEach(requests::send);
        bookmark.move(began.minus(OVERLAP));
        log.info(found.size() + " changes since " + since);
        return Json.object().put("polls", true).put("found", found.size());
    }

    @Override
    protected void prime() {
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }
}
