package shop.unwind.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import shop.unwind.local.AwsError;
import shop.unwind.local.template.Template;

import java.util.List;
import java.util.Optional;

/** Units as the pricing page counts them: writes by 1 KB, reads by 4 KB, twice in a transaction. */
class TableUseTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static DynamoDb tables;

    @BeforeAll
    static void start() {
        var definition =
                json(
                        """
                        {"TableName":"Units","BillingMode":"PAY_PER_REQUEST",
                         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                         "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}\
                        """);
        var table = new Template.Table("Units", definition, Optional.empty());
        tables = DynamoDb.start(List.of(table), Optional.empty());
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @Test
    void aWriteOfTwoAndAHalfKilobytesIsThree() {
        var used = used("PutItem", "{'TableName':'Units','Item':" + item("a", 2500) + "}");

        assertThat(used.writes()).isEqualByComparingTo("3");
        assertThat(used.reads()).isZero();
    }

    @Test
    void aConsistentReadOfFiveKilobytesIsTwoAndAnotherHalfOfThat() {
        used("PutItem", "{'TableName':'Units','Item':" + item("b", 5000) + "}");
        var read = "{'TableName':'Units','Key':{'id':{'S':'b'}}";

        assertThat(used("GetItem", read + ",'ConsistentRead':true}").reads())
                .isEqualByComparingTo("2");
        assertThat(used("GetItem", read + "}").reads()).isEqualByComparingTo("1");
    }

    @Test
    void aWriteWithinATransactionCountsTwice() {
        var put = "{'Put':{'TableName':'Units','Item':" + item("c", 10) + "}}";

        assertThat(used("TransactWriteItems", "{'TransactItems':[" + put + "]}").writes())
                .isEqualByComparingTo("2");
    }

    @Test
    void aWriteWhoseConditionFailsIsPaidFor() {
        used("PutItem", "{'TableName':'Units','Item':" + item("d", 10) + "}");
        var before = tables.use();
        var again =
                "{'TableName':'Units','ConditionExpression':'attribute_not_exists(id)','Item':"
                        + item("d", 10)
                        + "}";

        assertThatThrownBy(() -> call("PutItem", again)).isInstanceOf(AwsError.class);
        assertThat(tables.use().minus(before).writes()).isEqualByComparingTo("1");
    }

    @Test
    void whoDoesNotAskForUnitsGetsNone() {
        var read = "{'TableName':'Units','Key':{'id':{'S':'none'}}";

        assertThat(call("GetItem", read + "}").has("ConsumedCapacity")).isFalse();
        assertThat(
                        call("GetItem", read + ",'ReturnConsumedCapacity':'TOTAL'}")
                                .has("ConsumedCapacity"))
                .isTrue();
    }

    private static TableUse used(String operation, String request) {
        var before = tables.use();
        call(operation, request);
        return tables.use().minus(before);
    }

    private static JsonNode call(String operation, String request) {
        return tables.call(operation, json(request.replace('\'', '"')));
    }

    private static String item(String id, int bytes) {
        return "{'id':{'S':'%s'},'body':{'S':'%s'}}".formatted(id, "x".repeat(bytes));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
