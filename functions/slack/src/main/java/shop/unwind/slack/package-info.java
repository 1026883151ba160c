/**
 * Slack Web API (docs.slack.dev/reference/methods). Tells staff, and asks them with buttons; the
 * answer comes in by {@code intake-slack}. HTTP 200 with {@code ok: false} is the usual failure.
 * Slack has no idempotency key: messages bear our mark in their metadata and are looked up in the
 * channel's history. Scopes: {@code chat:write}, {@code channels:history} ({@code groups:history}
 * for a private channel).
 */
@NullMarked
package shop.unwind.slack;

import org.jspecify.annotations.NullMarked;
