package shop.unwind.local.bench;

import java.time.Instant;

/**
 * The times of one case.
 *
 * @param sent the customer's request
 * @param accepted its answer has come
 * @param ended the execution
 */
record CaseTimes(Instant sent, Instant accepted, Instant ended) {}
