package shop.unwind.intakeportal;

import com.fasterxml.jackson.databind.JsonNode;

import shop.unwind.domain.OrderRef;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Wish;
import shop.unwind.domain.Wish.LineWish;
import shop.unwind.function.BadRequest;
import shop.unwind.json.Json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a customer fills in. JSON: {@code order}, {@code email}, optional {@code reason}, {@code
 * lines} of {@code sku} and {@code quantity} (absent for the whole order) and {@code storefront}.
 */
record PortalForm(OrderRef order, Personal email, String reason, List<LineWish> lines) {
    private static final Set<String> FIELDS =
            Set.of("order", "email", "reason", "lines", "storefront");
    private static final Set<String> LINE_FIELDS = Set.of("sku", "quantity");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_SKU = 100;
    private static final int MOST_LINES = 100;
    private static final int MOST_UNITS = 10_000;
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63})+");

    /** Control and formatting characters, and what breaks a line. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** A reason may have several lines. */
    private static final Pattern UNSEEN_IN_LINES =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\\n\\r\\t]]");

    /**
     * Reads the form.
     *
     * @param storefront where the order is, unless the form says otherwise; without it the form
     *     must
     * @throws BadRequest 400 naming the first field that is wrong and what was expected
     */
    static PortalForm read(byte[] body, Optional<String> storefront) {
        var form = json(body);
        known(form, FIELDS, "");
        return new PortalForm(
                order(
                        text(form, "order", 64),
                        optional(form, "storefront", 20, UNSEEN)
                                .or(() -> storefront)
                                .orElseThrow(() -> wrong("storefront", "one of this shop"))),
                email(text(form, "email", LONGEST_EMAIL)),
                optional(form, "reason", LONGEST_REASON, UNSEEN_IN_LINES).orElse(""),
                form.has("lines") ? lines(form.path("lines")) : List.of());
    }

    Wish wish() {
        return new Wish.Cancel(reason, lines);
    }

    private static JsonNode json(byte[] body) {
        try {
            var form = Json.parse(body);
            if (form.isObject()) return form;
        } catch (Json.Malformed malformed) {
            throw new BadRequest(400, "body: " + malformed.getMessage());
        }
        throw wrong("body", "a JSON object");
    }

    private static OrderRef order(String number, String storefront) {
        try {
            var order = new OrderRef(storefront, number);
            // What stands for a payment is no order's number; only disputes may name payments.
            if (order.payment().isEmpty()) return order;
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, String.valueOf(malformed.getMessage()));
        }
        throw wrong("order", "an order's number");
    }

    private static Personal email(String text) {
        return Optional.of(text.strip())
                .filter(EMAIL.asMatchPredicate())
                .map(Personal::new)
                .orElseThrow(() -> wrong("email", "an e-mail address"));
    }

    private static List<LineWish> lines(JsonNode array) {
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_LINES)
            throw wrong(
                    "lines", "1 to " + MOST_LINES + " lines, or no such field for the whole order");
        var lines = new ArrayList<LineWish>();
        var skus = new HashSet<String>();
        for (var i = 0; i < array.size(); i++) {
            var line = line(array.path(i), "lines[" + i + "]");
            if (!skus.add(line.sku())) throw wrong("lines[" + i + "].sku", "each SKU once");
            lines.add(line);
        }
        return lines;
    }

    private static LineWish line(JsonNode line, String at) {
        if (!line.isObject()) throw wrong(at, "an object with sku and quantity");
        known(line, LINE_FIELDS, at + ".");
        var quantity = line.path("quantity");
        if (!quantity.isInt() || quantity.asInt() < 1 || quantity.asInt() > MOST_UNITS)
            throw wrong(at + ".quantity", "a whole number from 1 to " + MOST_UNITS);
        return new LineWish(
                text(line, "sku", LONGEST_SKU, at + ".", UNSEEN).strip(), quantity.asInt());
    }

    private static void known(JsonNode object, Set<String> fields, String at) {
        object.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!fields.contains(name)) throw BadRequest.unknownField(at, name);
                        });
    }

    private static Optional<String> optional(
            JsonNode object, String field, int longest, Pattern unseen) {
        return object.path(field).isMissingNode() || object.path(field).isNull()
                ? Optional.empty()
                : Optional.of(text(object, field, longest, "", unseen));
    }

    private static String text(JsonNode object, String field, int longest) {
        return text(object, field, longest, "", UNSEEN);
    }

    private static String text(
            JsonNode object, String field, int longest, String at, Pattern unseen) {
        var value = object.path(field);
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > longest)
            throw wrong(at + field, "1 to " + longest + " characters of text");
        if (unseen.matcher(value.asText()).find())
            throw wrong(at + field, "text without control characters");
        return value.asText();
    }

    private static BadRequest wrong(String field, String expected) {
        return new BadRequest(400, field + ": expected " + expected);
    }
}
