package shop.unwind.local.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import shop.unwind.local.AwsError;
import shop.unwind.local.lambda.Invocation;
import shop.unwind.local.lambda.Lambda;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Lambda's operation Invoke, which has a path of its own: {@code POST
 * /2015-03-31/functions/NAME/invocations}. It waits for the end, as {@code RequestResponse} does.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INVOKE =
            Pattern.compile("/2015-03-31/functions/(?<name>[^/]+)/invocations");

    private final Lambda lambda;

    public LambdaApi(Lambda lambda) {
        this.lambda = lambda;
    }

    boolean isAsked(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST")
                && INVOKE.matcher(exchange.getRequestURI().getPath()).matches();
    }

    Reply answer(HttpExchange exchange, byte[] body) {
        var invoke = INVOKE.matcher(exchange.getRequestURI().getPath());
        if (!invoke.matches()) throw new IllegalArgumentException("no path of Invoke");
        var type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
        if (type != null && !type.equals("RequestResponse"))
            return error(400, "InvalidParameterValueException", "played here: RequestResponse");
        try {
            return reply(lambda.invoke(invoke.group("name"), text(body)));
        } catch (AwsError unknown) {
            return error(404, unknown.type(), String.valueOf(unknown.getMessage()));
        }
    }

    private static String text(byte[] body) {
        return body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8);
    }

    private static Reply reply(Invocation end) {
        var payload = Reply.text(200, "application/json", end.payload());
        return switch (end) {
            case Invocation.Answered _ -> payload;
            case Invocation.Failed _ -> payload.with("X-Amz-Function-Error", "Unhandled");
        };
    }

    private static Reply error(int status, String type, String message) {
        var body = JSON.createObjectNode().put("Type", "User").put("Message", message);
        return Reply.json(status, "application/json", body).with("x-amzn-ErrorType", type);
    }
}
