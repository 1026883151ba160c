/**
 * What an operator sets: the function's environment, the store document (platforms, who moves the
 * money, who is told) and the policy document. Documents are immutable versions in DynamoDB,
 * validated as a whole, cached with a maximum age.
 */
@NullMarked
package shop.unwind.config;

import org.jspecify.annotations.NullMarked;
