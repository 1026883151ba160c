/** The entry points' common parts: events in, answers out, clients, priming before a snapshot. */
@NullMarked
package shop.unwind.function;

import org.jspecify.annotations.NullMarked;
