package shop.unwind.config;

import java.util.List;

/** A document that cannot be used, with everything that is wrong with it. */
public final class InvalidDocument extends IllegalArgumentException {
    public InvalidDocument(String document, List<String> wrong) {
        super("the " + document + " document cannot be used:\n  " + String.join("\n  ", wrong));
    }
}
