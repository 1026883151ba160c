package shop.unwind.local.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad requests to {@code POST /webhooks/slack}. */
final class SlackPresses {
    private static final String PATH = "/webhooks/slack";
    private static final String TIME = "X-Slack-Request-Timestamp";
    private static final String SIGNATURE = "X-Slack-Signature";
    private static final String UNSIGNED = "a recent signature of Slack's was expected";

    private final World world;
    private final Signer signer;

    SlackPresses(World world) {
        this.world = world;
        this.signer = world.signer();
    }

    List<Row> rows() {
        return Stream.of(
                        signatures(),
                        times(),
                        forms(),
                        presses(),
                        values(),
                        passedOver(),
                        methods(),
                        Smuggling.rows(PATH, 401))
                .flatMap(List::stream)
                .toList();
    }

    /** A press as Slack sends it. */
    static byte[] press(Signer signer, String payload) {
        return message(signer, form(payload)).bytes();
    }

    /** An approver presses Approve. */
    static Draft approve(String question) {
        return payload(action("approve_cancellation", question)).with("user", "{\"id\":\"U0111\"}");
    }

    private static Draft payload(Draft action) {
        return Draft.empty()
                .text("type", "block_actions")
                .with("team", "{\"id\":\"T0ACME001\"}")
                .with("actions", "[" + action.json() + "]");
    }

    private static Draft action(String id, String value) {
        return Draft.empty()
                .text("action_id", id)
                .text("value", value)
                .text("action_ts", "1795427999.123456");
    }

    private static String form(String payload) {
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }

    private static Message message(Signer signer, String form) {
        return message(signer, Message.utf8(form));
    }

    private static Message message(Signer signer, byte[] form) {
        var now = signer.now();
        return at(now, form).header(SIGNATURE, signer.slack(form, now));
    }

