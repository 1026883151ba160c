@NullMarked
package shop.unwind.disputes;

import org.jspecify.annotations.NullMarked;
