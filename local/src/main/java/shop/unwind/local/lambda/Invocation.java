package shop.unwind.local.lambda;

/** How one invocation ended. */
public sealed interface Invocation {

    /** What the function wrote, or Lambda's error object; JSON if the function kept to it. */
    String payload();

    record Answered(String payload) implements Invocation {}

    /**
     * The function threw or ran out of time.
     *
     * @param errorType the exception's class name, or {@code Sandbox.Timedout}
     * @param payload {@code {errorMessage, errorType, stackTrace}}
     */
    record Failed(String errorType, String errorMessage, String payload) implements Invocation {}
}
