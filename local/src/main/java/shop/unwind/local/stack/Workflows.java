package shop.unwind.local.stack;

import shop.unwind.local.AwsService;
import shop.unwind.local.lambda.Lambda;
import shop.unwind.local.template.Template;

import java.util.List;
import java.util.Map;

/** Makes what plays Step Functions. */
@FunctionalInterface
public interface Workflows {
    /**
     * Begins to play these state machines. What is made is closed with the stack, if it can be.
     *
     * @param services the other services, by the part of {@code X-Amz-Target} before the dot
     */
    AwsService start(
            List<Template.StateMachine> machines, Lambda lambda, Map<String, AwsService> services);
}
