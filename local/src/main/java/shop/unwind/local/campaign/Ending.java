package shop.unwind.local.campaign;

/**
 * How an execution ended.
 *
 * @param status the history's last word, such as {@code ExecutionFailed}
 * @param cause empty when it succeeded
 */
record Ending(String status, String cause) {
    boolean isSuccess() {
        return status.equals("ExecutionSucceeded");
    }
}
