/** Starts the state machine; only functions that start cases carry its client. */
@NullMarked
package shop.unwind.workflow;

import org.jspecify.annotations.NullMarked;
