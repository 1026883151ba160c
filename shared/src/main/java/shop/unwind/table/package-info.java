/** DynamoDB items as we write them. */
@NullMarked
package shop.unwind.table;

import org.jspecify.annotations.NullMarked;