    private static Message at(long time, byte[] form) {
        return Message.post(PATH, form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(TIME, Long.toString(time));
    }

    Row sound() {
        return Row.of("a press", 200, "", mark -> message(signer, body(mark)));
    }

    /** An approval that would be taken for the case that waits. */
    private Draft sound(Mark mark) {
        return approve(world.question())
                .with(
                        "user",
                        "{\"id\":\"U0111\",\"name\":\""
                                + mark.name()
                                + "\",\"profile\":"
                                + mark.json()
                                + "}")
                .text("token", mark.token());
    }

    private byte[] body(Mark mark) {
        return Message.utf8(form(sound(mark).json()));
    }

    private interface Header {
        String of(long time, byte[] form);
    }

    private List<Row> signatures() {
        return List.of(
                Row.of(
                        "no signature",
                        401,
                        "x-slack-signature",
                        mark -> at(signer.now(), body(mark))),
                Row.of(
                        "no time",
                        401,
                        "x-slack-request-timestamp",
                        mark ->
                                Message.post(PATH, body(mark))
                                        .header(SIGNATURE, signer.slack(body(mark), signer.now()))),
                signature("an empty signature", (_, _) -> ""),
                signature("a signature of zeros", (_, _) -> "v0=" + "0".repeat(64)),
                signature(
                        "a signature for another body",
                        (t, _) -> signer.slack(Message.utf8("payload={}"), t)),
                signature("a signature for another time", (t, form) -> signer.slack(form, t - 1)),
                signature(
                        "a signature without its scheme",
                        (t, form) -> signer.slack(form, t).substring(3)),
                signature(
                        "a signature of a later scheme",
                        (t, form) -> "v1=" + signer.slack(form, t).substring(3)),
                signature(
                        "a signature in capitals",
                        (t, form) -> signer.slack(form, t).toUpperCase(Locale.ROOT)),
                signature(
                        "a right signature among two",
                        (t, form) -> signer.slack(form, t) + "," + signer.slack(form, t)),
                signature("Stripe's signature", (t, form) -> "v0=" + signer.stripe(form, t)),
                signature("personal data for a signature", (_, _) -> new Mark(9_996).sentence()),
                Row.of(
                        "two signatures, one of them right",
                        401,
                        UNSIGNED,
                        mark -> message(signer, body(mark)).header(SIGNATURE, "v0=00")),
                Row.of(
                        "two times",
                        401,
                        UNSIGNED,
                        mark -> message(signer, body(mark)).header(TIME, "1")),
                Row.of("one field more in the form", 401, UNSIGNED, this::fieldMore));
    }

    private Message fieldMore(Mark mark) {
        var sound = message(signer, body(mark));
        var more = form(sound(mark).json()) + "&x=" + mark.word();
        return new Message("POST", PATH, sound.lines(), Message.utf8(more));
    }

    private Row signature(String name, Header signature) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark -> {
                    var now = signer.now();
                    return at(now, body(mark)).header(SIGNATURE, signature.of(now, body(mark)));
                });
    }

    private List<Row> times() {
        return List.of(
                signedAt("signed 6 minutes ago", Duration.ofMinutes(-6)),
                signedAt("signed a day ago", Duration.ofDays(-1)),
                signedAt("signed 6 minutes from now", Duration.ofMinutes(6)),
                signedAt("signed in a hundred years", Duration.ofDays(36_500)),
                time("a time in words", "now"),
                time("an empty time", ""),
                time("a time with a fraction", signer.now() + ".5"),
                time("a negative time", "-" + signer.now()),
                time("a time of 30 digits", "9".repeat(30)));
    }

    private Row signedAt(String name, Duration later) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark -> {
                    var time = signer.in(later);
                    return at(time, body(mark)).header(SIGNATURE, signer.slack(body(mark), time));
                });
    }

    /** Signed as it stands, so that the time alone is wrong. */
    private Row time(String name, String time) {
        return Row.of(
                name,
                401,
                UNSIGNED,
                mark ->
                        Message.post(PATH, body(mark))
                                .header(TIME, time)
                                .header(SIGNATURE, signer.slack(body(mark), time)));
    }

    private List<Row> forms() {
        var broken =
                Bodies.all().stream()
                        .map(
                                body ->
                                        signed(
                                                body.name() + ", well signed",
                                                400,
                                                "payload: ",
                                                mark -> form(body.of().apply(sound(mark).json()))));
        return Stream.concat(
                        broken,
                        Stream.of(
                                signed("no form, well signed", 400, "payload", _ -> ""),
                                signed(
                                        "JSON for a form",
                                        400,
                                        "payload",
                                        mark -> sound(mark).json()),
                                signed(
                                        "another field",
                                        400,
                                        "payload",
                                        mark -> "text=" + mark.word()),
                                signed(
                                        "the payload twice",
                                        400,
                                        "payload",
                                        mark -> form(sound(mark).json()) + "&" + form("{}")),
                                signed(
                                        "no URL encoding",
                                        400,
                                        "payload: ",
                                        mark -> "payload=%zz" + mark.word()),
                                signed(
                                        "a byte that is no UTF-8",
                                        200,
                                        "",
                                        mark ->
                                                "payload=%7B%22type%22:%22%C0%22%7D&x="
                                                        + mark.word()),
                                signed(
                                        "an array",
                                        400,
                                        "payload: ",
                                        mark -> form("[" + sound(mark).json() + "]")),
                                signed("null", 400, "payload: ", _ -> form("null")),
                                signed(
                                        "10 MB",
                                        413,
                                        "at most 1000000",
                                        mark ->
                                                form(sound(mark).json())
                                                        + "&x="
                                                        + "x".repeat(10_000_000))))
                .toList();
    }

    private List<Row> presses() {
        return List.of(
                press("no user", 400, "payload: id", press -> press.without("user")),
                press(
                        "a text for a user",
                        400,
                        "payload: id",
                        press -> press.text("user", "U0111")),
                press(
                        "a user with a line of a log",
                        400,
                        "payload: id",
                        press -> user(press, "U0111\\r\\nU0222")),
                press(
                        "a user in full-width letters",
                        400,
                        "payload: id",
                        press -> user(press, "Ｕ0111")),
                press("a user's name for an id", 400, "payload: id", press -> user(press, "sam")),
                press("no actions", 400, "payload: action_id", press -> press.without("actions")),
                press(
                        "an object for actions",
                        400,
                        "payload: action_id",
                        press -> press.with("actions", "{}")),
                press(
                        "an empty list of actions",
                        400,
                        "payload: action_id",
                        press -> press.with("actions", "[]")),
                press(
                        "an action without time",
                        400,
                        "payload: action_ts",
                        press -> action(press, "approve_cancellation", world.question(), "")),
                press(
                        "an action's time as a number",
                        400,
                        "payload: action_ts",
                        press ->
                                press.with(
                                        "actions",
                                        "[{\"action_id\":\"run_again\",\"action_ts\":1.5}]")),
                press(
                        "an action's name of HTML",
                        400,
                        "payload: action_id",
                        press -> action(press, "<b>approve</b>", "x", "1.1")),
                press(
                        "another workspace",
                        403,
                        "payload: team",
                        press -> press.with("team", "{\"id\":\"T0EVIL001\"}")),
                press("no workspace", 403, "payload: team", press -> press.without("team")),
                press(
                        "a list of workspaces",
                        403,
                        "payload: team",
                        press -> press.with("team", "[{\"id\":\"T0ACME001\"}]")));
    }

    private List<Row> values() {
        return List.of(
                value("no value", "value: ", ""),
                value("a case alone", "value: ", "shopify-870002-1"),
                value("a case in full-width digits", "value: ", "shopify-８７０００２-1 approval-1"),
                value(
                        "a case with a right-to-left override",
                        "value: ",
                        "shopify-\u202E870002-1 approval-1"),
                value("a case of generation 0", "value: ", "shopify-870002-0 approval-1"),
                value(
                        "a case of a huge generation",
                        "value: ",
                        "shopify-870002-99999999999 approval-1"),
                value("a case with a path", "value: ", "shopify-../../1-1 approval-1"),
                value("an approval with a path", "value: ", "shopify-870002-1 ../approval"),
                value("an approval of SQL", "value: ", "shopify-870002-1 ' OR '1'='1"),
                value("an approval of JSONata", "value: ", "shopify-870002-1 {% $x %}"),
                value("an approval with a line of a log", "value: ", "shopify-870002-1 a\\r\\nb"),
                button("run again without a case", "run_again", "value: ", "everything"),
                button("run again with SQL", "run_again", "value: ", "shopify-1' OR 1=1-1"),
                button("go on without a number", "go_on", "value: ", "all"),
                button("go on with a huge number", "go_on", "value: ", "99999999999"));
    }

    private Row value(String name, String words, String value) {
        return button(name, "approve_cancellation", words, value);
    }

    private Row button(String name, String action, String words, String value) {
        return press(name, 400, words, press -> action(press, action, value, "1.1"));
    }

    /** Well signed, and nothing comes of it: Slack would show an error to whoever pressed. */
    private List<Row> passedOver() {
        var question = world.question();
        var approval = question.substring(question.indexOf(' ') + 1);
        return List.of(
                new Row("a press that was overheard", _ -> world.overheard().slack(), 200, ""),
                press("somebody who may not approve", 200, "", press -> user(press, "U0222")),
                press("somebody unknown", 200, "", press -> user(press, "U9999")),
                press(
                        "an approver's id in small letters would be no id",
                        400,
                        "payload: id",
                        press -> user(press, "u0111")),
                press(
                        "no press of a button",
                        200,
                        "",
                        press -> press.text("type", "view_submission")),
                press(
                        "a button that is not ours",
                        200,
                        "",
                        press -> action(press, "give_me_money", "x", "1.1")),
                press(
                        "an approval that was never asked",
                        200,
                        "",
                        press ->
                                action(
                                        press,
                                        "approve_cancellation",
                                        world.waiting() + " approval-000000000000",
                                        "1.1")),
                press(
                        "another case's approval",
                        200,
                        "",
                        press ->
                                action(
                                        press,
                                        "approve_cancellation",
                                        world.closed() + " " + approval,
                                        "1.1")),
                press(
                        "a pause that never was",
                        200,
                        "",
                        press -> action(press, "go_on", "7", "1.1")),
                press(
                        "a pause of a negative number",
                        200,
                        "",
                        press -> action(press, "go_on", "-1", "1.1")));
    }

    private static Draft user(Draft press, String id) {
        return press.with("user", "{\"id\":\"" + id + "\"}");
    }

    private static Draft action(Draft press, String id, String value, String time) {
        var action = action(id, value).text("action_ts", time);
        return press.with("actions", "[" + action.json() + "]");
    }

    private List<Row> methods() {
        return Stream.of("GET", "PUT", "DELETE", "OPTIONS")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        "Not Found",
                                        mark -> message(signer, body(mark)).by(method)))
                .toList();
    }

    private Row press(String name, int status, String words, UnaryOperator<Draft> change) {
        return signed(name, status, words, mark -> form(change.apply(sound(mark)).json()));
    }

    private Row signed(String name, int status, String words, Function<Mark, String> form) {
        return Row.of(name, status, words, mark -> message(signer, form.apply(mark)));
    }
}
