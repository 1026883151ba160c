package shop.unwind.local.campaign;

/** The moments at which a function can stop. */
enum Death {
    AT_ONCE("stopped before it did anything", "Runtime.ExitError"),
    BEFORE_RECORD("stopped between effect and record", "Runtime.ExitError"),
    BEFORE_ANSWER("stopped between record and answer", "Runtime.ExitError"),
    TIMED_OUT("ran out of time after the effect", "Sandbox.Timedout");

    private final String words;
    private final String error;

    Death(String words, String error) {
        this.words = words;
        this.error = error;
    }

    /** What Lambda calls it. */
    String error() {
        return error;
    }

    /** Whether nothing is written after the effect. */
    boolean losesRecord() {
        return this == BEFORE_RECORD || this == TIMED_OUT;
    }

    boolean suits(Point point) {
        return point.isRecorded() || !losesRecord();
    }

    @Override
    public String toString() {
        return words;
    }
}
