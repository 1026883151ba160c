package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.problem.Misconfigured;
import shop.unwind.secrets.Tokens.Token;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * How the operator lets us in, by the setting {@code auth}: {@code oauth} signs every call with the
 * four values of an integration; {@code bearer} sends the integration's access token, which a shop
 * takes only with {@code oauth/consumer/enable_integration_as_bearer}; {@code ims} is for Adobe
 * Commerce as a Cloud Service.
 */
sealed interface Access {

    /** Sends a call as somebody who may; {@code url} is its address as the shop knows itself. */
    Reply send(Http http, Call call, String url);

    static Access of(Platform platform) {
        return switch (platform.optional("auth").orElse("oauth")) {
            case "oauth" -> new Signed(platform);
            case "bearer" -> new Bearer(platform);
            case "ims" -> new Ims(platform, platform.optional("imsUrl").orElse(Ims.ADOBE));
            default ->
                    throw new Misconfigured(
                            "store document: platforms.magento.auth: oauth, bearer or ims was"
                                    + " expected");
        };
    }

    /** OAuth 1.0a, with a nonce of its own for each attempt. */
    record Signed(Platform platform) implements Access {
        @Override
        public Reply send(Http http, Call call, String url) {
            var oauth =
                    new OAuth(
                            platform.secret("consumerKey"),
                            platform.secret("consumerSecret"),
                            platform.secret("accessToken"),
                            platform.secret("accessTokenSecret"),
                            () -> UUID.randomUUID().toString(),
                            platform.clock());
            return http.send(call.header("Authorization", oauth.header(call.method(), url)));
        }
    }

    /** The integration's access token by itself. */
    record Bearer(Platform platform) implements Access {
        @Override
        public Reply send(Http http, Call call, String url) {
            return http.send(call.bearer(platform.secret("accessToken")));
        }
    }

    /** Client credentials of Adobe's identity service: a token lives about a day. */
    record Ims(Platform platform, String address) implements Access {
        static final String ADOBE = "https://ims-na1.adobelogin.com";

        private static final String SCOPE =
                "openid,AdobeID,email,profile,additional_info.roles,"
                        + "additional_info.projectedProductContext,commerce.accs";

        /** A token that was revoked or ran out is replaced once. */
        @Override
        public Reply send(Http http, Call call, String url) {
            var token = platform.tokens().current(_ -> issue());
            var reply = http.send(authorised(call, token));
            if (reply.status() != 401) return reply;
            return http.send(authorised(call, platform.tokens().renewed(token, _ -> issue())));
        }

        private Call authorised(Call call, Token token) {
            return call.header("Authorization", "Bearer " + token.access())
                    .header("x-api-key", platform.secret("clientId").value())
                    .header("x-gw-ims-org-id", platform.setting("imsOrg"));
        }

        private Token issue() {
            var answer = grant();
            var life = Duration.ofSeconds(answer.path("expires_in").asLong());
            return new Token(
                    answer.path("access_token").asText(),
                    "",
                    platform.clock().instant().plus(life));
        }

        private JsonNode grant() {
            var form =
                    Map.of(
                            "client_id",
                            platform.secret("clientId").value(),
                            "client_secret",
                            platform.secret("clientSecret").value(),
                            "grant_type",
                            "client_credentials",
                            "scope",
                            SCOPE);
            var reply = new Http(address).send(Call.post("/ims/token/v3").form(form).asking());
            switch (reply.status()) {
                case 200 -> {}
                case 400, 401, 403 ->
                        throw new Misconfigured(
                                "secret unwind/magento: Adobe turns clientId and clientSecret"
                                        + " away");
                default -> throw Http.problem(reply);
            }
            var answer = reply.json();
            if (answer.path("access_token").asText().isEmpty()
                    || !answer.path("expires_in").canConvertToLong())
                throw reply.unclear("no token");
            return answer;
        }
    }
}
