@NullMarked
package shop.unwind.file;

import org.jspecify.annotations.NullMarked;
