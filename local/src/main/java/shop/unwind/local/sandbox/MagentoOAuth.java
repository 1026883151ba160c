package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks OAuth 1.0a as Magento does: its own address, one use of a nonce, ten minutes. */
final class MagentoOAuth {
    static final String SHOP = "https://magento.acrylic-house.example";
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final Pattern FIELD = Pattern.compile("(oauth_\\w+)=\"([^\"]*)\"");

    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    /** What is wrong with a call; empty when nothing is. */
    Optional<String> complaint(Call call, JsonNode secret, Instant now) {
        var fields = fields(call.header("authorization").orElse(""));
        if (!fields.getOrDefault("oauth_consumer_key", "").equals(text(secret, "consumerKey")))
            return Optional.of("oauth_problem=consumer_key_rejected");
        if (!fields.getOrDefault("oauth_token", "").equals(text(secret, "accessToken")))
            return Optional.of("oauth_problem=token_rejected");
        if (!fields.getOrDefault("oauth_signature_method", "").equals("HMAC-SHA256"))
            return Optional.of("oauth_problem=signature_method_rejected");
        if (isStale(fields.getOrDefault("oauth_timestamp", ""), now))
            return Optional.of("oauth_problem=timestamp_refused");
        var given = fields.getOrDefault("oauth_signature", "");
        fields.remove("oauth_signature");
        if (!isSame(given, signature(call, fields, secret)))
            return Optional.of("oauth_problem=signature_invalid");
        if (!nonces.add(fields.getOrDefault("oauth_nonce", "")))
            return Optional.of("oauth_problem=nonce_used");
        return Optional.empty();
    }

    private static Map<String, String> fields(String header) {
        if (!header.startsWith("OAuth ")) return new HashMap<>();
        return FIELD.matcher(header)
                .results()
                .collect(
                        Collectors.toMap(
                                each -> each.group(1),
                                each -> URLDecoder.decode(each.group(2), StandardCharsets.UTF_8),
                                (first, _) -> first,
                                HashMap::new));
    }

    private static boolean isStale(String timestamp, Instant now) {
        if (!timestamp.matches("\\d{1,12}")) return true;
        var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(at, now).abs().compareTo(TOLERANCE) > 0;
    }

    static String signature(Call call, Map<String, String> fields, JsonNode secret) {
        var parameters = new TreeMap<String, String>();
        fields.forEach((name, value) -> parameters.put(encoded(name), encoded(value)));
        Form.names(call.query())
                .forEach((name, value) -> parameters.put(encoded(name), encoded(value)));
        var joined =
                parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining("&"));
        var base = String.join("&", call.method(), encoded(SHOP + call.path()), encoded(joined));
        var key =
                encoded(text(secret, "consumerSecret"))
                        + "&"
                        + encoded(text(secret, "accessTokenSecret"));
        return Signature.base64(key, base);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static boolean isSame(String given, String wanted) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JsonNode secret, String field) {
        return secret.path(field).asText();
    }
}
