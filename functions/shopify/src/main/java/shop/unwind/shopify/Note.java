package shop.unwind.shopify;

import com.fasterxml.jackson.databind.JsonNode;

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

/** One line more in the order's note, and a tag by which staff find such orders. */
record Note(Platform platform, Admin admin, Orders orders, OrderRef order, Letter letter)
        implements Effect {
    private static final String NOTED = "noted on the order";
    private static final String DOCUMENT = Admin.document("note");
    private static final String TAG = "unwind";
    private static final int LONGEST = 5000;

    @Override
    public Outcome act(Attempt attempt) {
        var shown = orders.numbered(order);
        var id = shown.path("id").asText();
        if (stands(shown)) return platform.outcome(attempt, Result.ALREADY, id, NOTED);
        var input = Map.of("id", id, "note", text(shown));
        var answer = admin.change(DOCUMENT, Map.of("id", id, "tags", List.of(TAG), "input", input));
        Admin.check(answer.path("tagsAdd"), "userErrors");
        Admin.check(answer.path("orderUpdate"), "userErrors");
        return platform.outcome(attempt, Result.DONE, id, NOTED);
    }

    @Override
    public Found find(Attempt attempt) {
        var shown = orders.numbered(order);
        return stands(shown)
                ? new Found.Done(
                        platform.outcome(attempt, Result.DONE, shown.path("id").asText(), NOTED))
                : new Found.Nothing();
    }

    private boolean stands(JsonNode shown) {
        return shown.path("note").asText("").contains(letter.tag());
    }

    private String text(JsonNode shown) {
        var all = (shown.path("note").asText("") + "\n" + letter.note()).strip();
        return all.length() <= LONGEST ? all : all.substring(all.length() - LONGEST);
    }
}
