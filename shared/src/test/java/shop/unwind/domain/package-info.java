@NullMarked
package shop.unwind.domain;

import org.jspecify.annotations.NullMarked;
