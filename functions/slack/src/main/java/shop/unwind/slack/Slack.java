package shop.unwind.slack;

import shop.unwind.cases.Approval;
import shop.unwind.cases.Approval.Answer;
import shop.unwind.connector.Approver;
import shop.unwind.connector.Messenger;
import shop.unwind.connector.Platform;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.domain.Personal;
import shop.unwind.http.Call;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.problem.Refused;
import shop.unwind.words.Letter;

import java.util.Optional;
import java.util.function.Function;

/**
 * Tells and asks staff. Settings: {@code channel} (an id, {@code C…}), optional {@code
 * urgentChannel}. Secret: {@code botToken}. A message is known again by its channel and its time
 * stamp, {@code C0123ABCD:1794300000.000100}.
 */
final class Slack implements Messenger, Approver {
    private final Platform platform;
    private final Wire wire;

    Slack(Platform platform) {
        this.platform = platform;
        this.wire = new Wire(platform);
    }

    @Override
    public Effect tell(Letter letter) {
        return posting(
                channel(letter.urgent()),
                "told in Slack",
                attempt -> Message.of(letter).marked(letter.about(), attempt));
    }

    @Override
    public Effect ask(CaseId id, Hold hold, Optional<Personal> reason) {
        return posting(
                channel(false),
                "asked in Slack",
                attempt -> Message.asking(id, hold, reason).marked(id, attempt));
    }

    @Override
    public void settle(CaseId id, Approval approval) {
        if (approval.answer() == Answer.OPEN || approval.message().isEmpty()) return;
        var place = Place.parse(approval.message());
        var message = Message.settled(id, approval).body(place.channel()).put("ts", place.ts());
        try {
            wire.ok(Call.post("/api/chat.update").json(message), place.channel());
        } catch (Refused refused) {
            // Somebody deleted the question: there is nothing left to close.
            if (!refused.code().equals("message_not_found")) throw refused;
        }
    }

    /** Proves the token, and that the channel may be read. */
    @Override
    public void probe() {
        wire.ok(Call.post("/api/auth.test").asking(), "");
        history().glance(channel(false));
    }

    private String channel(boolean urgent) {
        return Optional.of("urgentChannel")
                .filter(_ -> urgent)
                .flatMap(platform::optional)
                .orElseGet(() -> platform.setting("channel"));
    }

    private Effect posting(String channel, String words, Function<Attempt, Message> message) {
        return new Effect() {
            @Override
            public Outcome act(Attempt attempt) {
                var call =
                        Call.post("/api/chat.postMessage")
                                .json(message.apply(attempt).fresh(channel));
                return outcome(attempt, wire.posted(call, channel), words);
            }

            @Override
            public Found find(Attempt attempt) {
                return history()
                        .find(channel, attempt.mark())
                        .<Found>map(place -> new Found.Done(outcome(attempt, place, words)))
                        .orElseGet(Found.Nothing::new);
            }
        };
    }

    private History history() {
        return new History(wire, platform.clock());
    }

    private Outcome outcome(Attempt attempt, Place place, String words) {
        return platform.outcome(attempt, Result.DONE, place.toString(), words);
    }
}
