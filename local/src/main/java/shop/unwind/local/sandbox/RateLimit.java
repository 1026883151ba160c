package shop.unwind.local.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A leaky bucket: so many points at most, so many restored each second. */
final class RateLimit {
    private final double maximum;
    private final double perSecond;
    private final InstantSource clock;
    private double available;
    private Instant at;

    RateLimit(double maximum, double perSecond, InstantSource clock) {
        this.maximum = maximum;
        this.perSecond = perSecond;
        this.clock = clock;
        this.available = maximum;
        this.at = clock.instant();
    }

    /** Takes the points, or nothing when fewer are there. */
    synchronized boolean take(double points) {
        restore();
        if (available < points) return false;
        available -= points;
        return true;
    }

    synchronized double available() {
        restore();
        return available;
    }

    double maximum() {
        return maximum;
    }

    double perSecond() {
        return perSecond;
    }

    private void restore() {
        var now = clock.instant();
        var seconds = Duration.between(at, now).toNanos() / 1e9;
        available = Math.min(maximum, available + Math.max(0, seconds) * perSecond);
        at = now;
    }
}
