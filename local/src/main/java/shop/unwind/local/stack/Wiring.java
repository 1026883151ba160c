package shop.unwind.local.stack;

import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.util.Set;
import java.util.stream.Collectors;

/** Checks that what calls and what is called are both in the template. */
final class Wiring {
    private final Set<String> functions;
    private final Set<String> queues;

    private Wiring(Template template) {
        functions =
                template.functions().stream()
                        .map(Template.Function::name)
                        .collect(Collectors.toUnmodifiableSet());
        queues =
                template.queues().stream()
                        .map(Template.Queue::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks one template.
     *
     * @throws IllegalArgumentException a mapping, rule, schedule or failure queue leads nowhere
     */
    static void check(Template template) {
        var wiring = new Wiring(template);
        for (var mapping : template.mappings()) wiring.queue(mapping.function(), mapping.queue());
        for (var rule : template.rules())
            for (var target : rule.targets()) wiring.target(rule.name(), target);
        for (var schedule : template.schedules()) wiring.target(schedule.name(), schedule.target());
        for (var function : template.functions())
            function.asynchronous()
                    .onFailure()
                    .ifPresent(queue -> wiring.queue(function.name(), queue));
    }

    private void target(String source, String arn) {
        if (Arns.isQueue(arn)) queue(source, arn);
        else if (!functions.contains(Arns.functionName(arn))) throw missing(source, arn);
    }

    private void queue(String source, String arn) {
        if (!queues.contains(Arns.queueName(arn))) throw missing(source, arn);
    }

    private static IllegalArgumentException missing(String source, String arn) {
        return new IllegalArgumentException(
                source + ": expected a function or queue of this template, found " + arn);
    }
}
