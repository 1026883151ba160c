package shop.unwind.local.hostile;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Bad requests to {@code GET /cancellations/{id}}. Whoever has no right token hears the same,
 * whatever the order.
 */
final class PortalStatuses {
    private static final String NOBODY = "no such cancellation";

    private final World world;
    private final String id;
    private final String token;

    PortalStatuses(World world) {
        this.world = world;
        this.id = world.ticket().id();
        this.token = world.ticket().token();
    }

    List<Row> rows() {
        return Stream.of(tokens(), places(), ids(), paths(), methods())
                .flatMap(List::stream)
                .toList();
    }

    private List<Row> tokens() {
        return List.of(
                turnedAway("no token", id, UnaryOperator.identity()),
                token("an empty token", ""),
                marked("a token made up"),
                token("a token of another case", world.other().token()),
                token("the id for a token", id),
                token("a token with its last letter changed", changed(token)),
                token("a token cut short", token.substring(1)),
                token("a token with a letter more", token + "A"),
                token("a token in other capitals", token.toUpperCase(Locale.ROOT)),
                token("a token padded", token + "="),
                token("a token twice in one header", token + "," + token),
                token("a token for anything", "*"),
                token("true", "true"),
                token("a token of 6,000 letters", "A".repeat(6_000)),
                token("SQL for a token", "' OR '1'='1"),
                token("a list for a token", "[\"" + token + "\"]"),
                token("a token signed with nothing", unsigned()));
    }

    private static String changed(String token) {
        return token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    }

    /** As an empty key would sign. */
    private String unsigned() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Message.utf8(id));
    }

    private List<Row> places() {
        return List.of(
                turnedAway(
                        "two headers, one of them right",
                        id,
                        get -> get.header("X-Status-Token", token).header("X-Status-Token", "b")),
                turnedAway(
                        "a wrong header before a right parameter",
                        id + "?token=" + token,
                        get -> get.header("X-Status-Token", "b")),
                turnedAway(
                        "two parameters, one of them right",
                        id + "?token=" + token + "&token=b",
                        UnaryOperator.identity()),
                turnedAway(
                        "a right token as another header",
                        id,
                        get -> get.header("Authorization", "Bearer " + token)),
                turnedAway(
                        "a right token as a cookie",
                        id,
                        get -> get.header("Cookie", "token=" + token)),
                turnedAway(
                        "a right token as a body",
                        id,
                        get -> new Message("GET", get.path(), get.lines(), Message.utf8(token))),
                turnedAway(
                        "another path in a header",
                        id,
                        get ->
                                get.header(
                                        "X-Original-URL",
                                        "/cancellations/" + id + "?token=" + token)));
    }

    private List<Row> ids() {
        return Stream.of(
                        "an unknown order's/shopify-999999.AAAAAAAAAAAAAAAAAAAAAA",
                        "an existing order's/shopify-870001.AAAAAAAAAAAAAAAAAAAAAA",
                        "without its random part/shopify-870001",
                        "with an empty random part/shopify-870001.",
                        "in capitals/" + id.toUpperCase(Locale.ROOT),
                        "with a blank behind/" + id + "%20",
                        "with a NUL behind/" + id + "%00",
                        "with a line behind/" + id + "%0d%0aset-cookie:%20a=b",
                        "with a right-to-left override/%E2%80%AE" + id,
                        "in full-width digits/shopify-%EF%BC%98%EF%BC%97.AAAA",
                        "of SQL/1'%20OR%20'1'='1",
                        "of HTML/%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", "%5C"),
                        "of JSONata/%7B%25%20$states.input%20%25%7D",
                        "of JSON/%7B%22$ne%22:null%7D",
                        "of a table's key/shopify-870001%23head",
                        "of dots/.%2e",
                        "of back-slashes/..%5C..%5Cetc%5Cpasswd",
                        "with parameters of its own/" + id + ";token=" + token,
                        "of 6,000 letters/" + "a".repeat(6_000))
                .map(named -> named.split("/", 2))
                .map(
                        named ->
                                turnedAway(
                                        "an id " + named[0],
                                        named[1],
                                        get -> get.header("X-Status-Token", token)))
                .toList();
    }

    private List<Row> paths() {
        return Stream.of(
                        "a way out of the folder/../cases/" + id,
                        "an encoded way out/..%2F..%2Fetc%2Fpasswd",
                        "a slash in the id/" + id + "/",
                        "more behind the id/" + id + "/orders",
                        "a slash more before the id/%2F" + id)
                .map(named -> named.split("/", 2))
                .map(named -> get(named[0], 404, "Not Found", named[1]))
                .toList();
    }

    private List<Row> methods() {
        return Stream.of("POST", "PUT", "PATCH", "DELETE", "HEAD")
                .map(
                        method ->
                                Row.of(
                                        "by " + method,
                                        404,
                                        method.equals("HEAD") ? "" : "Not Found",
                                        _ -> at(id).header("X-Status-Token", token).by(method)))
                .toList();
    }

    private Row get(String name, int status, String words, String path) {
        return Row.of(name, status, words, _ -> at(path).header("X-Status-Token", token));
    }

    private Row token(String name, String other) {
        return turnedAway(name, id, get -> get.header("X-Status-Token", other));
    }

    private Row marked(String name) {
        return Row.of(
                name,
                404,
                NOBODY,
                mark -> at(id + "?token=" + mark.token() + "&email=" + mark.email()));
    }

    private static Row turnedAway(String name, String id, UnaryOperator<Message> change) {
        return Row.of(
                name, 404, NOBODY, mark -> change.apply(at(id)).header("User-Agent", mark.name()));
    }

    private static Message at(String id) {
        return Message.get("/cancellations/" + id);
    }
}
