package shop.unwind.words;

import shop.unwind.domain.CaseId;
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
}
