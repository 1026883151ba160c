@NullMarked
package shop.unwind.slack;

import org.jspecify.annotations.NullMarked;
