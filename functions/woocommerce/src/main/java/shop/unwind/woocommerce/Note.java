package shop.unwind.woocommerce;

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

/** One private note on the order's page. */
record Note(RestApi api, Orders orders, OrderRef order, Letter letter, InstantSource clock)
        implements Effect {
    @Override
    public Outcome act(Attempt attempt) {
        var id = id();
        if (stands(id)) return outcome(Result.ALREADY, id, attempt);
        api.create(notes(id), Map.of("note", text(), "customer_note", false));
        return outcome(Result.DONE, id, attempt);
    }

    @Override
    public Found find(Attempt attempt) {
        var id = id();
        return stands(id) ? new Found.Done(outcome(Result.DONE, id, attempt)) : new Found.Nothing();
    }

    private String id() {
        return orders.numbered(order).path("id").asText();
    }

    private static String notes(String id) {
        return Orders.at(id) + "/notes";
    }

    private boolean stands(String id) {
        return api.list(notes(id)).stream()
                .anyMatch(note -> note.path("note").asText().contains(tag()));
    }

    private String text() {
        return tag() + " " + letter.subject() + ". " + String.join(" ", letter.paragraphs());
    }

    /** Found again whatever WordPress makes of the words behind it. */
    private String tag() {
        var words = Fingerprint.of(letter.subject(), letter.text());
        return "[unwind:" + letter.about() + ":" + words + "]";
    }

    private Outcome outcome(Result result, String id, Attempt attempt) {
        var words = "noted on the order";
        return new Outcome(
                attempt.step(),
                "woocommerce",
                result,
                id,
                Optional.empty(),
                words,
                clock.instant());
    }
}
