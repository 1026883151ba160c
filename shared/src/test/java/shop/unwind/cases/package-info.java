@NullMarked
package shop.unwind.cases;

import org.jspecify.annotations.NullMarked;
