package shop.unwind.woocommerce;

import shop.unwind.connector.Platform;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Outcome;
import shop.unwind.domain.Outcome.Result;
import shop.unwind.once.Attempt;
import shop.unwind.once.Effect;
import shop.unwind.once.Found;
import shop.unwind.words.Letter;

import java.util.Map;

/** One private note on the order's page. */
record Note(Platform platform, RestApi api, Orders orders, OrderRef order, Letter letter)
        implements Effect {
    private static final String NOTED = "noted on the order";

    @Override
    public Outcome act(Attempt attempt) {
        var id = id();
        if (stands(id)) return platform.outcome(attempt, Result.ALREADY, id, NOTED);
        api.create(notes(id), Map.of("note", letter.note(), "customer_note", false));
        return platform.outcome(attempt, Result.DONE, id, NOTED);
    }

    @Override
    public Found find(Attempt attempt) {
        var id = id();
        return stands(id)
                ? new Found.Done(platform.outcome(attempt, Result.DONE, id, NOTED))
                : new Found.Nothing();
    }

    private String id() {
        return orders.numbered(order).path("id").asText();
    }

    private static String notes(String id) {
        return Orders.at(id) + "/notes";
    }

    private boolean stands(String id) {
        return api.list(notes(id)).stream()
                .anyMatch(note -> note.path("note").asText().contains(letter.tag()));
    }
}
