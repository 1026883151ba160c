package shop.unwind.local.hostile;

import com.amazonaws.services.lambda.runtime.LambdaLogger;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** A function's logger that writes lines where they can be read. */
final class Lines {
    private Lines() {}

    static LambdaLogger to(StringWriter out) {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                out.write(message + "\n");
            }

            @Override
            public void log(byte[] message) {
                log(new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}
