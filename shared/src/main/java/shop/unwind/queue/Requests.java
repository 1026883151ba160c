package shop.unwind.queue;

import shop.unwind.domain.Request;
import shop.unwind.json.Json;

import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Puts requests on the queue. Once it returns, the request cannot be lost. */
public final class Requests {
    private final SqsClient sqs;
    private final String queueUrl;

    public Requests(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    public void send(Request request) {
        sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(Json.write(request)));
    }

    /** Goes the way to the queue without sending; a policy that forbids to look answers too. */
    public void rehearse() {
        try {
            sqs.getQueueAttributes(
                    look -> look.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN));
        } catch (SqsException forbidden) {
            // It has been asked and has answered: that is all that was wanted.
        }
    }
}
