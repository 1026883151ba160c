/**
 * Twilio SendGrid, Web API v3 (www.twilio.com/docs/sendgrid/api-reference/mail-send), through its
 * own library. Sends letters by e-mail. SendGrid has no idempotency key and cannot be asked what it
 * sent: a letter whose answer was lost is sent once more and then left to people. 202 means taken,
 * not delivered.
 */
@NullMarked
package shop.unwind.sendgrid;

import org.jspecify.annotations.NullMarked;
