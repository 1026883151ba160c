package shop.unwind.square;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.util.List;
import java.util.Map;

/**
 * The last news of an order, in its metadata: Square has no notes. An order that is over takes
 * none, which is no failure.
 */
record Note(Platform platform, Orders orders, OrderRef order, Letter letter) implements Effect {
    private static final String NOTED = "noted on the order";
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
                ? new Found.Done(platform.outcome(attempt, Result.DONE, shown.id(), NOTED))
                : new Found.Nothing();
    }

    private Outcome write(Attempt attempt) {
        var shown = shown();
        if (shown.isOver() || !shown.hasVersion())
            return platform.outcome(
                    attempt,
                    Result.SKIPPED,
                    shown.id(),
                    "Square takes no note on an order that is over");
        if (stands(shown)) return platform.outcome(attempt, Result.ALREADY, shown.id(), NOTED);
        orders.change(shown, attempt.uuid().toString(), Map.of("metadata", Map.of(KEY, text())));
        return platform.outcome(attempt, Result.DONE, shown.id(), NOTED);
    }

    private Shown shown() {
        return new Shown(order, orders.numbered(order), List.of());
    }

    private boolean stands(Shown shown) {
        return shown.metadata(KEY).filter(text()::equals).isPresent();
    }

    private String text() {
        var text = letter.note();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
