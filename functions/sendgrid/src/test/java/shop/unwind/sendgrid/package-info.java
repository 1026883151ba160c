@NullMarked
package shop.unwind.sendgrid;

import org.jspecify.annotations.NullMarked;
