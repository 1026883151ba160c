package shop.unwind.local.event;

import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The schedules of a template, each due by its expression once started, or by its name at will. */
public final class Scheduler implements AutoCloseable {
    private record Entry(Template.Schedule schedule, ScheduleExpression expression) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final Targets targets;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Reads every schedule's expression.
     *
     * @throws IllegalArgumentException one is none
     */
    public Scheduler(List<Template.Schedule> schedules, Targets targets, InstantSource clock) {
        this.targets = targets;
        this.clock = clock;
        for (var schedule : schedules) entries.put(schedule.name(), entry(schedule));
    }

    /** Lets enabled schedules become due. */
    public void start() {
        for (var entry : entries.values())
            if (entry.schedule().enabled()) threads.execute(() -> follow(entry));
    }

    public Set<String> names() {
        return new TreeSet<>(entries.keySet());
    }

    /** Makes a schedule due now, enabled or not. */
    public void trigger(String name) {
        var entry = entries.get(name);
        if (entry == null)
            throw new IllegalArgumentException(
                    "there is no schedule " + name + ", only " + names());
        fire(entry.schedule());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Entry entry(Template.Schedule schedule) {
        try {
            return new Entry(
                    schedule, ScheduleExpression.parse(schedule.expression(), schedule.zone()));
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(
                    schedule.name() + ": ScheduleExpression: " + problem.getMessage(), problem);
        }
    }

    private void follow(Entry entry) {
        var due = entry.expression().next(clock.instant());
        while (due.isPresent() && sleepUntil(due.get())) {
            fire(entry.schedule());
            due = entry.expression().next(due.get());
        }
    }

    private boolean sleepUntil(Instant due) {
        try {
            Thread.sleep(Duration.between(clock.instant(), due));
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private void fire(Template.Schedule schedule) {
        targets.deliver(
                schedule.target(), schedule.input().orElseGet(() -> notification(schedule)));
    }

    // EventBridge Scheduler, unlike rules, writes the empty detail as a text.
    private String notification(Template.Schedule schedule) {
        var rule = schedule.source().equals("aws.events");
        var resource =
                rule
                        ? Arns.of("events", "rule/" + schedule.name())
                        : Arns.of("scheduler", "schedule/default/" + schedule.name());
        var envelope =
                Envelope.of(
                        schedule.source(), "Scheduled Event", clock.instant(), List.of(resource));
        if (rule) envelope.putObject("detail");
        else envelope.put("detail", "{}");
        return envelope.toString();
    }
}
