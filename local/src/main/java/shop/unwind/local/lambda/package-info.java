/** Lambda: functions from their built archives, in this process, bytes in and bytes out. */
@NullMarked
package shop.unwind.local.lambda;

import org.jspecify.annotations.NullMarked;
