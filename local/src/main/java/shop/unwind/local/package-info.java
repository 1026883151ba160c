/** The template run on one machine: the parts that play AWS, and the sandbox of platforms. */
@NullMarked
package shop.unwind.local;

import org.jspecify.annotations.NullMarked;
