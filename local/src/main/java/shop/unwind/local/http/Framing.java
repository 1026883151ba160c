package shop.unwind.local.http;

import com.sun.net.httpserver.Headers;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns away what API Gateway does and the JDK's server does not: requests that two parties could
 * read differently (RFC 9112, 3.2, 5 and 6.3).
 */
final class Framing {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    private Framing() {}

    /** Whether host and length are said once and clearly, and no header holds a control. */
    static boolean isPlain(Headers headers) {
        return headers.getOrDefault("Host", List.of()).size() <= 1
                && headers.getOrDefault("Content-Length", List.of()).stream()
                        .allMatch(LENGTH.asMatchPredicate())
                && headers.values().stream().flatMap(List::stream).noneMatch(CONTROL.asPredicate());
    }
}
