/** The whole template running: every part started and wired. */
@NullMarked
package shop.unwind.local.stack;

import org.jspecify.annotations.NullMarked;
