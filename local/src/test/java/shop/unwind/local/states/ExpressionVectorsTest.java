package shop.unwind.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language reference's numbered examples of expressions. */
class ExpressionVectorsTest {
    private static Lab.Run pass(String output, String input) {
        return Lab.of("Only: {Type: Pass, Output: %s, End: true}".formatted(output)).run(input);
    }

    private static String value(String expression) {
        return pass("\"{% " + expression + " %}\"", "{}").output().toString();
    }

    private static void assertUndefined(String expression) {
        var run = pass("\"{% " + expression + " %}\"", "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause()).endsWith("returned nothing (undefined).");
    }

    @Test
    void vector03_shouldFail_whenAFieldIsUndefined() {
        var run = pass("{v: '{% $states.input.nope %}'}", "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause())
                .isEqualTo(
                        "An error occurred while executing the state 'Only' (entered at the event"
                            + " id #2). The JSONata expression '$states.input.nope' specified for"
                            + " the field 'Output/v' returned nothing (undefined).");
    }

    @Test
    void vector03_shouldFail_whenAnElementIsUndefined() {
        var run = pass("{l: [1, '{% $states.input.nope %}']}", "{}");

        assertThat(run.cause()).contains("'Output/l[1]' returned nothing (undefined).");
    }

    @Test
    void vector04_shouldDrop_whenUndefinedInsideAConstructor() {
        assertThat(value("{'v': $states.input.nope, 'w': 1}")).isEqualTo("{\"w\":1}");
    }

    @Test
    void vector05_shouldKeepNull_whenInputIsNull() {
        assertThat(pass("{v: '{% $states.input.n %}'}", "{n: null}").output())
                .hasToString("{\"v\":null}");
    }

    @Test
    void vector06_shouldStayText_whenMarksDoNotEncloseTheWhole() {
        var run = pass("{a: ' {% 1 %}', b: 'x {% 1 %} y', c: '{% 1 %} ', d: '{%1%}'}", "{}");

        assertThat(run.output())
                .hasToString(
                        "{\"a\":\" {% 1 %}\",\"b\":\"x {% 1 %} y\",\"c\":\"{% 1 %} \",\"d\":1}");
    }

    @Test
    void vector24_shouldStayLocal_whenAnExpressionBinds() {
        var run =
                Lab.of(
                                """
                                Set: {Type: Pass, Assign: {x: 1}, Next: Bind}
                                Bind: {Type: Pass, Output: '{% ($x := 5; $x) %}', Next: Read}
                                Read: {Type: Pass, Output: ['{% $states.input %}', '{% $x %}'], End: true}
                                """)
                        .run("{}");

        assertThat(run.output()).hasToString("[5,1]");
    }

    @Test
    void vector25_shouldBeUnbound_whenAPassAsksForRetryCountOrTask() {
        var output =
                value("[$exists($states.context.State.RetryCount), $exists($states.context.Task)]");

        assertThat(output).isEqualTo("[false,false]");
    }

    @Test
    void vector27_shouldCollapse_whenASequenceHasOneElement() {
        var run =
                pass(
                        """
                        {one: '{% $states.input.xs[v>1] %}', list: '{% [$states.input.xs[v>1]] %}',
                         none: '{% [$states.input.xs[v>9]] %}', mapped: '{% $map([7], function($x){$x}) %}',
                         keys: "{% $keys({'a':1}) %}"}
                        """,
                        "{xs: [{v: 1}, {v: 2}]}");

        assertThat(run.output())
                .hasToString(
                        "{\"one\":{\"v\":2},\"list\":[{\"v\":2}],\"none\":[],\"mapped\":7,\"keys\":\"a\"}");
    }

    @Test
    void vector27_shouldBeUndefined_whenAFilterHitsNothing() {
        assertUndefined("$states.input.xs[v>9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$range(0,10,3) | [0,3,6,9]",
                "$range(1,9,9) | 1",
                "$range(5,1,-2) | [5,3,1]",
                "$partition([0,1,2],2) | [[0,1],[2]]",
                "$partition([0],1) | [[0]]",
                "$partition([0,1]) | [[0,1]]",
            })
    void vector28_shouldDivide_whenRangeOrPartition(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void vector29_shouldMatchAws_whenHashing() {
        assertThat(value("$hash('input','SHA-1')"))
                .isEqualTo("\"140f86aae51ab9e1cda9b4254fe98a74eb54c1a1\"");
        assertThat(value("$hash('input data','MD5')"))
                .isEqualTo("\"812f45842bc6d66ee14572ce20db8e86\"");
        assertThat(value("$random(42)")).isEqualTo("0.7275636800328681");
    }

    @Test
    void vector30_shouldParseStrictly_whenJsonText() {
        assertThat(value("$parse('-0')")).isEqualTo("0");
        assertThat(value("$parse('1.0')")).isEqualTo("1");
        assertThat(value("$parse('{\\\"Arg1\\\": 1, \\\"Arg2\\\": []}')"))
                .isEqualTo("{\"Arg1\":1,\"Arg2\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$eval('1') | T1006",
                "$parse('') | D3137",
                "$parse('1 2') | D3137",
                "$hash('x','CRC') | D3137",
                "$partition([1],-1) | D3137",
                "$uuid(1) | T0410",
                "$random(1,2) | T0410",
                "$toMillis('20240229') | D3110",
                "$number(' 1 ') | D3030",
                "1/0 | D1001",
            })
    void vector30_shouldFail_whenAFunctionRefuses(String expression, String code) {
        var run = pass("\"{% " + expression + " %}\"", "{}");

        assertThat(run.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(run.cause()).contains("threw an error during evaluation. " + code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$sum([{'q':2,'p':10},{'q':1,'p':12.5}].(q*p)) | 32.5",
                "$formatNumber(1999/100,'0.00') | 19.99",
                "$round(2.5) | 2",
                "6/2 | 3",
                "$sort([1,2.5,3,2]) | [1,2,2.5,3]",
                "$count(null) | 1",
                "$distinct([{'a':1},{'a':1}]) | [{a:1}]",
                "$string(100000000000000000000) | 100000000000000000000",
                "$encodeUrl('a b') | a%20b",
            })
    void vector31_shouldCalculate_whenNumbers(String expression, String expected) {
        assertThat(value(expression).replace("\"", "")).isEqualTo(expected);
    }

    @Test
    void vector32_shouldAddMillis_whenDates() {
        assertThat(value("$fromMillis($toMillis('2026-01-31T23:30:00Z')+3600000)"))
                .isEqualTo("\"2026-02-01T00:30:00.000Z\"");
    }

    @Test
    void vector33_shouldTreatUndefinedAsJsonataDoes_whenItIsAnOperand() {
        assertUndefined("$not($states.input.u)");
        assertThat(value("$not(null)")).isEqualTo("true");
        assertThat(
                        value(
                                "[null = false, $count($states.input.u), 'a' & $states.input.u &"
                                        + " 'b', $boolean('false')]"))
                .isEqualTo("[false,0,\"ab\",true]");
    }

    @Test
    void vector34_shouldIndexPerStep_whenNoBrackets() {
        var lines = "{lines: [{sku: [A1, A2]}, {sku: [B2]}, {sku: [C3]}]}";

        assertThat(pass("'{% $states.input.lines.sku[0] %}'", lines).output())
                .hasToString("[\"A1\",\"B2\",\"C3\"]");
        assertThat(pass("'{% ($states.input.lines.sku)[0] %}'", lines).output())
                .hasToString("\"A1\"");
    }

    @Test
    void vector39_shouldKeepKeys_whenTheyEndInDollar() {
        var run = pass("{l: [1, '{% $states.input.a %}'], k.$: $.a}", "{a: 2}");

        assertThat(run.output()).hasToString("{\"l\":[1,2],\"k.$\":\"$.a\"}");
    }

    @Test
    void result_shouldBeUnsupported_whenItIsAFunction() {
        assertThat(pass("'{% $sum %}'", "{}").cause())
                .endsWith("returned an unsupported result type.");
    }

    @Test
    void wideInteger_shouldStayExact_whenItPassesThrough() {
        var run = pass("'{% $states.input.n %}'", "{n: 9007199254740993}");

        assertThat(run.output()).hasToString("9007199254740993");
    }

    @Test
    void wholeDouble_shouldLeaveAsInteger_whenInputHasAFraction() {
        assertThat(pass("'{% $states.input.n %}'", "{n: 3.0}").output()).hasToString("3");
    }
}
