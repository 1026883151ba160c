package shop.unwind.cases;

import shop.unwind.domain.Request;

/**
 * A request as it was recorded.
 *
 * @param number its place among all requests of the order, from 1
 */
public record Recorded(int number, Request request) {}
