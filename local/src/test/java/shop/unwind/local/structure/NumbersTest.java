package shop.unwind.local.structure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules R1..R10 and the cases that other systems get wrong, C1..C50: a test that proves one
 * says its number in its display name. The report's table shows which test proves what.
 */
class NumbersTest {
    /** Cases of platforms and sources that are not there yet. */
    private static final Map<String, String> NOT_YET =
            new TreeMap<>(
                    Map.of(
                            "C6", "needs a ledger",
                            "C10", "needs a logistics provider",
                            "C15", "needs stock at several locations",
                            "C17", "needs an inventory system: Shopify restocks by itself",
                            "C19", "needs an inventory system",
                            "C42", "needs Etsy",
                            "C43", "needs Amazon"));

    private static final Pattern NAME =
            Pattern.compile("@DisplayName\\((.*?)\\)\\s*\\R\\s*[@\\w]", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\b[CR]\\d{1,2}\\b");

    @Test
    @DisplayName("every rule, and every case that can apply by now, has a test with its number")
    void everyNumberIsProved() {
        var proofs = proofs();
        System.out.println(table(proofs));

        assertThat(proofs).containsKeys(wanted().toArray(String[]::new));
        assertThat(proofs).doesNotContainKeys(NOT_YET.keySet().toArray(String[]::new));
    }

    /** Refunds, fulfilment, stock, disputes, events, and the amounts that all of them need. */
    private static List<String> wanted() {
        var rules = IntStream.rangeClosed(1, 10).mapToObj(number -> "R" + number);
        var cases =
                Stream.of(
                                IntStream.rangeClosed(1, 19),
                                IntStream.rangeClosed(22, 24),
                                IntStream.rangeClosed(27, 49))
                        .flatMap(IntStream::boxed)
                        .map(number -> "C" + number)
                        .filter(number -> !NOT_YET.containsKey(number));
        return Stream.concat(rules, cases).toList();
    }

    /** Which display names bear which number. */
    private static Map<String, List<String>> proofs() {
        var proofs = new TreeMap<String, List<String>>(Comparator.comparing(NumbersTest::padded));
        for (var source : sources())
            NAME.matcher(source)
                    .results()
                    .map(found -> text(found.group(1)))
                    .forEach(name -> note(name, proofs));
        return proofs;
    }

    private static void note(String name, Map<String, List<String>> proofs) {
        NUMBER.matcher(name)
                .results()
                .map(found -> found.group())
                .distinct()
                .forEach(
                        number -> proofs.computeIfAbsent(number, _ -> new ArrayList<>()).add(name));
    }

    /** The literal that several of them, joined by plus, make. */
    private static String text(String literals) {
        return TEXT.matcher(literals)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining());
    }

    private static List<String> sources() {
        try (var files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(NumbersTest::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String table(Map<String, List<String>> proofs) {
        var lines = new ArrayList<String>();
        proofs.forEach(
                (number, names) ->
                        names.forEach(name -> lines.add("%-4s %s".formatted(number, name))));
        NOT_YET.forEach((number, why) -> lines.add("%-4s not yet: %s".formatted(number, why)));
        return String.join("\n", lines);
    }

    private static String padded(String number) {
        return "%s%02d".formatted(number.charAt(0), Integer.parseInt(number.substring(1)));
    }
}
