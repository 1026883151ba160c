/** What customers and staff read, made from what has happened and nothing else. */
@NullMarked
package shop.unwind.words;

import org.jspecify.annotations.NullMarked;
