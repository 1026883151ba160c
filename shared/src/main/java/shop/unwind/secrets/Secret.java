package shop.unwind.secrets;

import java.nio.charset.StandardCharsets;

/** A secret value. {@link #toString} hides it. */
public record Secret(String value) {
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
