package shop.unwind.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import shop.unwind.problem.Paused;
import shop.unwind.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The workflow catches problems by the full name of their class: each name must exist. */
class WorkflowNamesTest {
    private static final Pattern NAME = Pattern.compile("shop\\.unwind\\.problem\\.\\w+");

    @ParameterizedTest
    @MethodSource("namesInTheWorkflow")
    @DisplayName("every problem that the workflow names is one")
    void nameExists(String name) throws ClassNotFoundException {
        assertThat(Problem.class).isAssignableFrom(Class.forName(name));
    }

    @Test
    @DisplayName("every kind of problem is final and stands at the top level")
    void kindsAreStable() {
        assertThat(Problem.class.getPermittedSubclasses())
                .allSatisfy(
                        kind -> {
                            assertThat(kind.getEnclosingClass()).isNull();
                            assertThat(kind.getPackage()).isEqualTo(Problem.class.getPackage());
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Update ledger", "Tell one"})
    @DisplayName("whatever befalls such a step, staff read its words and no class's name")
    void wordsAreCaught(String state) throws IOException {
        var kinds =
                Stream.of(Problem.class.getPermittedSubclasses())
                        .filter(kind -> kind != Paused.class)
                        .map(Class::getName)
                        .toList();
        var definition = Files.readString(Path.of("../functions/workflow.asl.yaml"));
        var catches = definition.substring(definition.indexOf("        " + state + ":\n"));

        assertThat(catches.substring(catches.indexOf("Catch:"), catches.indexOf("Output: {")))
                .contains(kinds);
    }

    static Stream<String> namesInTheWorkflow() throws IOException {
        var definition = Files.readString(Path.of("../functions/workflow.asl.yaml"));
        return NAME.matcher(definition)
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.equals(Problem.class.getPackageName()))
                .distinct()
                .sorted();
    }
}
