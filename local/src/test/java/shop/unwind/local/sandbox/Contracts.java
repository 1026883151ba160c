package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import shop.unwind.testing.Onward;
import shop.unwind.testing.VendorContract;

import java.util.List;
import java.util.Map;

/** Holds the sandbox's answers against a vendor's own document. */
final class Contracts {
    private final VendorContract contract;

    private Contracts(VendorContract contract) {
        this.contract = contract;
    }

    /** Skips the test when the document is absent. */
    static Contracts of(String name) {
        return new Contracts(VendorContract.of(name));
    }

    /** Complains when the reply is not what the contract has for this path and its status. */
    TestingClient.Reply check(String method, String path, TestingClient.Reply reply) {
        assertThat(complaints(method, path, reply)).as(reply.text()).isEmpty();
        return reply;
    }

    List<String> complaints(String method, String path, TestingClient.Reply reply) {
        return contract.complaints(
                path, method, new Onward.Reply(reply.status(), reply.text(), Map.of()));
    }
}
