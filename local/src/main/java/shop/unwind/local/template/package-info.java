/** What {@code template.yaml} says: its tags resolved, its resources as records. */
@NullMarked
package shop.unwind.local.template;

import org.jspecify.annotations.NullMarked;
