package shop.unwind.local.event;

import shop.unwind.local.lambda.AsynchronousInvoker;
import shop.unwind.local.queue.Queues;
import shop.unwind.local.template.Arns;

/** Where rules and schedules deliver: functions, without waiting for them, and queues. */
public final class Targets {
    private final AsynchronousInvoker functions;
    private final Queues queues;

    public Targets(AsynchronousInvoker functions, Queues queues) {
        this.functions = functions;
        this.queues = queues;
    }

    void deliver(String arn, String payload) {
        if (Arns.isQueue(arn)) queues.send(arn, payload);
        else functions.invoke(arn, payload);
    }
}
