package shop.unwind.local.bench;

import java.time.Duration;
import java.util.List;

/**
 * Many cases, and all that was recorded meanwhile.
 *
 * @param atOnce how many customers asked side by side, each again when his case had ended
 * @param delay of every platform call
 * @param calls the latest 2,000
 */
record Run(
        int atOnce, Duration delay, List<CaseTimes> cases, List<PlatformCall> calls, Usage used) {

    /** The calls made for a case that had the system to itself. */
    List<PlatformCall> calls(CaseTimes one) {
        return calls.stream().filter(call -> call.isWithin(one.sent(), one.ended())).toList();
    }
}
