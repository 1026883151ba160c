package shop.unwind.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import shop.unwind.local.template.Template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class VariablesTest {
    private static final String NAME = "UNWIND_VARIABLES_TEST";

    @Test
    void variables_shouldBePropertiesUntilClosed_whenFunctionsAgree() {
        var functions = List.of(function("a", "1"), function("b", "1"));

        try (var variables = Variables.of(functions)) {
            assertThat(System.getProperty(NAME)).isEqualTo("1");
            variables.set(NAME, "2");
            assertThat(System.getProperty(NAME)).isEqualTo("2");
        }

        assertThat(System.getProperty(NAME)).isNull();
    }

    @Test
    void variables_shouldBeRefused_whenFunctionsDisagree() {
        var functions = List.of(function("a", "1"), function("b", "2"));

        assertThatThrownBy(() -> Variables.of(functions))
                .hasMessageContaining("a and b give the variable " + NAME + " different values");
    }

    private static Template.Function function(String name, String value) {
        return new Template.Function(
                name,
                Path.of("none.zip"),
                "a.B",
                Duration.ofSeconds(3),
                128,
                Map.of(NAME, value),
                new Template.Asynchronous(2, Optional.empty()));
    }
}
