@NullMarked
package shop.unwind.config;

import org.jspecify.annotations.NullMarked;
