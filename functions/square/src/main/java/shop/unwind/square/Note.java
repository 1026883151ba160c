package shop.unwind.square;

import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last news of an order, in its metadata: Square has no notes. An order that is over takes
 * none, which is no failure.
 */
record Note(Orders orders, OrderRef order, Letter letter, InstantSource clock) implements Effect {
    private static final String KEY = "unwind_note";
    private static final int LONGEST = 255;

    @Override
    public Outcome act(Attempt attempt) {
        return Orders.whileItChanges(() -> write(attempt));
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = shown();
        return stands(shown)
                ? new Found.Done(outcome(Result.DONE, shown, "noted on the order", attempt))
                : new Found.Nothing();
    }

    private Outcome write(Attempt attempt) {
        var shown = shown();
        if (shown.isOver() || !shown.hasVersion())
            return outcome(
                    Result.SKIPPED,
                    shown,
                    "Square takes no note on an order that is over",
                    attempt);
        if (stands(shown)) return outcome(Result.ALREADY, shown, "noted on the order", attempt);
        orders.change(shown, attempt.uuid().toString(), Map.of("metadata", Map.of(KEY, text())));
        return outcome(Result.DONE, shown, "noted on the order", attempt);
    }

    private Shown shown() {
        return new Shown(order, orders.numbered(order), List.of());
    }

    private boolean stands(Shown shown) {
        return shown.metadata(KEY).filter(text()::equals).isPresent();
    }

    private String text() {
        var words = String.join(" ", letter.paragraphs());
        var text =
                "[unwind:"
                        + letter.about()
                        + ":"
                        + Fingerprint.of(letter.subject(), letter.text())
                        + "] "
                        + letter.subject()
                        + ". "
                        + words;
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private Outcome outcome(Result result, Shown shown, String words, Attempt attempt) {
        return new Outcome(
                attempt.step(),
                "square",
                result,
                shown.id(),
                Optional.empty(),
                words,
                clock.instant());
    }
}
