package shop.unwind.local.states;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What AWS refuses in an expression when a machine is created. */
final class ExpressionChecks {
    private static final Pattern OPAQUE =
            Pattern.compile(
                    "/\\*.*?\\*/|\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'|`[^`]*`"
                            + "|(?<=[(,=>\\[{:?;])\\s*/(\\\\.|[^/\\\\])+/[im]*",
                    Pattern.DOTALL);
    private static final Pattern NEWER = Pattern.compile("\\?\\?|\\?:");

    /** Fields of a node that are evaluated against what stands before them. */
    private static final Set<String> CONTEXTUAL =
            Set.of("predicate", "stages", "group", "terms", "pattern", "update", "delete");

    private final Place place;
    private final Set<String> variables = new TreeSet<>();

    private ExpressionChecks(Place place) {
        this.place = place;
    }

    /** Refuses what AWS refuses and gives the names of the variables that the expression reads. */
    static Set<String> variables(String text, Place place) {
        refuseNewerOperators(text, place);
        var checks = new ExpressionChecks(place);
        checks.walk(parse(text, place), false);
        return checks.variables;
    }

    private static void refuseNewerOperators(String text, Place place) {
        var found = NEWER.matcher(OPAQUE.matcher(text).replaceAll("''"));
        if (found.find())
            throw invalid(
                    place, "S0211: The operator " + found.group() + " is not part of JSONata 2.0");
    }

    private static Ast parse(String text, Place place) {
        try {
            return Ast.parse(text);
        } catch (RuntimeException | StackOverflowError unparsable) {
            throw invalid(place, String.valueOf(unparsable.getMessage()));
        }
    }

    private static RuntimeException invalid(Place place, String message) {
        return place.refusal("INVALID_JSONATA_EXPRESSION", message);
    }

    private void walk(Ast node, boolean contextual) {
        if (node.is("variable")) variable(node.value(), contextual);
        if (!contextual
                && (node.is("name")
                        || node.is("wildcard")
                        || node.is("descendant")
                        || node.is("parent"))) throw topLevel(node.value());
        if (node.is("path")) refuseErrorOutput(node);
        node.children().forEach(child -> walk(child.node(), contextual || contextual(child)));
    }

    private static boolean contextual(Ast.Child child) {
        return CONTEXTUAL.contains(child.field())
                || (child.field().equals("steps") && child.index() > 0);
    }

    private void variable(String name, boolean contextual) {
        if (name.equals("$") || (name.isEmpty() && !contextual)) throw topLevel("$" + name);
        variables.add(name);
    }

    private RuntimeException topLevel(String name) {
        return place.refusal(
                "UNSUPPORTED_JSONATA_EXPRESSION",
                "Reference to '%s' at the top level is not supported.".formatted(name));
    }

    private void refuseErrorOutput(Ast path) {
        var steps = path.list("steps");
        var named =
                steps.size() > 1
                        && steps.get(0).is("variable", "states")
                        && steps.get(1).is("name", "errorOutput");
        if (named && !place.catcher())
            throw place.refusal(
                    "UNSUPPORTED_JSONATA_EXPRESSION",
                    "$states.errorOutput is only available in a catcher's Output and Assign.");
    }
}
