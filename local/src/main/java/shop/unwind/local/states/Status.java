package shop.unwind.local.states;

/** How an execution stands, in AWS's words. */
enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
}
