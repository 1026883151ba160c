package shop.unwind.local.bench;

import shop.unwind.local.command.Machine;
import shop.unwind.local.lambda.FunctionUse;
import shop.unwind.local.table.TableUse;
import shop.unwind.local.template.Arns;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What AWS would bill.
 *
 * @param transitions of the state machine: states entered and attempts repeated
 * @param megabyteMillis of functions: memory times duration, each invocation rounded up
 * @param routed requests to the HTTP API, each of which invokes a function
 * @param batches taken from queues by functions
 */
record Usage(
        long transitions,
        long invocations,
        long megabyteMillis,
        long routed,
        long batches,
        TableUse tables,
        long logBytes) {

    /**
     * So far.
     *
     * @param executions ARNs of those whose transitions count
     */
    static Usage of(Machine machine, Collection<String> executions, long logBytes) {
        var stack = machine.stack();
        var template = stack.template();
        var used = stack.lambda().use();
        return new Usage(
                transitions(machine, executions),
                used.stream().mapToLong(FunctionUse::invocations).sum(),
                used.stream().mapToLong(Usage::megabyteMillis).sum(),
                invocations(
                        used,
                        template.routes().stream()
                                .map(route -> Arns.functionName(route.function()))
                                .collect(Collectors.toUnmodifiableSet())),
                invocations(
                        used,
                        template.mappings().stream()
                                .map(mapping -> Arns.functionName(mapping.function()))
                                .collect(Collectors.toUnmodifiableSet())),
                stack.tables().use(),
                logBytes);
    }

    Usage minus(Usage earlier) {
        return new Usage(
                transitions - earlier.transitions,
                invocations - earlier.invocations,
                megabyteMillis - earlier.megabyteMillis,
                routed - earlier.routed,
                batches - earlier.batches,
                tables.minus(earlier.tables),
                logBytes - earlier.logBytes);
    }

    private static long transitions(Machine machine, Collection<String> executions) {
        var engine = machine.executions().engine();
        return executions.stream().mapToLong(engine::transitions).sum();
    }

    private static long megabyteMillis(FunctionUse use) {
        return use.memoryMegabytes() * use.billed().toMillis();
    }

    private static long invocations(Collection<FunctionUse> used, Set<String> functions) {
        return used.stream()
                .filter(use -> functions.contains(use.function()))
                .mapToLong(FunctionUse::invocations)
                .sum();
    }
}
