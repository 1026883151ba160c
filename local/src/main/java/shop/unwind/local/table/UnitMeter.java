package shop.unwind.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Adds up the capacity units that the engine says each operation has consumed. */
final class UnitMeter {
    /** The field of a request that asks for the units, and that of the answer that holds them. */
    static final String ASKED = "ReturnConsumedCapacity";

    static final String ANSWERED = "ConsumedCapacity";

    private static final Set<String> READS =
            Set.of("BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems");

    private static final Set<String> CONDITIONAL =
            Set.of("DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem");

    private BigDecimal reads = BigDecimal.ZERO;
    private BigDecimal writes = BigDecimal.ZERO;

    /** The request with the question for its units, which operations without any pass over. */
    static JsonNode asking(JsonNode request) {
        if (!request.isObject() || request.has(ASKED)) return request;
        var asking = JsonNodeFactory.instance.objectNode().put(ASKED, "TOTAL");
        asking.setAll((ObjectNode) request);
        return asking;
    }

    /** Counts an operation that was done. */
    synchronized void count(String operation, JsonNode answer) {
        var units = units(answer.path(ANSWERED));
        if (READS.contains(operation)) reads = reads.add(units);
        else writes = writes.add(units);
    }

    /** A write whose condition does not hold is billed like one: at least a unit. */
    synchronized void refused(String operation) {
        if (CONDITIONAL.contains(operation)) writes = writes.add(BigDecimal.ONE);
    }

    synchronized TableUse use() {
        return new TableUse(reads, writes);
    }

    /** One consumed capacity, or one for each table. */
    private static BigDecimal units(JsonNode consumed) {
        if (!consumed.isArray()) return consumed.path("CapacityUnits").decimalValue();
        return StreamSupport.stream(consumed.spliterator(), false)
                .map(UnitMeter::units)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
