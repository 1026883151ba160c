package shop.unwind.intakeportal;

import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.json.Json;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secrets;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST /cancellations} and {@code GET /cancellations/{id}}. */
public final class PortalIntake extends HttpFunction {
    /** A form with a hundred lines and a long reason has 20,000. */
    private static final int LARGEST_FORM = 64_000;

    private final Secrets secrets;
    private final Documents documents;
    private final Attempts attempts;
    private final StatusToken tokens;
    private final CaseStatus statuses;
    private final Requests requests;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** As Lambda makes it. */
    public PortalIntake() {
        this(new Clients());
    }

    private PortalIntake(Clients clients) {
        this(
                clients.secrets(),
                clients.documents(),
                clients.dynamo(),
                clients.requests(),
                clients.clock());
    }

    private PortalIntake(
            Secrets secrets,
            Documents documents,
            DynamoDbClient dynamo,
            Requests requests,
            InstantSource clock) {
        this(
                secrets,
                documents,
                new Attempts(dynamo, Environment.required("STEPS_TABLE"), secrets, clock),
                new Cases(dynamo, Environment.required("CASES_TABLE"), clock),
                requests,
                clock);
    }

    PortalIntake(
            Secrets secrets,
            Documents documents,
            Attempts attempts,
            Cases cases,
            Requests requests,
            InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.attempts = attempts;
        this.tokens = new StatusToken(secrets);
        this.statuses = new CaseStatus(cases);
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    protected HttpAnswer respond(HttpRequest request, Log log) {
        return switch (request.method()) {
            case "POST" -> take(request);
            case "GET" -> show(request);
            default -> throw new BadRequest(405, "POST or GET was expected");
        };
    }

    @Override
    protected void prime() {
        tokens.of("warm");
        documents.store();
        requests.rehearse();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }

    @Override
    protected int largestBody() {
        return LARGEST_FORM;
    }

    /** The same answer, and as soon, whether the order exists or not: it is not looked for. */
    private HttpAnswer take(HttpRequest request) {
        var store = documents.store();
        var form = PortalForm.read(request.body(), store.storefrontUnlessNamed());
        if (!store.isStorefront(form.order().storefront()))
            throw new BadRequest(400, "storefront: one of this shop was expected");
        var limit = Attempts.Limit.of(store);
        attempts.count("address " + Caller.of(request.address()), limit);
        attempts.count("order " + form.order().key(), limit);
        var id = PublicId.of(form.order(), request, random);
        requests.send(
                new Request(
                        id.requestId(),
                        Source.PORTAL,
                        form.wish(),
                        Optional.of(form.order()),
                        Optional.empty(),
                        Optional.of(form.email()),
                        clock.instant()));
        var token = tokens.of(id.toString());
        var answer =
                Json.object()
                        .put("id", id.toString())
                        .put("token", token)
                        .put("status", "received")
                        .put("statusUrl", "/cancellations/" + id + "?token=" + token);
        return new HttpAnswer(202, answer);
    }

    private HttpAnswer show(HttpRequest request) {
        var id = request.pathParameters().getOrDefault("id", "");
        var token =
                request.header("x-status-token").orElse(request.query().getOrDefault("token", ""));
        if (!tokens.fits(id, token)) {
            // A right token is answered whoever else guesses behind the same address.
            attempts.count(
                    "token " + Caller.of(request.address()), Attempts.Limit.of(documents.store()));
            throw new BadRequest(404, "no such cancellation");
        }
        return new HttpAnswer(200, Json.tree(statuses.of(PublicId.parse(id))));
    }
}
