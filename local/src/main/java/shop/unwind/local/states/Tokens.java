package shop.unwind.local.states;

import shop.unwind.local.AwsError;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The task tokens given out, and the scopes that wait for their answers. */
final class Tokens {
    private static final int BYTES = 48;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{64}");

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

    /** A token that nobody can guess. */
    String create() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void give(String token, Scope scope) {
        if (!token.isEmpty()) scopes.put(token, scope);
    }

    /**
     * The scope that got this token, which may wait for it no longer.
     *
     * @throws AwsError InvalidToken or TaskDoesNotExist
     */
    Scope scope(String token) {
        if (!SHAPE.matcher(token).matches())
            throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
        var scope = scopes.get(token);
        if (scope == null)
            throw new AwsError("TaskDoesNotExist", "Task does not exist: '" + token + "'");
        return scope;
    }
}
