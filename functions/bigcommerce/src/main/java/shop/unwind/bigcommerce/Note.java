package shop.unwind.bigcommerce;

import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** One line of the staff notes. */
record Note(RestApi api, Orders orders, OrderRef order, Letter letter, InstantSource clock)
        implements Effect {
    @Override
    public Outcome act(Attempt attempt) {
        var found = orders.numbered(order);
        var id = found.path("id").asText();
        var notes = StaffNotes.of(found);
        if (notes.contain(tag())) return outcome(Result.ALREADY, id, attempt);
        api.update(Orders.at(id), Map.of("staff_notes", notes.and(text())));
        return outcome(Result.DONE, id, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var found = orders.numbered(order);
        return StaffNotes.of(found).contain(tag())
                ? new Found.Done(outcome(Result.DONE, found.path("id").asText(), attempt))
                : new Found.Nothing();
    }

    /** In one line, so that nothing in a customer's words passes for a note of our own. */
    private String text() {
        var text = letter.subject() + ". " + String.join(" ", letter.paragraphs());
        return tag() + " " + text.replaceAll("\\R", " ");
    }

    private String tag() {
        var words = Fingerprint.of(letter.subject(), letter.text());
        return "[unwind:" + letter.about() + ":" + words + "]";
    }

    private Outcome outcome(Result result, String id, Attempt attempt) {
        return new Outcome(
                attempt.step(),
                "bigcommerce",
                result,
                id,
                Optional.empty(),
                "noted on the order",
                clock.instant());
    }
}
