/**
 * The money breaker: automatic refunds pause above a configured count or sum per hour and day,
 * until a person says "go on"; what was held then goes on in order.
 */
@NullMarked
package shop.unwind.breaker;

import org.jspecify.annotations.NullMarked;
