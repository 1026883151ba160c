package shop.unwind.function;

import shop.unwind.breaker.MoneyBreaker;
import shop.unwind.cases.Cases;
import shop.unwind.config.Documents;
import shop.unwind.config.Environment;
import shop.unwind.queue.Requests;
import shop.unwind.secrets.Secrets;

import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import java.time.Clock;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The AWS clients of one function, made once in its constructor. Region, credentials and endpoints
 * come from the SDK's own chain: with SnapStart credentials are in no environment variable.
 */
public final class Clients {
    private static final int ATTEMPTS = 3;

    private final InstantSource clock = Clock.systemUTC();
    private final DynamoDbClient dynamo = patient(DynamoDbClient::builder).build();

    public InstantSource clock() {
        return clock;
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    public Cases cases() {
        return new Cases(dynamo, Environment.required("CASES_TABLE"), clock);
    }

    public Documents documents() {
        return new Documents(dynamo, Environment.required("DOCUMENTS_TABLE"), clock);
    }

    public MoneyBreaker breaker(Documents documents) {
        return new MoneyBreaker(
                dynamo,
                Environment.required("CASES_TABLE"),
                () -> documents.policy().document(),
                clock);
    }

    /** The queue that intake writes to. */
    public Requests requests() {
        return new Requests(
                patient(SqsClient::builder).build(), Environment.required("REQUESTS_QUEUE_URL"));
    }

    public Secrets secrets() {
        return new Secrets(patient(SecretsManagerClient::builder).build(), clock);
    }

    /** A builder whose client gives up soon enough for the workflow to try again. */
    public static <B extends SdkClientBuilder<B, ?>> B patient(Supplier<B> builder) {
        return builder.get()
                .overrideConfiguration(
                        override -> override.retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)));
    }
}
