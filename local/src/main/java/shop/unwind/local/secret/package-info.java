/** Secrets Manager, read from JSON. */
@NullMarked
package shop.unwind.local.secret;

import org.jspecify.annotations.NullMarked;
