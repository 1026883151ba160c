package shop.unwind.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An HTTP answer ready to be sent. */
@SuppressWarnings("ArrayRecordComponent") // Sent and forgotten, never compared.
record Reply(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    static Reply json(int status, String type, JsonNode body) {
        return text(status, type, body.toString());
    }

    static Reply text(int status, String type, String body) {
        return new Reply(
                status,
                List.of(Map.entry("Content-Type", type)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Reply(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(
                header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue()));
        var bare = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bare ? -1 : body.length);
        if (!bare) exchange.getResponseBody().write(body);
    }
}
