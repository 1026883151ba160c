package shop.unwind.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/** How an attempt at a Task, Map or Parallel ended. */
sealed interface Result permits Failure, Result.Success {
    record Success(JsonNode value) implements Result {}
}
