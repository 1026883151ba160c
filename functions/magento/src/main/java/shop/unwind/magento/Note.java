package shop.unwind.magento;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

/** One comment on the order's page, which the customer does not see. */
record Note(Platform platform, Orders orders, Comments comments, OrderRef order, Letter letter)
        implements Effect {
    private static final String NOTED = "noted on the order";

    @Override
    public Outcome act(Attempt attempt) {
        var shown = orders.shown(order);
        if (stands(shown)) return platform.outcome(attempt, Result.ALREADY, shown.id(), NOTED);
        comments.write(shown.id(), letter.note());
        return platform.outcome(attempt, Result.DONE, shown.id(), NOTED);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.shown(order);
        return stands(shown)
                ? new Found.Done(platform.outcome(attempt, Result.DONE, shown.id(), NOTED))
                : new Found.Nothing();
    }

    private boolean stands(Shown shown) {
        return shown.comments().stream().anyMatch(comment -> comment.contains(letter.tag()));
    }
}
