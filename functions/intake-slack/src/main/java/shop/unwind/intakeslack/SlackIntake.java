package shop.unwind.intakeslack;

import com.fasterxml.jackson.databind.node.MissingNode;

import shop.unwind.config.Documents;
import shop.unwind.function.BadRequest;
import shop.unwind.function.Clients;
import shop.unwind.function.HttpAnswer;
import shop.unwind.function.HttpFunction;
import shop.unwind.function.HttpRequest;
import shop.unwind.log.Log;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secrets;

import software.amazon.awssdk.services.sfn.SfnClient;

import java.time.InstantSource;

/** {@code POST /webhooks/slack}: verifies, and lets approvers answer or run a case again. */
public final class SlackIntake extends HttpFunction {
    private final Secrets secrets;
    private final Documents documents;
    private final SlackSignature signature;
    private final Answers answers;
    private final RunAgain runAgain;
    private final GoOn goOn;

    /** As Lambda makes it. */
    public SlackIntake() {
        this(new Clients());
    }

    private SlackIntake(Clients clients) {
        this(clients, clients.documents());
    }

    private SlackIntake(Clients clients, Documents documents) {
        this(
                clients.secrets(),
                documents,
                new Answers(clients.cases(), Clients.patient(SfnClient::builder).build()),
                clients.requests(),
                new GoOn(clients.breaker(documents)),
                clients.clock());
    }

    SlackIntake(
            Secrets secrets,
            Documents documents,
            Answers answers,
            Requests requests,
            GoOn goOn,
            InstantSource clock) {
        this.secrets = secrets;
        this.documents = documents;
        this.signature = new SlackSignature(secrets, clock);
        this.answers = answers;
        this.runAgain = new RunAgain(requests, clock);
        this.goOn = goOn;
    }

    @Override
    protected HttpAnswer respond(HttpRequest request, Log log) {
        signature.verify(request);
        Press.of(request.body()).ifPresent(press -> take(press, log));
        return HttpAnswer.empty(200);
    }

    @Override
    protected void prime() {
        signature.key();
        documents.store();
    }

    @Override
    protected void forget() {
        secrets.forget();
        documents.forget();
    }

    private void take(Press press, Log log) {
        if (!isOurs(press)) throw new BadRequest(403, "payload: team of this shop was expected");
        if (!Approvers.of(documents.store()).contains(press.user())) {
            log.warn(press.user() + " is not among platforms.slack.approvers: nothing changed");
            return;
        }
        switch (press.action()) {
            case "approve_cancellation" -> answers.give(press, true, log);
            case "reject_cancellation" -> answers.give(press, false, log);
            case "run_again" -> runAgain.ask(press);
            case "go_on" -> goOn.after(press, log);
            default -> log.info("a button that is not ours: nothing changed");
        }
    }

    /** User ids are unique within a workspace only; one app may be installed in several. */
    private boolean isOurs(Press press) {
        var settings =
                documents.store().platforms().getOrDefault("slack", MissingNode.getInstance());
        return !settings.has("team") || settings.path("team").asText().equals(press.team());
    }
}
