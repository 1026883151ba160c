/** The budgets, measured in one run: throughput, latency, cold starts, archive sizes, cost. */
@NullMarked
package shop.unwind.local.bench;

import org.jspecify.annotations.NullMarked;
