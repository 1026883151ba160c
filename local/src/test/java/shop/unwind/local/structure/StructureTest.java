package shop.unwind.local.structure;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may see whom. */
class StructureTest {
    private static final Set<String> FLOATING =
            Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private static JavaClasses functions;
    private static JavaClasses shared;

    @BeforeAll
    static void read() throws IOException {
        var importer = new ClassFileImporter();
        try (var modules = Files.list(Path.of("../functions"))) {
            functions =
                    importer.importPaths(
                            modules.map(module -> module.resolve("target/classes"))
                                    .filter(Files::isDirectory)
                                    .toList());
        }
        shared = importer.importPath(Path.of("../shared/target/classes"));
    }

    @Test
    @DisplayName("functions see shared only, never one another")
    void functionsApart() {
        assertThat(functions).hasSizeGreaterThan(50);
        var packages = functions.stream().map(JavaClass::getPackageName).distinct().toList();
        for (var one : packages) {
            var others = packages.stream().filter(other -> !other.equals(one));
            noClasses()
                    .that(resideInAPackage(one))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others.toArray(String[]::new)))
                    .check(functions);
        }
    }

    @Test
    @DisplayName("nothing sees local")
    void nothingSeesLocal() {
        for (var classes : new JavaClasses[] {functions, shared})
            noClasses()
                    .should()
                    .dependOnClassesThat(resideInAPackage("shop.unwind.local.."))
                    .check(classes);
    }

    @Test
    @DisplayName("R9: no float or double is kept, taken, given or asked for")
    void noFloatingPoint() {
        var classes = Stream.of(functions, shared).flatMap(JavaClasses::stream);

        assertThat(classes.flatMap(StructureTest::floating)).isEmpty();
    }

    private static Stream<String> floating(JavaClass type) {
        var fields =
                type.getFields().stream()
                        .filter(field -> isFloating(field.getRawType()))
                        .map(JavaField::getFullName);
        var methods =
                type.getCodeUnits().stream()
                        .filter(
                                one ->
                                        isFloating(
                                                one.getRawReturnType(), one.getRawParameterTypes()))
                        .map(JavaCodeUnit::getFullName);
        var calls =
                type.getCodeUnitCallsFromSelf().stream()
                        .filter(
                                call ->
                                        isFloating(
                                                call.getTarget().getRawReturnType(),
                                                call.getTarget().getRawParameterTypes()))
                        .map(call -> call.getDescription());
        return Stream.of(fields, methods, calls).flatMap(each -> each);
    }

    private static boolean isFloating(JavaClass given, List<JavaClass> taken) {
        return isFloating(given) || taken.stream().anyMatch(StructureTest::isFloating);
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getBaseComponentType().getName());
    }

    @Test
    @DisplayName("the domain knows neither AWS nor HTTP nor JSON, nor any other package of ours")
    void domainAlone() {
        noClasses()
                .that(resideInAPackage("shop.unwind.domain.."))
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("shop.unwind.domain..", "java..", "org.jspecify..")))
                .check(shared);
    }
}
