package shop.unwind.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import shop.unwind.local.template.Template;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class RouterTest {
    private final Router router =
            new Router(
                    Stream.of(
                                    "ANY /{proxy+}",
                                    "GET /pets/{proxy+}",
                                    "GET /pets/dog/{id}",
                                    "ANY /pets/dog/1",
                                    "GET /pets/dog/1",
                                    "POST /")
                            .map(RouterTest::route)
                            .toList());

    @ParameterizedTest
    @CsvSource({
        "GET, /pets/dog/1, GET /pets/dog/1",
        "PUT, /pets/dog/1, ANY /pets/dog/1",
        "GET, /pets/dog/2, GET /pets/dog/{id}",
        "GET, /pets/cat/1, GET /pets/{proxy+}",
        "POST, /pets/cat, ANY /{proxy+}",
        "POST, /, POST /",
    })
    void match_shouldTakeMostParticularRoute_whenSeveralFit(
            String method, String path, String key) {
        assertThat(router.match(method, path).orElseThrow().route().key()).isEqualTo(key);
    }

    @Test
    void match_shouldGiveVariables_whenPathHasThem() {
        assertThat(router.match("GET", "/pets/dog/a b").orElseThrow().parameters())
                .isEqualTo(Map.of("id", "a b"));
        assertThat(router.match("GET", "/pets/x/y").orElseThrow().parameters())
                .isEqualTo(Map.of("proxy", "x/y"));
    }

    @Test
    void match_shouldFallBackToDefault_onlyWhenThereIsOne() {
        var one = route("GET /a");
        var fallback = new Template.Route("ANY", "$default", "f");

        assertThat(new Router(List.of(one)).match("GET", "/b")).isEmpty();
        assertThat(new Router(List.of(fallback, one)).match("GET", "/b").orElseThrow().route())
                .isEqualTo(fallback);
        assertThat(new Router(List.of(fallback, one)).match("GET", "/a").orElseThrow().route())
                .isEqualTo(one);
    }

    private static Template.Route route(String key) {
        var space = key.indexOf(' ');
        return new Template.Route(key.substring(0, space), key.substring(space + 1), "f");
    }
}
