package shop.unwind.sendgrid;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class SendGridFunction extends ConnectorFunction {
    public SendGridFunction() {
        super("sendgrid", SendGridMail::new);
    }
}
