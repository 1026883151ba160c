package shop.unwind.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One order as people name it.
 *
 * @param storefront the platform's folder name, such as {@code shopify}
 * @param number without the leading {@code #}; letters, digits, dot, underscore and hyphen
 */
public record OrderRef(String storefront, String number) {
    private static final String BY_PAYMENT = "payment.";
    private static final int LONGEST = 40;

    /** The most letters of a payment's id that can stand for an order. */
    public static final int LONGEST_PAYMENT = LONGEST - BY_PAYMENT.length();

    private static final Pattern STOREFRONT = Pattern.compile("[a-z]{1,20}");
    private static final Pattern NUMBER =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}");

    public OrderRef {
        number = number.strip();
        if (number.startsWith("#")) number = number.substring(1);
        if (!STOREFRONT.matcher(storefront).matches())
            throw new IllegalArgumentException("storefront: a platform's name was expected");
        if (!NUMBER.matcher(number).matches())
            throw new IllegalArgumentException(
                    "order: 1 to "
                            + LONGEST
                            + " letters, digits, dots, underscores or hyphens were expected");
    }

    /**
     * Stands for an order of which only a payment is known, until the payment tells which it is.
     */
    public static OrderRef ofPayment(PaymentRef payment) {
        return new OrderRef(payment.platform(), BY_PAYMENT + payment.id());
    }

    /** The payment that stands for the order, where that is all we know. */
    public Optional<PaymentRef> payment() {
        return number.startsWith(BY_PAYMENT)
                ? Optional.of(new PaymentRef(storefront, number.substring(BY_PAYMENT.length())))
                : Optional.empty();
    }

    /** What all cases of this order share, {@code shopify-1001}. */
    public String key() {
        return storefront + "-" + number;
    }

    /** Reads what {@link #key} wrote. */
    public static OrderRef ofKey(String key) {
        var dash = key.indexOf('-');
        if (dash < 0) throw new IllegalArgumentException("case: storefront-number was expected");
        return new OrderRef(key.substring(0, dash), key.substring(dash + 1));
    }
}
