package shop.unwind.local.states;

/** A scope has failed for good: nothing in it retries or catches this. */
final class Broken extends Exception {
    private final Failure failure;

    Broken(Failure failure) {
        super(failure.cause(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
