package shop.unwind.once;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Step records in a map. */
public final class InMemoryStepRecords implements StepRecords {
    private final Map<String, StepRecord> records = new HashMap<>();

    /** {@link Once} over fresh records, for tests of other packages. */
    public static Once once(String platform, InstantSource clock) {
        var holders = new AtomicInteger();
        return new Once(
                new InMemoryStepRecords(), platform, clock, () -> "h" + holders.incrementAndGet());
    }

    @Override
    public synchronized Put create(String key, StepRecord record) {
        var standing = records.putIfAbsent(key, record);
        return standing == null ? new Put.Won() : new Put.Lost(Optional.of(standing));
    }

    @Override
    public synchronized Put replace(
            String key, String holder, StepRecord.Status status, StepRecord record) {
        var standing = Optional.ofNullable(records.get(key));
        var ours = standing.filter(was -> was.holder().equals(holder) && was.status() == status);
        if (ours.isEmpty()) return new Put.Lost(standing);
        records.put(key, record);
        return new Put.Won();
    }
}
