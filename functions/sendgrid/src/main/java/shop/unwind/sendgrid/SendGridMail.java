package shop.unwind.sendgrid;

import shop.unwind.connector.Messenger;
import shop.unwind.connector.Platform;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Misconfigured;
import shop.unwind.words.Letter;

/**
 * Letters as e-mail. Settings: {@code from} (a verified address), optional {@code fromName}, {@code
 * replyTo}, {@code region} ({@code global} or {@code eu}), {@code templates} (a dynamic template's
 * id by audience), {@code baseUrl}. Secret: {@code apiKey}, with the permission Mail Send.
 */
final class SendGridMail implements Messenger {
    private static final String PERMISSION = "mail.send";

    private final Platform platform;
    private final Wire wire;
    private final Envelope envelope;

    SendGridMail(Platform platform) {
        this.platform = platform;
        this.wire = new Wire(platform);
        this.envelope = new Envelope(platform);
    }

    @Override
    public Effect tell(Letter letter) {
        return new Effect() {
            @Override
            public Outcome act(Attempt attempt) {
                return letter.to()
                        .map(to -> send(letter, to, attempt))
                        .orElseGet(
                                () ->
                                        platform.outcome(
                                                attempt, Result.SKIPPED, "", "no address known"));
            }

            @Override
            public Found find(Attempt attempt) {
                return new Found.CannotTell();
            }
        };
    }

    /** Reads which permissions the key has. */
    @Override
    public void probe() {
        var scopes = Answers.json(wire.get("scopes")).path("scopes");
        if (scopes.valueStream().noneMatch(scope -> scope.asText().equals(PERMISSION)))
            throw new Misconfigured(
                    "secret unwind/sendgrid: field apiKey lacks the permission " + PERMISSION);
    }

    private Outcome send(Letter letter, Personal to, Attempt attempt) {
        var answer = wire.post("mail/send", envelope.around(letter, to, attempt));
        // No id where nothing was sent, as in SendGrid's own sandbox mode.
        var id = Answers.header(answer, "X-Message-Id").orElse("");
        return platform.outcome(attempt, Result.DONE, id, "e-mail handed over");
    }
}
