/**
 * Each step of a case takes effect once, through retries, duplicates, crashes between effect and
 * record, and reruns. One record per step in DynamoDB says how far it got; a step whose outcome is
 * unknown is looked up at the platform before it is done again.
 */
@NullMarked
package shop.unwind.once;

import org.jspecify.annotations.NullMarked;
