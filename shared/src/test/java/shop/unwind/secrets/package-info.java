@NullMarked
package shop.unwind.secrets;

import org.jspecify.annotations.NullMarked;
