@NullMarked
package shop.unwind.local.bench;

import org.jspecify.annotations.NullMarked;
