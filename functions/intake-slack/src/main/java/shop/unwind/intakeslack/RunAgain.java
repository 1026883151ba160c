package shop.unwind.intakeslack;

import shop.unwind.domain.Request;
import shop.unwind.domain.Source;
import shop.unwind.domain.Wish;
import shop.unwind.queue.Requests;

import java.time.InstantSource;
import java.util.Optional;

/** Asks for a case once more. */
final class RunAgain {
    private final Requests requests;
    private final InstantSource clock;

    RunAgain(Requests requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    void ask(Press press) {
        requests.send(
                new Request(
                        "slack-run-again-" + press.at() + "-" + press.user(),
                        Source.STAFF,
                        new Wish.RunAgain(press.user()),
                        Optional.of(CaseIds.of(press.value()).order()),
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant()));
    }
}
