@NullMarked
package shop.unwind.connector;

import org.jspecify.annotations.NullMarked;
