/** Secrets and the tokens that platforms issue. Neither shows itself in a log line. */
@NullMarked
package shop.unwind.secrets;

import org.jspecify.annotations.NullMarked;
