package shop.unwind.local.lambda;

import shop.unwind.local.AwsError;
import shop.unwind.local.template.Arns;
import shop.unwind.local.template.Template;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of a template, invoked in this process. */
public final class Lambda implements AutoCloseable {
    private final Map<String, FunctionPool> pools;

    private Lambda(Map<String, FunctionPool> pools) {
        this.pools = pools;
    }

    /**
     * Makes every function ready; their handlers are made when first needed.
     *
     * @param cache where archives are unpacked, kept from run to run
     * @throws IllegalArgumentException an archive is not there
     */
    public static Lambda of(List<Template.Function> functions, Path cache, RunLog log) {
        return new Lambda(
                functions.parallelStream()
                        .map(function -> pool(function, cache, log))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        pool -> pool.function().name(), pool -> pool)));
    }

    /**
     * Invokes a function and waits for its end.
     *
     * @param reference its name, its ARN, or the ARN of its alias
     * @throws AwsError {@code ResourceNotFoundException}: there is no such function
     */
    public Invocation invoke(String reference, String payload) {
        try {
            return pool(reference).invoke(payload);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run ends: " + reference, interrupted);
        }
    }

    /** The function's record in the template. */
    public Template.Function function(String reference) {
        return pool(reference).function();
    }

    /** What the function was first invoked with, for whoever wants to play that again. */
    public Optional<String> firstPayload(String reference) {
        return pool(reference).firstPayload();
    }

    /** What every function has used so far, by name. */
    public List<FunctionUse> use() {
        return pools.values().stream()
                .map(FunctionPool::use)
                .sorted(Comparator.comparing(FunctionUse::function))
                .toList();
    }

    @Override
    public void close() {
        pools.values().forEach(FunctionPool::close);
    }

    private static FunctionPool pool(Template.Function function, Path cache, RunLog log) {
        return new FunctionPool(function, FunctionCode.of(function, cache), log);
    }

    private FunctionPool pool(String reference) {
        var pool = pools.get(Arns.functionName(reference));
        if (pool == null)
            throw new AwsError("ResourceNotFoundException", "Function not found: " + reference);
        return pool;
    }
}
