package shop.unwind.local.template;

import java.util.Map;

/**
 * What a template leaves open.
 *
 * @param port of this machine's one door, which queue URLs name
 * @param parameters overrides of the template's defaults
 */
public record Deployment(String stack, int port, Map<String, String> parameters) {
    public Deployment {
        parameters = Map.copyOf(parameters);
    }

    public String endpoint() {
        return "http://localhost:" + port;
    }
}
