package shop.unwind.once;

import shop.unwind.domain.Outcome;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a step got.
 *
 * @param holder a random id of the invocation that wrote the record: tells "I won" from "somebody
 *     else did" when the SDK repeats a put whose answer was lost
 * @param number of the attempt, from 1
 * @param blind sends made without being able to look first
 * @param sentAt when it was last about to be sent
 */
record StepRecord(
        Status status,
        String holder,
        int number,
        int blind,
        Instant sentAt,
        Instant leaseEndsAt,
        Optional<Outcome> outcome) {

    enum Status {
        /** Somebody is at it until the lease ends; after that its outcome is unknown. */
        STARTED,
        /** Given back: nothing was sent. */
        CLEAR,
        /** Sent without a clear answer: look before acting. */
        UNSURE,
        DONE,
        /** Definitely refused. Doing it again needs a new number. */
        FAILED
    }

    StepRecord with(Status next) {
        return new StepRecord(next, holder, number, blind, sentAt, leaseEndsAt, outcome);
    }

    StepRecord sent(Instant now) {
        return new StepRecord(status, holder, number, blind, now, leaseEndsAt, outcome);
    }

    StepRecord sentBlindly(Instant now) {
        return new StepRecord(status, holder, number, blind + 1, now, leaseEndsAt, outcome);
    }

    StepRecord done(Outcome result) {
        return new StepRecord(
                Status.DONE, holder, number, blind, sentAt, leaseEndsAt, Optional.of(result));
    }
}
