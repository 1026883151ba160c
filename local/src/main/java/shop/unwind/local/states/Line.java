package shop.unwind.local.states;

import java.util.List;

/**
 * One line of the journal: a change of one scope and the events that show it, kept or lost as one.
 *
 * @param last the event that the scope's next one follows
 */
record Line(String execution, String scope, long last, List<Event> events, Change change) {}
