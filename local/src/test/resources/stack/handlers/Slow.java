package sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Outlives its time-out. */
public final class Slow implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException late) {
            throw new IOException(late);
        }
    }
}
