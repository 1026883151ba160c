@NullMarked
package shop.unwind.event;

import org.jspecify.annotations.NullMarked;
