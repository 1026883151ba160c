@NullMarked
package shop.unwind.intakepaypal;

import org.jspecify.annotations.NullMarked;
