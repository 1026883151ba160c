@NullMarked
package shop.unwind.decide;

import org.jspecify.annotations.NullMarked;
