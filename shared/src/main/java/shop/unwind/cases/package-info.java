/**
 * What is known of each order being taken back: its requests, the case's head, the order as last
 * read, decisions, approvals and the timeline. One table, partitioned by order.
 */
@NullMarked
package shop.unwind.cases;

import org.jspecify.annotations.NullMarked;
