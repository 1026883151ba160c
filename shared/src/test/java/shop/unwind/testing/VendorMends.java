package shop.unwind.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/**
 * Where a vendor's document contradicts itself, or the vendor's prose; each mended in its place.
 */
final class VendorMends {
    private static final Set<String> ALL_FIELDS =
            Set.of(
                    "magento/admin-2.4.9.json",
                    "paypal/oauth2-token.json",
                    "sendgrid/mail-send.json",
                    "sendgrid/templates.json",
                    "square/square-openapi.json",
                    "stripe/stripe-openapi.json");

    private VendorMends() {}

    /** Whether a field that the document does not name is wrong in an answer. */
    static boolean namesAllFields(String contract) {
        return ALL_FIELDS.contains(contract);
    }

    static void mend(String contract, ObjectNode document) {
        passOverContentTypes(document);
        switch (contract) {
            case "bigcommerce/orders.v2.json" -> takeAnEmptyList(document);
            case "bigcommerce/orders.v3.json" -> {
                takeAnyKindOfItem(document);
                takeARefundOnItsWay(document);
            }
            case "magento/admin-2.4.9.json" -> takeASecondCondition(document);
            case "slack/openapi.json" -> {
                takeThePostOfATest(document);
                takeAnEmptyHistory(document);
                takeUpdatedBlocks(document);
            }
            case "square/square-openapi.json" -> takeErrors(document);
            case "woocommerce/wc-v3.json" -> {
                takeDatesToCome(document);
                takeAStatusOfTheShop(document);
            }
            default -> {}
        }
    }

    /** Of the four kinds of item two take an amount of the order, and only one may match. */
    private static void takeAnyKindOfItem(ObjectNode document) {
        var item = document.withObject("/components/schemas/ItemsRefund");
        item.set("anyOf", item.remove("oneOf"));
    }

    /** The document says that a payment has a transaction, which one that is scheduled has not. */
    private static void takeARefundOnItsWay(ObjectNode document) {
        document.withObject("/components/schemas/RefundPayment/properties/transaction_id")
                .put("nullable", true);
    }

    /** The document writes out the first of any number of conditions. */
    private static void takeASecondCondition(ObjectNode document) {
        for (var list : document.findValues("parameters"))
            for (var parameter : list.deepCopy()) {
                var name = parameter.path("name").asText();
                if (!name.contains("[filterGroups][0]")) continue;
                var second = (ObjectNode) parameter;
                second.put("name", name.replace("[filterGroups][0]", "[filterGroups][1]"));
                ((ArrayNode) list).add(second);
            }
    }

    /** The document says of no date that it may be null, which the vendor's prose does. */
    private static void takeDatesToCome(ObjectNode document) {
        for (var name : List.of("date_paid_gmt", "date_completed_gmt"))
            for (var date : document.findValues(name)) ((ObjectNode) date).put("nullable", true);
    }

    /** The document names GET alone; Slack takes each of its methods by POST as well. */
    private static void takeThePostOfATest(ObjectNode document) {
        var test = document.withObject("/paths/~1auth.test");
        var post = test.withObject("/get").deepCopy();
        test.set("post", post.put("operationId", "auth_test_post"));
    }

    /** The document wants a message in every history; a channel of today may have none. */
    private static void takeAnEmptyHistory(ObjectNode document) {
        var messages = answer(document, "conversations.history", "get").withObject("/messages");
        messages.remove("minItems");
    }

    /** The document says of the blocks of an update that they are one object, else a list. */
    private static void takeUpdatedBlocks(ObjectNode document) {
        answer(document, "chat.update", "post")
                .withObject("/message/properties/blocks")
                .removeAll()
                .put("$ref", "#/components/schemas/blocks");
    }

    private static ObjectNode answer(ObjectNode document, String method, String http) {
        return document.withObject("/paths/~1" + method + "/" + http + "/responses/200/content")
                .withObject("/application~1json/schema/properties");
    }

    /** A list without orders is answered with 204, which other lists of the document name. */
    private static void takeAnEmptyList(ObjectNode document) {
        document.withObject("/paths/~1orders/get/responses/204").put("description", "no orders");
    }

    /** The document says how errors look in the body of each success, and names no other status. */
    private static void takeErrors(ObjectNode document) {
        for (var responses : document.findValues("responses"))
            if (responses.has("200")) ((ObjectNode) responses).set("default", responses.get("200"));
    }

    /** OpenAPI says that a header of this name is no parameter; the validator misses it. */
    private static void passOverContentTypes(ObjectNode document) {
        for (var owner : document.findParents("parameters")) {
            var all = owner.path("parameters");
            if (!all.isArray()) continue;
            var others = all.valueStream().filter(one -> !isContentType(one)).toList();
            ((ObjectNode) owner).putArray("parameters").addAll(others);
        }
    }

    private static boolean isContentType(JsonNode parameter) {
        return parameter.path("name").asText().equals("Content-Type")
                || parameter.path("$ref").asText().endsWith("/ContentType");
    }

    /** The document is of a shop without plugins; ours has one for customers' wishes to cancel. */
    private static void takeAStatusOfTheShop(ObjectNode document) {
        document.at("/paths/~1orders/get/parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals("status"))
                .map(parameter -> (ArrayNode) parameter.at("/schema/items/enum"))
                .forEach(words -> words.add("cancel-request"));
    }
}
