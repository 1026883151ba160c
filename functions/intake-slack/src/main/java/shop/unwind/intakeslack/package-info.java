/**
 * Takes button presses from Slack (docs.slack.dev/interactivity/handling-user-interaction). Slack
 * wants an empty 200 within 3 seconds and sends nothing twice: people press again. Only AWS is
 * called from here.
 */
@NullMarked
package shop.unwind.intakeslack;

import org.jspecify.annotations.NullMarked;
