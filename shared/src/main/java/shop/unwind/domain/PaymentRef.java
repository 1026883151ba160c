package shop.unwind.domain;

/**
 * One payment at whoever moves its money.
 *
 * @param platform the folder name of the owner, a provider or the storefront itself
 * @param id the owner's own id, such as {@code pi_123}
 */
public record PaymentRef(String platform, String id) {}
