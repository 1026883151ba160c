/** Every connector against the sandbox: the same promises that its own module tries on answers. */
@NullMarked
package shop.unwind.local.connectors;

import org.jspecify.annotations.NullMarked;
