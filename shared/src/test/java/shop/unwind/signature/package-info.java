@NullMarked
package shop.unwind.signature;

import org.jspecify.annotations.NullMarked;
