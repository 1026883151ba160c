package shop.unwind.local.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way of every call to a platform: counted, perhaps spoilt, checked, delayed, and taking effect
 * once per idempotency key.
 */
final class Gate {
    private static final String KEYS = "idempotency";

    private final Map<String, Stage> stages;
    private final Stats stats;
    private final CallLog log;
    private final Faults faults;
    private final AtomicReference<Duration> delay;
    private final Set<String> keysInUse = ConcurrentHashMap.newKeySet();

    Gate(Map<String, Stage> stages, Stats stats, CallLog log, Faults faults, Duration delay) {
        this.stages = stages;
        this.stats = stats;
        this.log = log;
        this.faults = faults;
        this.delay = new AtomicReference<>(delay);
    }

    void delay(Duration each) {
        delay.set(each);
    }

    /** Empty when the connection is to close without an answer. */
    Optional<Answer> pass(Platform platform, Call call) throws InterruptedException {
        var began = System.nanoTime();
        var route = platform.routes().find(call);
        var operation = route.map(platform::operation).orElse("unknown");
        stats.called(platform.name(), operation);
        try {
            return pass(platform, call, route, operation);
        } finally {
            var took = Duration.ofNanos(System.nanoTime() - began);
            log.answered(platform.name(), operation, took);
        }
    }

    private Optional<Answer> pass(
            Platform platform, Call call, Optional<Routes.Route> route, String operation)
            throws InterruptedException {
        if (route.isEmpty()) return Optional.of(platform.unknown(call));
        if (platform.isQuestion(route.get())) stats.asked(platform.name(), operation);
        var fault = faults.take(platform.name(), operation, call);
        fault.ifPresent(given -> stats.gave(platform.name(), given.kind()));
        if (fault.isEmpty()) return Optional.of(effect(platform, route.get(), false));
        return spoil(fault.get(), platform, route.get());
    }

    private Optional<Answer> spoil(Faults.Fault fault, Platform platform, Routes.Route route)
            throws InterruptedException {
        if (fault.kind() != Faults.Kind.UNKNOWN_STATUS) fault.struck().increment();
        return switch (fault.kind()) {
            case ERROR500 -> Optional.of(platform.broken());
            case THROTTLE -> Optional.of(platform.throttled());
            case SUCCESS_ERROR_BODY -> Optional.of(platform.broken().status(200));
            case RESET_BEFORE -> Optional.empty();
            case RESET_AFTER -> {
                effect(platform, route, false);
                yield Optional.empty();
            }
            case TIMEOUT_AFTER -> {
                var answer = effect(platform, route, false);
                Thread.sleep(fault.pause());
                yield Optional.of(answer);
            }
            case SLOW -> {
                Thread.sleep(fault.pause());
                yield Optional.of(effect(platform, route, false));
            }
            case MALFORMED -> Optional.of(effect(platform, route, false).torn());
            case STALE_READ -> Optional.of(effect(platform, route, true));
            case UNKNOWN_STATUS -> Optional.of(strange(fault, platform, route));
        };
    }

    /** Strikes only where the answer has a status. */
    private Answer strange(Faults.Fault fault, Platform platform, Routes.Route route)
            throws InterruptedException {
        var answer = effect(platform, route, false);
        var strange = Faults.strange(answer);
        if (!strange.body().equals(answer.body())) fault.struck().increment();
        return strange;
    }

    private Answer effect(Platform platform, Routes.Route route, boolean stale)
            throws InterruptedException {
        var refused = platform.refuse(route.call());
        if (refused.isPresent()) return refused.get();
        var key = platform.idempotencyKey(route.call());
        if (key.isEmpty()) {
            Thread.sleep(delay.get());
            return stage(platform).alone(stale, route::run);
        }
        var held = platform.name() + " " + key.get();
        if (!keysInUse.add(held)) return platform.keyInUse(route.call(), key.get());
        try {
            Thread.sleep(delay.get());
            return stage(platform).alone(stale, () -> once(platform, route, key.get()));
        } finally {
            keysInUse.remove(held);
        }
    }

    private Answer once(Platform platform, Routes.Route route, String key) {
        var state = stage(platform).state();
        var now = stage(platform).now();
        var content = fingerprint(route.call());
        var first =
                state.get(KEYS, key)
                        .filter(saved -> until(saved.path("until").asText()).isAfter(now));
        if (first.isPresent())
            return first.get().path("content").asText().equals(content)
                    ? replay(first.get())
                    : platform.keyMismatch(route.call(), key);
        var answer = route.run();
        if (answer.kept())
            state.put(
                    KEYS,
                    key,
                    Json.of(
                            "content", content,
                            "until", now.plus(platform.keyLife()).toString(),
                            "status", answer.status(),
                            "body", answer.body()));
        return answer;
    }

    private static Answer replay(JsonNode saved) {
        var type = Map.of("Content-Type", "application/json; charset=utf-8");
        return new Answer(saved.path("status").asInt(), type, saved.path("body").asText(), true)
                .with("Idempotent-Replayed", "true");
    }

    private static Instant until(String text) {
        return Instant.parse(text);
    }

    /** The same for calls that ask for the same, whatever the order of their fields. */
    private static String fingerprint(Call call) {
        var body = call.isJson() ? call.json() : Optional.of(call.form());
        var fields = body.map(json -> sorted(json)).orElseGet(() -> call.body());
        return call.method() + " " + call.path() + " " + fields;
    }

    private static String sorted(JsonNode json) {
        try {
            return Json.SORTED.writeValueAsString(Json.SORTED.treeToValue(json, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Stage stage(Platform platform) {
        return Optional.ofNullable(stages.get(platform.name())).orElseThrow();
    }
}
