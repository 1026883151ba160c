package shop.unwind.magento;

import shop.unwind.secrets.Secret;
import shop.unwind.signature.Hmac;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signs calls by OAuth 1.0a with HMAC-SHA256 (RFC 5849, 3.4), the only method that Magento takes.
 * Bodies are JSON and so are not signed.
 *
 * @param nonces gives another text each time: none may be used twice
 */
record OAuth(
        Secret consumer,
        Secret consumerSecret,
        Secret token,
        Secret tokenSecret,
        Supplier<String> nonces,
        InstantSource clock) {

    /**
     * The header {@code Authorization} of one attempt.
     *
     * @param url as the shop knows itself, with the query as it is sent
     */
    String header(String method, String url) {
        var fields = fields();
        fields.put("oauth_signature", signature(method, url, fields));
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=\"" + encode(field.getValue()) + "\"")
                .collect(Collectors.joining(", ", "OAuth ", ""));
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("oauth_consumer_key", consumer.value());
        fields.put("oauth_nonce", nonces.get());
        fields.put("oauth_signature_method", "HMAC-SHA256");
        fields.put("oauth_timestamp", Long.toString(clock.instant().getEpochSecond()));
        fields.put("oauth_token", token.value());
        fields.put("oauth_version", "1.0");
        return fields;
    }

    private String signature(String method, String url, Map<String, String> fields) {
        var key = encode(consumerSecret.value()) + "&" + encode(tokenSecret.value());
        var base = base(method, url, fields).getBytes(StandardCharsets.UTF_8);
        return new Hmac(new Secret(key)).base64(base);
    }

    /**
     * What is signed. Names and values are encoded before they are sorted, and all of it once more,
     * so that a bracket becomes {@code %255B}.
     */
    static String base(String method, String url, Map<String, String> fields) {
        var query = Optional.ofNullable(URI.create(url).getRawQuery()).orElse("");
        var given = fields.entrySet().stream().map(each -> pair(each.getKey(), each.getValue()));
        var parameters =
                Stream.concat(given, pairs(query))
                        .sorted(
                                Comparator.<List<String>, String>comparing(List::getFirst)
                                        .thenComparing(List::getLast))
                        .map(pair -> String.join("=", pair))
                        .collect(Collectors.joining("&"));
        var address = url.split("\\?", 2)[0];
        return String.join("&", method, encode(address), encode(parameters));
    }

    private static Stream<List<String>> pairs(String query) {
        return Stream.of(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> pair(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : ""));
    }

    private static List<String> pair(String name, String value) {
        return List.of(encode(name), encode(value));
    }

    /** As RFC 3986 wants it, which differs from what forms do. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
