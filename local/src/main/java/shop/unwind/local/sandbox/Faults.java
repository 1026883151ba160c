package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Misbehaviour to order: which calls get it, how often, and what it does to an answer. */
final class Faults {
    enum Kind {
        /** The vendor's internal error; nothing happened. */
        ERROR500,
        /** The vendor's "too many requests"; nothing happened. */
        THROTTLE,
        /** The connection closes without an answer; nothing happened. */
        RESET_BEFORE,
        /** The connection closes without an answer, after the effect. */
        RESET_AFTER,
        /** The effect happens at once, its answer comes after {@code seconds}. */
        TIMEOUT_AFTER,
        /** Everything happens, but only after {@code seconds}. */
        SLOW,
        /** The effect happens, its answer breaks off in the middle. */
        MALFORMED,
        /** A read sees each thing as it was before the last call that changed it; no write can. */
        STALE_READ,
        /** The effect happens, every status in its answer is a word nobody knows. */
        UNKNOWN_STATUS,
        /** HTTP 200 around an error; nothing happened. */
        SUCCESS_ERROR_BODY;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A fault that one call gets.
     *
     * @param struck counts the calls it has spoilt
     */
    record Fault(Kind kind, Duration pause, LongAdder struck) {}

    private static final class Rule {
        final String platform;
        final String operation;
        final String about;
        final Fault fault;
        long spared;
        long left;

        Rule(Fields fields) {
            platform = fields.text("platform");
            operation = fields.text("operation", "*");
            about = fields.text("about", "");
            var kind = kind(fields);
            var usual = kind == Kind.SLOW ? 2 : 30;
            fault =
                    new Fault(
                            kind,
                            Duration.ofSeconds(fields.number("seconds", usual)),
                            new LongAdder());
            spared = fields.number("after", 0);
            left = fields.number("times", 1);
            fields.nothingElse();
        }

        boolean takes(String platform, String operation, Call call) {
            return left > 0
                    && this.platform.equals(platform)
                    && (this.operation.equals("*") || this.operation.equals(operation))
                    && call.isAbout(about);
        }

        ObjectNode toJson() {
            return Json.of(
                    "platform", platform,
                    "operation", operation,
                    "kind", fault.kind.word(),
                    "about", about,
                    "struck", fault.struck.sum());
        }

        boolean spares() {
            return spared-- > 0;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * Replaces all rules. A rule names platform, operation ({@code *} for all), kind, {@code times}
     * (1), {@code after} how many calls it begins (0), {@code seconds} for the slow kinds, and what
     * its calls are {@code about}: a text that they bear, such as an order's number.
     */
    synchronized void replace(List<Fields> wanted) {
        var read = wanted.stream().map(Rule::new).toList();
        rules.clear();
        rules.addAll(read);
    }

    /** Adds rules after those that stand. */
    synchronized void add(List<Fields> wanted) {
        rules.addAll(wanted.stream().map(Rule::new).toList());
    }

    /** Every rule with the number of calls that it has spoilt. */
    synchronized ArrayNode toJson() {
        return Json.array(rules.stream().map(Rule::toJson));
    }

    /** The fault for this call, by the first rule that takes it. */
    synchronized Optional<Fault> take(String platform, String operation, Call call) {
        for (var rule : rules) {
            if (!rule.takes(platform, operation, call) || rule.spares()) continue;
            rule.left--;
            return Optional.of(rule.fault);
        }
        return Optional.empty();
    }

    /** The same answer with every text under a name like {@code status} replaced. */
    static Answer strange(Answer answer) {
        var body = Json.parse(answer.body());
        body.ifPresent(Faults::strange);
        return body.map(json -> Answer.json(answer.status(), json)).orElse(answer).unkept();
    }

    private static void strange(JsonNode node) {
        if (node instanceof ObjectNode object)
            object.properties()
                    .forEach(
                            field -> {
                                if (isStatus(field.getKey()) && field.getValue().isTextual())
                                    field.setValue(TextNode.valueOf("SUPERSEDED_X"));
                            });
        node.forEach(Faults::strange);
    }

    private static boolean isStatus(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("status");
    }

    private static Kind kind(Fields fields) {
        var words = Stream.of(Kind.values()).map(Kind::word).toArray(String[]::new);
        var word = fields.word("kind", "", words);
        return Stream.of(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow();
    }
}
