package shop.unwind.config;

import shop.unwind.problem.Misconfigured;

import java.util.Optional;

/**
 * The function's environment variables. A system property of the same name wins, as it does for the
 * settings of the AWS SDK.
 */
public final class Environment {
    private Environment() {}

    public static String required(String name) {
        return optional(name).orElseThrow(() -> new Misconfigured("environment variable " + name));
    }

    public static Optional<String> optional(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .filter(value -> !value.isBlank());
    }
}
