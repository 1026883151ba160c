package shop.unwind.sendgrid;

import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.mail.Mail;

import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.client.HttpClients;

import shop.unwind.connector.Platform;
import shop.unwind.http.Http;
import shop.unwind.problem.Misconfigured;
import shop.unwind.problem.Problem;
import shop.unwind.problem.Unreachable;
import shop.unwind.problem.Unsure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** SendGrid's library with time-outs and a base URL, neither of which it has by itself. */
final class Wire {
    private static final int CONNECT = (int) Duration.ofSeconds(3).toMillis();

    /** The library builds its address from scheme, host and version: the version takes a prefix. */
    private static final String VERSION = "v3";

    private final Platform platform;
    private final SendGrid library;

    Wire(Platform platform) {
        this.platform = platform;
        var base = base(platform);
        var http =
                HttpClients.custom()
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setConnectionRequestTimeout(CONNECT)
                                        .setSocketTimeout((int) Http.patience().toMillis())
                                        .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                                        .build())
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        // A frozen function finds old connections closed by the other side.
                        .setConnectionTimeToLive(30, TimeUnit.SECONDS)
                        .build();
        var plain = "http".equals(base.getScheme());
        this.library = new SendGrid("", new Client(http, plain));
        library.setHost(base.getRawAuthority());
        library.setVersion((base.getRawPath() + "/" + VERSION).substring(1));
    }

    /** Sends what changes something: a lost answer leaves us unsure. */
    Response post(String path, Mail mail) {
        var request = request(Method.POST, path);
        try {
            request.setBody(mail.build());
        } catch (IOException impossible) {
            throw new IllegalStateException("a mail that is no JSON");
        }
        return send(request);
    }

    Response get(String path) {
        return send(request(Method.GET, path));
    }

    private static Request request(Method method, String path) {
        var request = new Request();
        request.setMethod(method);
        request.setEndpoint(path);
        return request;
    }

    private Response send(Request request) {
        // Set anew each time: the key may have been changed since.
        request.addHeader("Authorization", "Bearer " + platform.secret("apiKey").value());
        try {
            return Answers.success(request, library.api(request), platform.clock().instant());
        } catch (ConnectException
                | ConnectTimeoutException
                | NoRouteToHostException
                | UnknownHostException
                | SSLHandshakeException
                | SSLPeerUnverifiedException notSent) {
            throw new Unreachable("no connection to " + library.getHost());
        } catch (IOException lost) {
            throw lost(request, lost);
        }
    }

    /** The exception's words may quote what was sent: only its kind is kept. */
    private static Problem lost(Request request, IOException lost) {
        var words =
                request.getMethod()
                        + " "
                        + request.getEndpoint()
                        + ": no answer ("
                        + lost.getClass().getSimpleName()
                        + ")";
        return request.getMethod() == Method.GET ? new Unreachable(words) : new Unsure(words);
    }

    private static URI base(Platform platform) {
        var key = "store document: platforms." + platform.name();
        var vendor =
                switch (platform.optional("region").orElse("global")) {
                    case "global" -> "https://api.sendgrid.com";
                    case "eu" -> "https://api.eu.sendgrid.com";
                    default -> throw new Misconfigured(key + ".region: global or eu was expected");
                };
        try {
            var base = URI.create(platform.baseUrl(vendor).replaceAll("/+$", ""));
            if (Set.of("http", "https").contains(String.valueOf(base.getScheme()))
                    && base.getRawAuthority() != null) return base;
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw new Misconfigured(key + ".baseUrl: an http or https address was expected");
    }
}
