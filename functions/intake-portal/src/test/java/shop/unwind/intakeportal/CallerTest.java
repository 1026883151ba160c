package shop.unwind.intakeportal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallerTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::1, 2001:0DB8:0000:0001::2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, false",
    })
    void callers_shouldBeOne_whenInOneNetworkOfIpv6(String one, String other, boolean same) {
        assertThat(Caller.of(one).equals(Caller.of(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "", "localhost", "2001:db8::g", "1.2.3"})
    void caller_shouldBeWhatTheApiSays_whenItIsNoIpv6(String address) {
        assertThat(Caller.of(address)).isEqualTo(address);
    }
}
