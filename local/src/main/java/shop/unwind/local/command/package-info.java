/** What a person starts: the local run, the demo, the benchmarks. */
@NullMarked
package shop.unwind.local.command;

import org.jspecify.annotations.NullMarked;
