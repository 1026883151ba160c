/** Events of platforms as requests, for platforms whose events come in on more than one way. */
@NullMarked
package shop.unwind.event;

import org.jspecify.annotations.NullMarked;
