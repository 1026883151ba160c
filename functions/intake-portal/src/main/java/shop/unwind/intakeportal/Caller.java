package shop.unwind.intakeportal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whoever is connected, as attempts are counted. */
final class Caller {
    /** A customer of a provider is given a whole /64 and can take any address in it. */
    private static final int NETWORK_BYTES = 8;

    private Caller() {}

    /**
     * What is one caller.
     *
     * @param address as the API gives it; no name is ever looked up
     */
    static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address many
                    ? network(many)
                    : address;
        } catch (IllegalArgumentException unknown) {
            return address;
        }
    }

    private static String network(Inet6Address address) {
        var network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
        return HexFormat.of().formatHex(network) + "/64";
    }
}
