package shop.unwind.slack;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class SlackFunction extends ConnectorFunction {
    public SlackFunction() {
        super("slack", Slack::new);
    }
}
