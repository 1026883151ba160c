/** DynamoDB, played by AWS's own DynamoDB Local without its HTTP server. */
@NullMarked
package shop.unwind.local.table;

import org.jspecify.annotations.NullMarked;
