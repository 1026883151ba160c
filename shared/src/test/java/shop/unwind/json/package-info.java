@NullMarked
package shop.unwind.json;

import org.jspecify.annotations.NullMarked;
