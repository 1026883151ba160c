/**
 * Decides by policy what is taken back. The rules stand in order of precedence; the first that
 * speaks decides. Nothing here reads a clock or calls anybody: the same facts give the same
 * decision.
 */
@NullMarked
package shop.unwind.decide;

import org.jspecify.annotations.NullMarked;
