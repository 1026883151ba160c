@NullMarked
package shop.unwind.http;

import org.jspecify.annotations.NullMarked;
