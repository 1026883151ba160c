package shop.unwind.queue;

import shop.unwind.domain.Request;
import shop.unwind.json.Json;

import software.amazon.awssdk.services.sqs.SqsClient;

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
}
