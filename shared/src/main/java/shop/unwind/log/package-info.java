/**
 * One JSON line per thing that happened, and metrics beside it, without secrets or personal data.
 */
@NullMarked
package shop.unwind.log;

import org.jspecify.annotations.NullMarked;
