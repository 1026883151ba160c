package shop.unwind.local.campaign;

import java.util.List;

/**
 * What became of one order.
 *
 * @param reason why staff must look; empty when they need not
 * @param repeated messages that were said twice, as they may be where a platform cannot tell
 */
record Judgement(Plot plot, End end, String reason, List<Broken> broken, int repeated) {
    enum End {
        DONE,
        ATTENTION,
        /** In the dead-letter queue. */
        PARKED,
        LOST
    }

    Judgement {
        broken = List.copyOf(broken);
    }

    boolean isWrong() {
        return !broken.isEmpty();
    }

    boolean breaks(String rule) {
        return broken.stream().anyMatch(each -> each.rule().equals(rule));
    }
}
