/** JSON in and out: one mapper for our records, strict reading for documents that people write. */
@NullMarked
package shop.unwind.json;

import org.jspecify.annotations.NullMarked;
