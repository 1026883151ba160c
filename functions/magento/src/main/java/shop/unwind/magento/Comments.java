package shop.unwind.magento;

import shop.unwind.domain.CaseId;
import shop.unwind.once.Attempt;
import shop.unwind.problem.Unsure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What we write on an order's page, for staff and for ourselves. */
final class Comments {
    private static final String DOUBT = "Magento does not say whether the money went back";

    private final RestApi api;

    Comments(RestApi api) {
        this.api = api;
    }

    /** Writes one, without a status: another than the order's would be refused. */
    void write(String order, String text) {
        var comment =
                Map.of(
                        "comment",
                        text,
                        "is_customer_notified",
                        0,
                        "is_visible_on_front",
                        0,
                        "parent_id",
                        Long.parseLong(order));
        if (!api.change(Orders.at(order) + "/comments", Map.of("statusHistory", comment)))
            throw new Unsure("order " + order + ": Magento says it wrote no comment");
    }

    /** What this step set out to take back. */
    static Optional<Taking> taking(Shown shown, Attempt attempt) {
        return last(shown, tag(attempt)).map(Taking::parse);
    }

    /** What this case set out to take back together with the money. */
    static Optional<Taking> taking(Shown shown, CaseId origin) {
        return last(shown, "[unwind:" + origin + ":cancel").map(Taking::parse);
    }

    void announce(Shown shown, Taking taking, Attempt attempt) {
        write(shown.id(), tag(attempt) + " to be taken back " + taking.text());
    }

    void doubt(Shown shown, Attempt attempt) {
        write(shown.id(), tag(attempt) + " " + DOUBT);
    }

    static boolean isInDoubt(Shown shown, Attempt attempt) {
        return last(shown, tag(attempt)).filter(text -> text.contains(DOUBT)).isPresent();
    }

    private static Optional<String> last(Shown shown, String beginning) {
        List<String> newestFirst = shown.comments().reversed();
        return newestFirst.stream().filter(text -> text.startsWith(beginning)).findFirst();
    }

    private static String tag(Attempt attempt) {
        return "[" + attempt.mark() + "]";
    }
}
