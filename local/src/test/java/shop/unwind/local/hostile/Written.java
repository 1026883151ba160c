package shop.unwind.local.hostile;

import shop.unwind.json.Json;
import shop.unwind.local.stack.Stack;
import shop.unwind.local.template.Template;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that is kept of requests. Messages are counted first: one that is taken meanwhile is
 * found in the tables or among the executions then.
 *
 * @param messages by queue; none of an event that is still on its way to become a request
 * @param items by table; attempts at the portal are left out, since they are counted by design
 * @param executions with their status
 */
record Written(
        Map<String, Integer> messages,
        Map<String, Set<Map<String, AttributeValue>>> items,
        Set<String> executions) {
    private static final String COUNTED = "portal#attempts#";

    static Written in(Stack stack) {
        var messages = new TreeMap<String, Integer>();
        for (var queue : List.of(stack.name("Requests"), stack.name("RequestsDlq")))
            messages.put(queue, stack.queues().depth(queue).total());
        var items = new TreeMap<String, Set<Map<String, AttributeValue>>>();
        for (var table : stack.template().tables()) items.put(table.name(), items(stack, table));
        return new Written(messages, items, executions(stack));
    }

    boolean isQuiet() {
        return messages.values().stream().allMatch(count -> count == 0);
    }

    private static Set<Map<String, AttributeValue>> items(Stack stack, Template.Table table) {
        return stack
                .tables()
                .client()
                .scanPaginator(scan -> scan.tableName(table.name()).consistentRead(true))
                .items()
                .stream()
                .filter(item -> !isCounter(item))
                .collect(Collectors.toSet());
    }

    private static boolean isCounter(Map<String, AttributeValue> item) {
        return item.containsKey("step") && item.get("step").s().startsWith(COUNTED);
    }

    private static Set<String> executions(Stack stack) {
        var arn = stack.template().stateMachines().getFirst().arn();
        var request = Json.object().put("stateMachineArn", arn);
        return stack.service("AWSStepFunctions")
                .call("ListExecutions", request.put("maxResults", 1000))
                .path("executions")
                .valueStream()
                .map(execution -> execution.path("name") + " " + execution.path("status"))
                .collect(Collectors.toSet());
    }
}
