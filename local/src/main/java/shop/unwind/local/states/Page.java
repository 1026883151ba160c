package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.local.AwsError;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** One page of a list whose items keep their places: its token is the place to go on at. */
final class Page {
    static final int USUAL = 100;
    static final int LARGEST = 1000;

    private Page() {}

    /**
     * The page that a request asks for.
     *
     * @param items in the order of the answer, each with a place that never changes
     * @param place the place of an item, growing or shrinking along the list
     */
    static <T> ObjectNode of(
            Parameters parameters,
            String field,
            List<T> items,
            Function<T, Long> place,
            Function<T, JsonNode> view) {
        var token = parameters.optional("nextToken").map(Page::decode);
        var begin = token.map(wanted -> find(items, place, wanted)).orElse(0);
        var end = Math.min(items.size(), begin + parameters.pageSize());
        var answer = Details.none();
        var array = answer.putArray(field);
        items.subList(begin, end).forEach(item -> array.add(view.apply(item)));
        if (end < items.size()) answer.put("nextToken", encode(place.apply(items.get(end))));
        return answer;
    }

    private static <T> int find(List<T> items, Function<T, Long> place, long wanted) {
        for (var index = 0; index < items.size(); index++)
            if (place.apply(items.get(index)) == wanted) return index;
        throw invalid();
    }

    private static String encode(long place) {
        var bytes = ("page" + place).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static long decode(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (!text.startsWith("page")) throw invalid();
            return Long.parseLong(text.substring("page".length()));
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static AwsError invalid() {
        return new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}
