package sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A whole HTTP answer. */
public final class Page implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
        out.write(
                """
                {"statusCode": 201, "headers": {"Content-Type": "image/gif", "X-One": "1", "Access-Control-Allow-Origin": "*"},
                 "cookies": ["a=1", "b=2"], "isBase64Encoded": true, "body": "R0lG"}
                """
                        .getBytes());
    }
}
