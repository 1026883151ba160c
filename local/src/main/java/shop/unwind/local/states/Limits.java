package shop.unwind.local.states;

/** Quotas of Step Functions Standard. */
final class Limits {
    /** The longest time-out, and the time-out of a task that names none. */
    static final int MOST_SECONDS = 99_999_999;

    /** The iterations of one inline Map that run at once. */
    static final int ITERATIONS = 40;

    /** The events of one execution. */
    static final int EVENTS = 25_000;

    /** Bytes of all variables of an execution. */
    static final int VARIABLES = 10 << 20;

    /** Characters of the name of a state, a variable or an execution. */
    static final int NAME = 80;

    /** Characters of the error and the cause that StopExecution and SendTaskFailure take. */
    static final int ERROR = 256;

    static final int CAUSE = 32_768;

    private Limits() {}
}
