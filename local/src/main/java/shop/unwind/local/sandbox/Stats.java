package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened, by platform and then by operation or kind. */
final class Stats {
    private final Map<String, Map<String, LongAdder>> calls = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, LongAdder>> questions = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, LongAdder>> faults = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, LongAdder>> webhooks = new ConcurrentSkipListMap<>();

    void called(String platform, String operation) {
        count(calls, platform, operation);
    }

    /** The operation changes nothing. */
    void asked(String platform, String operation) {
        count(questions, platform, operation);
    }

    void gave(String platform, Faults.Kind kind) {
        count(faults, platform, kind.word());
    }

    /** A webhook was {@code delivered}, {@code refused} once, or given up. */
    void webhook(String platform, String outcome) {
        count(webhooks, platform, outcome);
    }

    void reset() {
        calls.clear();
        questions.clear();
        faults.clear();
        webhooks.clear();
    }

    ObjectNode toJson() {
        return Json.of(
                "calls", json(calls),
                "questions", json(questions),
                "faults", json(faults),
                "webhooks", json(webhooks));
    }

    private static void count(
            Map<String, Map<String, LongAdder>> counts, String first, String second) {
        counts.computeIfAbsent(first, _ -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(second, _ -> new LongAdder())
                .increment();
    }

    private static ObjectNode json(Map<String, Map<String, LongAdder>> counts) {
        var all = Json.of();
        counts.forEach(
                (first, inner) -> {
                    var object = all.putObject(first);
                    inner.forEach((second, count) -> object.put(second, count.sum()));
                });
        return all;
    }
}
