/**
 * Takes Square's webhooks, verified by HMAC over the registered address and the raw body, and hands
 * on what they tell of through EventBridge. Square waits 10 s for an answer and goes on trying for
 * 72 h. https://developer.squareup.com/docs/webhooks/step3validate
 */
@NullMarked
package shop.unwind.intakesquare;

import org.jspecify.annotations.NullMarked;
