@NullMarked
package shop.unwind.local.campaign;

import org.jspecify.annotations.NullMarked;
