@NullMarked
package shop.unwind.local.command;

import org.jspecify.annotations.NullMarked;
