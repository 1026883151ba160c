@NullMarked
package shop.unwind.words;

import org.jspecify.annotations.NullMarked;
