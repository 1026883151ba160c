package shop.unwind.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.connector.Platform;
import shop.unwind.secrets.Tokens;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;
import java.util.Map;

/** What a connector is made from, in tests. */
public final class TestPlatform {
    private TestPlatform() {}

    /** A platform whose tokens are kept in these tables. */
    public static Platform of(
            String name,
            ObjectNode settings,
            Map<String, String> secrets,
            TestTables tables,
            InstantSource clock) {
        return new Platform(
                name,
                settings,
                TestSecrets.of(clock, name, secrets),
                new Tokens(tables.client(), TestTables.STEPS, name, clock),
                clock);
    }

    /** A platform that issues no tokens; asking for one fails. */
    public static Platform of(
            String name, ObjectNode settings, Map<String, String> secrets, InstantSource clock) {
        return new Platform(
                name,
                settings,
                TestSecrets.of(clock, name, secrets),
                new Tokens(new NoTables(), TestTables.STEPS, name, clock),
                clock);
    }

    private static final class NoTables implements DynamoDbClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
