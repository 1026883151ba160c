package shop.unwind.breaker;

/**
 * A pause of automatic refunds.
 *
 * @param number counts the pauses; "go on" names the one it ends
 * @param why which limit was reached, in plain words
 */
public record Pause(int number, String why) {}
