package shop.unwind.intakeportal;

import shop.unwind.secrets.Secrets;
import shop.unwind.signature.Hmac;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Proves that somebody was given an id by us. Made from the id and the secret's tokenKey. */
final class StatusToken {
    private final Secrets secrets;

    StatusToken(Secrets secrets) {
        this.secrets = secrets;
    }

    String of(String id) {
        var signature =
                new Hmac(secrets.required("portal", "tokenKey"))
                        .sign(id.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    boolean fits(String id, String token) {
        return Hmac.same(of(id), token);
    }
}
