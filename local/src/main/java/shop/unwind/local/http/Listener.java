package shop.unwind.local.http;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Ports of this machine that HTTP is spoken on. */
public final class Listener {
    private static final int BACKLOG = 1_000;

    // Read once when the server's classes load, so before any is made. Without the first, small
    // answers wait 40 ms for an acknowledgement; the others keep connections longer than clients
    // do, who then never meet a closed one.
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "120");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private Listener() {}

    /**
     * Takes a port of the loopback address, without answering yet.
     *
     * @param port 0 for any that is free
     * @throws UncheckedIOException somebody else has it
     */
    public static HttpServer bind(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return HttpServer.create(address, BACKLOG);
        } catch (IOException taken) {
            throw new UncheckedIOException("port " + port + " cannot be had", taken);
        }
    }
}
