@NullMarked
package shop.unwind.magento;

import org.jspecify.annotations.NullMarked;
