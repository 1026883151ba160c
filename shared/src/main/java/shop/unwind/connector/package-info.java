/**
 * What a platform's module implements, and everything that is done once for all of them: JSON in
 * and out, step records, the refund gate, secrets, log, metrics and priming.
 */
@NullMarked
package shop.unwind.connector;

import org.jspecify.annotations.NullMarked;
