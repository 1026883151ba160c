package shop.unwind.local.lambda;

import java.time.Duration;

/**
 * What one function has used so far.
 *
 * @param environments how many had to be made, each a cold start in Lambda
 * @param billed the sum of all invocations, each rounded up to a millisecond, without init
 */
public record FunctionUse(
        String function,
        int memoryMegabytes,
        long invocations,
        long failures,
        long environments,
        Duration billed,
        Duration longest) {}
