package shop.unwind.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import shop.unwind.local.template.Arns;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The event of payload format 2.0 that a request makes. */
final class ProxyEvent {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private ProxyEvent() {}

    /**
     * The event of one request.
     *
     * @param id as the answer's {@code Apigw-Requestid} gives it
     */
    static ObjectNode of(
            HttpExchange exchange, byte[] body, Router.Match match, String id, Instant now) {
        var headers = headers(exchange);
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        var event = JSON.objectNode().put("version", "2.0");
        event.put("routeKey", match.route().key());
        event.put("rawPath", path(exchange)).put("rawQueryString", query);
        cookies(headers).ifPresent(list -> list.forEach(event.putArray("cookies")::add));
        event.set("headers", object(headers));
        if (!query.isEmpty()) event.set("queryStringParameters", object(parameters(query)));
        event.set("requestContext", context(exchange, match, headers, id, now));
        if (!match.parameters().isEmpty()) event.set("pathParameters", object(match.parameters()));
        var plain = isText(headers.getOrDefault("content-type", ""));
        if (body.length > 0) event.put("body", plain ? text(body) : base64(body));
        return event.put("isBase64Encoded", body.length > 0 && !plain);
    }

    /** The decoded path; a decoded question mark ends it, as it does in AWS. */
    static String path(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        var question = path.indexOf('?');
        return question < 0 ? path : path.substring(0, question);
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.merge("x-forwarded-for", ip(exchange), (before, last) -> before + ", " + last);
        headers.putIfAbsent("x-forwarded-proto", "http");
        headers.putIfAbsent(
                "x-forwarded-port", String.valueOf(exchange.getLocalAddress().getPort()));
        return headers;
    }

    // HTTP APIs move cookies out of the headers.
    private static Optional<List<String>> cookies(Map<String, String> headers) {
        return Optional.ofNullable(headers.remove("cookie"))
                .map(cookie -> List.of(cookie.split(";\\s*", -1)));
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.merge(decoded(name), decoded(value), (one, more) -> one + "," + more);
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static ObjectNode context(
            HttpExchange exchange,
            Router.Match match,
            Map<String, String> headers,
            String id,
            Instant now) {
        var context = JSON.objectNode();
        context.put("accountId", Arns.ACCOUNT).put("apiId", "local");
        context.put("domainName", headers.getOrDefault("host", "localhost"));
        context.put("domainPrefix", "localhost");
        context.putObject("http")
                .put("method", exchange.getRequestMethod())
                .put("path", path(exchange))
                .put("protocol", exchange.getProtocol())
                .put("sourceIp", ip(exchange))
                .put("userAgent", headers.getOrDefault("user-agent", ""));
        context.put("requestId", id);
        context.put("routeKey", match.route().key()).put("stage", "$default");
        return context.put("time", LOG_TIME.format(now)).put("timeEpoch", now.toEpochMilli());
    }

    private static String ip(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    // Everything else is base64: forms, uploads, and what has no type at all.
    private static boolean isText(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/xml")
                || type.equals("application/javascript");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String base64(byte[] body) {
        return Base64.getEncoder().encodeToString(body);
    }

    private static ObjectNode object(Map<String, String> map) {
        var object = JSON.objectNode();
        map.forEach(object::put);
        return object;
    }
}
