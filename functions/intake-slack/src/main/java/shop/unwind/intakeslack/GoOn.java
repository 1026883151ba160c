package shop.unwind.intakeslack;

import shop.unwind.breaker.MoneyBreaker;
import shop.unwind.function.BadRequest;
import shop.unwind.log.Log;

/** Ends a pause of automatic refunds. */
final class GoOn {
    private final MoneyBreaker breaker;

    GoOn(MoneyBreaker breaker) {
        this.breaker = breaker;
    }

    /** Ends the pause that the button names; a second press changes nothing. */
    void after(Press press, Log log) {
        var ended = breaker.goOn(pause(press.value()), press.user());
        log.info(ended ? "refunds go on, says " + press.user() : "that pause is over already");
    }

    private static int pause(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
            throw new BadRequest(400, "value: the number of a pause was expected");
        }
    }
}
