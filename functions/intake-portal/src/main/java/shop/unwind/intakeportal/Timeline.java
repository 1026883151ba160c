package shop.unwind.intakeportal;

import shop.unwind.cases.Event;
import shop.unwind.cases.Recorded;
import shop.unwind.intakeportal.Status.Line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A case's events in words for its customer. Only what is known to be true of every outcome is
 * said: a refund's event may say that a bank moves the money, a letter's that no address was known.
 */
final class Timeline {
    private Timeline() {}

    static List<Line> of(Recorded recorded, List<Event> events) {
        var lines = new ArrayList<Line>();
        lines.add(new Line(recorded.request().receivedAt(), "We received your request."));
        for (var event : events)
            words(event)
                    .filter(words -> !lines.getLast().what().equals(words))
                    .ifPresent(words -> lines.add(new Line(event.at(), words)));
        return List.copyOf(lines);
    }

    private static Optional<String> words(Event event) {
        return switch (event.what()) {
            case "Decide" -> Optional.of("We looked at your order.");
            case "Ask for approval" -> Optional.of("We asked our staff.");
            case "Show who decided" ->
                    event.words().startsWith("EXPIRED")
                            ? Optional.empty()
                            : Optional.of("Our staff decided.");
            case "Cancel order" -> Optional.of("The cancellation was carried out.");
            case "Refund payment" -> Optional.of("We saw to your payment.");
            case "Close case" ->
                    Optional.of(
                            event.words().equals("closed")
                                    ? "Your request was settled."
                                    : "Our staff are seeing to the rest.");
            default -> Optional.empty();
        };
    }
}
