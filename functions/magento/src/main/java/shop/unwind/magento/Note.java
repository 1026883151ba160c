package shop.unwind.magento;

import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.time.InstantSource;
import java.util.Optional;

/** One comment on the order's page, which the customer does not see. */
record Note(Orders orders, Comments comments, OrderRef order, Letter letter, InstantSource clock)
        implements Effect {
    @Override
    public Outcome act(Attempt attempt) {
        var shown = orders.shown(order);
        if (stands(shown)) return outcome(Result.ALREADY, shown, attempt);
        comments.write(shown.id(), text());
        return outcome(Result.DONE, shown, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.shown(order);
        return stands(shown)
                ? new Found.Done(outcome(Result.DONE, shown, attempt))
                : new Found.Nothing();
    }

    private boolean stands(Shown shown) {
        return shown.comments().stream().anyMatch(comment -> comment.contains(tag()));
    }

    private String text() {
        return tag() + " " + letter.subject() + ". " + String.join(" ", letter.paragraphs());
    }

    /** Found again whatever Magento makes of the words behind it. */
    private String tag() {
        var words = Fingerprint.of(letter.subject(), letter.text());
        return "[unwind:" + letter.about() + ":" + words + "]";
    }

    private Outcome outcome(Result result, Shown shown, Attempt attempt) {
        return new Outcome(
                attempt.step(),
                "magento",
                result,
                shown.id(),
                Optional.empty(),
                "noted on the order",
                clock.instant());
    }
}
