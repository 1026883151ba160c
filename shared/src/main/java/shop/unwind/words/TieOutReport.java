package shop.unwind.words;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Plan.Audience;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the nightly tie-out found, for staff.
 *
 * @param day the last day it looked at
 * @param checked how many cases were compared with the platforms
 * @param open how many cases have not ended
 * @param attention how many cases wait for staff
 * @param left how many cases it had no time for
 * @param differences one sentence each, without personal data
 */
public record TieOutReport(
        LocalDate day, int checked, int open, int attention, int left, List<String> differences) {
    private static final int SHOWN = 20;

    public TieOutReport {
        differences = List.copyOf(differences);
    }

    /** Urgent when anything differs or was not looked at. */
    public Letter letter() {
        return new Letter(
                new CaseId(new OrderRef("tieout", day.toString()), 1),
                Audience.STAFF,
                Optional.empty(),
                subject(),
                paragraphs(),
                !differences.isEmpty() || left > 0,
                Optional.empty());
    }

    private String subject() {
        var found =
                switch (differences.size()) {
                    case 0 -> "everything agrees";
                    case 1 -> "1 difference";
                    default -> differences.size() + " differences";
                };
        return "Tie-out up to " + day + ": " + found;
    }

    private List<String> paragraphs() {
        var said = new ArrayList<String>();
        said.add(checked + " cases were compared with storefront and payment provider.");
        if (open > 0) said.add(open + " cases are open.");
        if (attention > 0) said.add(attention + " cases need attention.");
        if (left > 0) said.add(left + " cases were not compared: there was no time left.");
        said.addAll(differences.stream().limit(SHOWN).toList());
        var more = differences.size() - SHOWN;
        if (more > 0) said.add(more + " more stand in the log of the function tie-out.");
        return said;
    }
}
