/**
 * Step Functions Standard on one machine: the Amazon States Language in JSONata mode. What stands
 * in a definition and is not played here is refused by name and place when it is loaded.
 */
@NullMarked
package shop.unwind.local.states;

import org.jspecify.annotations.NullMarked;
