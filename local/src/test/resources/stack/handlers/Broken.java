package sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import java.io.InputStream;
import java.io.OutputStream;

/** Throws, always. */
public final class Broken implements RequestStreamHandler {
    static final class Unwell extends RuntimeException {
        Unwell() {
            super("not today");
        }
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
        throw new Unwell();
    }
}
