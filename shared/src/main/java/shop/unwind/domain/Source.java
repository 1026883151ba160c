package shop.unwind.domain;

/** Where a request comes from. */
public enum Source {
    PORTAL,
    EMAIL,
    SMS,
    SUPPORT,
    STOREFRONT,
    MARKETPLACE,
    INVENTORY,
    DISPUTE,
    STAFF
}
