package shop.unwind.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Platform calls of which each needs the answer of the one before. A link is a set of operations
 * that may run side by side; it takes as long as the longest of them.
 */
record Chain(List<Set<String>> links) {

    /** This chain, then these links. */
    Chain then(List<Set<String>> more) {
        var all = new ArrayList<>(links);
        all.addAll(more);
        return new Chain(all);
    }

    /**
     * How long the chain took among the calls that were made, without what lay between them.
     *
     * @throws IllegalArgumentException a link was not made, or not in this order
     */
    Duration length(List<PlatformCall> made) {
        var length = Duration.ZERO;
        var from = Instant.MIN;
        for (var link : links) {
            var longest = Duration.ZERO;
            var end = from;
            for (var operation : link) {
                var call = first(operation, from, made);
                if (call.took().compareTo(longest) > 0) longest = call.took();
                if (call.ended().isAfter(end)) end = call.ended();
            }
            length = length.plus(longest);
            from = end;
        }
        return length;
    }

    private static PlatformCall first(String operation, Instant from, List<PlatformCall> made) {
        return made.stream()
                .filter(call -> call.name().equals(operation) && !call.began().isBefore(from))
                .min(Comparator.comparing(PlatformCall::began))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "expected a call %s after %s, found %s"
                                                .formatted(operation, from, made)));
    }
}
