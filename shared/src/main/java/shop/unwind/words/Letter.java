package shop.unwind.words;

import shop.unwind.domain.CaseId;
import shop.unwind.domain.Fingerprint;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;

import java.util.List;
import java.util.Optional;

/**
 * One message to one audience, as plain text; each messenger dresses it in its own way.
 *
 * @param to the customer's address; empty for staff and for the order's page
 * @param button what staff may do about it
 */
public record Letter(
        CaseId about,
        Audience audience,
        Optional<Personal> to,
        String subject,
        List<String> paragraphs,
        boolean urgent,
        Optional<Button> button) {

    public Letter {
        paragraphs = List.copyOf(paragraphs);
    }

    public String text() {
        return String.join("\n\n", paragraphs);
    }

    /**
     * As a note on the order's page: in one line, so that nothing in a customer's words passes for
     * a note of our own.
     */
    public String note() {
        var text = tag() + " " + subject + ". " + String.join(" ", paragraphs);
        return text.replaceAll("\\R", " ");
    }

    /** What a note begins with, found again whatever a platform makes of the words behind it. */
    public String tag() {
        return "[unwind:" + about + ":" + Fingerprint.of(subject, text()) + "]";
    }
}
