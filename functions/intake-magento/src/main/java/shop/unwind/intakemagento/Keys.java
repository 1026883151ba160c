package shop.unwind.intakemagento;

import shop.unwind.function.BadRequest;
import shop.unwind.http.Call;
import shop.unwind.http.Http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Adobe's public keys, fetched from Adobe's host alone and kept for less than the day that Adobe
 * allows: anybody can name another path, and anybody can sign.
 */
final class Keys {
    private static final Duration LIFE = Duration.ofHours(23);
    private static final int MOST = 8;

    private static final Pattern PATH =
            Pattern.compile(
                    "/prod/keys/pub-key-[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\.pem");

    private record Kept(PublicKey key, Instant until) {}

    private final Map<String, Kept> fetched = new ConcurrentHashMap<>();

    /**
     * The key at this path.
     *
     * @throws BadRequest 401 when it is not Adobe's
     */
    PublicKey key(String host, String path, Instant now) {
        if (!PATH.matcher(path).matches()) throw unknown();
        var address = host + path;
        var known = fetched.get(address);
        if (known != null && now.isBefore(known.until())) return known.key();
        var key = fetch(host, path);
        if (fetched.size() >= MOST) fetched.clear();
        fetched.put(address, new Kept(key, now.plus(LIFE)));
        return key;
    }

    /** What Adobe does not have is a forgery; while it cannot be asked it must send again. */
    private static PublicKey fetch(String host, String path) {
        var reply = new Http(host).send(Call.get(path));
        if (reply.status() / 100 == 4 && reply.status() != 429) throw unknown();
        if (reply.status() / 100 != 2) throw Http.problem(reply);
        return parse(new String(reply.body(), StandardCharsets.US_ASCII));
    }

    private static PublicKey parse(String pem) {
        try {
            var text = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
            var bytes = Base64.getMimeDecoder().decode(text);
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw unknown();
        }
    }

    private static BadRequest unknown() {
        return new BadRequest(401, "a public key of Adobe's was expected");
    }
}
