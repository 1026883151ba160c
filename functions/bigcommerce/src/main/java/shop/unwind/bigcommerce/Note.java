package shop.unwind.bigcommerce;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.util.Map;

/** One line of the staff notes. */
record Note(Platform platform, RestApi api, Orders orders, OrderRef order, Letter letter)
        implements Effect {
    private static final String NOTED = "noted on the order";

    @Override
    public Outcome act(Attempt attempt) {
        var found = orders.numbered(order);
        var id = found.path("id").asText();
        var notes = StaffNotes.of(found);
        if (notes.contain(letter.tag()))
            return platform.outcome(attempt, Result.ALREADY, id, NOTED);
        api.update(Orders.at(id), Map.of("staff_notes", notes.and(letter.note())));
        return platform.outcome(attempt, Result.DONE, id, NOTED);
    }

    @Override
    public Found find(Attempt attempt) {
        var found = orders.numbered(order);
        return StaffNotes.of(found).contain(letter.tag())
                ? new Found.Done(
                        platform.outcome(attempt, Result.DONE, found.path("id").asText(), NOTED))
                : new Found.Nothing();
    }
}
