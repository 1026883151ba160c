package shop.unwind.magento;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.connector.Platform;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.http.Reply;
import shop.unwind.problem.Misconfigured;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The REST API of one shop. A call is signed under the shop's own address (setting {@code store}),
 * wherever it is sent: behind a proxy Magento knows no other.
 */
final class RestApi {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Sometimes a number, sometimes a text. */
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private final String shop;
    private final String root;
    private final String address;
    private final Access access;
    private final Http http;

    RestApi(Platform platform) {
        this.shop = withoutSlash(platform.optional("store").orElse(""));
        this.root = root(platform);
        this.address = platform.baseUrl(shop);
        this.access = Access.of(platform);
        this.http = new Http(address);
    }

    /** The cloud service has one store view, and no word for it in its paths. */
    private static String root(Platform platform) {
        if (platform.optional("auth").orElse("").equals("ims")) return "/V1";
        return "/rest/" + platform.optional("storeCode").orElse("default") + "/V1";
    }

    /** An object. */
    JsonNode ask(String path) {
        var reply = send(Call.get(root + path));
        var answer = reply.json();
        if (!answer.isObject()) throw reply.unclear("no object");
        return answer;
    }

    /** Everything that a search finds; past the last page Magento repeats it. */
    List<JsonNode> list(String path, Search search) {
        var found = new ArrayList<JsonNode>();
        for (var number = 1; ; number++) {
            var page = page(path, search, Search.PAGE, number);
            page.path("items").forEach(found::add);
            if (page.path("items").isEmpty() || found.size() >= page.path("total_count").asInt())
                return List.copyOf(found);
        }
    }

    /** One page of what a search finds. */
    JsonNode page(String path, Search search, int size, int number) {
        var reply = send(Call.get(root + path + "?" + search.page(size, number)));
        var answer = reply.json();
        if (!answer.path("items").isArray() || !answer.path("total_count").isIntegralNumber())
            throw reply.unclear("no list");
        return answer;
    }

    /** Makes something and returns its id. */
    String create(String path, Map<String, ?> content) {
        var reply = send(Call.post(root + path).json(content));
        var id = reply.json();
        if (id.isValueNode() && ID.matcher(id.asText()).matches()) return id.asText();
        throw reply.unclear("nothing that is an id");
    }

    /** Changes something; what Magento says of it has to be looked at. */
    boolean change(String path) {
        return flag(send(Call.post(root + path)));
    }

    boolean change(String path, Map<String, ?> content) {
        return flag(send(Call.post(root + path).json(content)));
    }

    private static boolean flag(Reply reply) {
        var answer = reply.json();
        if (!answer.isBoolean()) throw reply.unclear("neither true nor false");
        return answer.booleanValue();
    }

    private Reply send(Call call) {
        checkAddress();
        var reply = access.send(http, call, shop + call.path());
        if (reply.status() / 100 != 2) throw MagentoProblems.of(reply);
        return reply;
    }

    /** Without TLS a bearer token and the order would travel in the clear. */
    private void checkAddress() {
        var at = URI.create(address);
        var safe = "https".equals(at.getScheme());
        var local = "http".equals(at.getScheme()) && THIS_MACHINE.contains(at.getHost());
        if (!safe && !local)
            throw new Misconfigured(
                    "store document: platforms.magento.store: the shop's address was expected,"
                            + " beginning with https://");
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
