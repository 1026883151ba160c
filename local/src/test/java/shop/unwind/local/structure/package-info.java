@NullMarked
package shop.unwind.local.structure;

import org.jspecify.annotations.NullMarked;
