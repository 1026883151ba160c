package shop.unwind.stripe;

import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;

import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends what stripe-java composes through our own client, which knows whether a call that failed
 * had been sent. stripe-java's own client does not tell, repeats a POST whose connection broke
 * without a word, and fails with a null pointer on a body that is not Stripe's.
 */
final class StripeHttp extends HttpClient {
    private static final List<String> HEADERS_READ = List.of("Request-Id", "Retry-After");

    private final Http http;
    private final String baseUrl;

    StripeHttp(String baseUrl) {
        this.http = new Http(baseUrl);
        this.baseUrl = baseUrl;
    }

    @Override
    public StripeResponse request(StripeRequest request) {
        var reply = http.send(call(request));
        if (!isStripes(reply)) throw withoutWords(reply);
        return new StripeResponse(
                reply.status(), headers(reply), new String(reply.body(), StandardCharsets.UTF_8));
    }

    private Call call(StripeRequest request) {
        var path = request.url().toString().substring(baseUrl.length());
        var headers = new HashMap<String, String>();
        request.headers()
                .map()
                .forEach((name, values) -> headers.put(name, String.join(",", values)));
        headers.put("User-Agent", buildUserAgentString(request));
        return switch (request.method()) {
            case GET -> new Call("GET", path, Map.copyOf(headers), new byte[0], false);
            case POST, DELETE -> {
                var content = Optional.ofNullable(request.content());
                content.ifPresent(body -> headers.put("Content-Type", body.contentType()));
                yield new Call(
                        request.method().name(),
                        path,
                        Map.copyOf(headers),
                        content.map(body -> body.byteArrayContent()).orElse(new byte[0]),
                        true);
            }
        };
    }

    private static RuntimeException withoutWords(Reply reply) {
        return reply.status() / 100 == 2
                ? reply.unclear("an unreadable body")
                : Http.problem(reply);
    }

    /** Whatever Stripe says is an object with a type, or an error; never an error as success. */
    private static boolean isStripes(Reply reply) {
        try {
            var body = Json.parse(reply.body());
            return reply.status() / 100 == 2
                    ? body.path("object").isTextual()
                    : body.path("error").isObject();
        } catch (Json.Malformed unreadable) {
            return false;
        }
    }

    private static HttpHeaders headers(Reply reply) {
        var found = new HashMap<String, List<String>>();
        HEADERS_READ.forEach(name -> found.put(name, reply.header().apply(name).stream().toList()));
        return HttpHeaders.of(found);
    }
}
