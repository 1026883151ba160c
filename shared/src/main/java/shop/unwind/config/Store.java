package shop.unwind.config;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The store document: which platforms are on and what each is to do.
 *
 * @param name what customers call the shop
 * @param platforms settings by platform; a platform that is not named is off
 * @param moneyMovedBy per storefront, per gateway: the platform that refunds it, or {@code staff}.
 *     Exactly one owner per gateway, so that no payment is refunded twice
 * @param defaultStorefront where an order is whose storefront the portal is not told; may be left
 *     out, and tells nothing new where there is only one
 * @param ledgers platforms that reflect what happened in stock or books
 * @param customer platforms that tell the customer
 * @param staff platforms that tell staff, at least one; the first also asks them
 * @param notes whether the outcome is noted on the order at its storefront
 * @param tieOut how the nightly tie-out goes about it; may be left out
 */
public record Store(
        String name,
        Map<String, JsonNode> platforms,
        Map<String, Map<String, String>> moneyMovedBy,
        Optional<String> defaultStorefront,
        List<String> ledgers,
        List<String> customer,
        List<String> staff,
        boolean notes,
        Optional<TieOut> tieOut) {

    /** The owner's name for money that no platform moves: cash, bank transfer. */
    public static final String BY_STAFF = "staff";

    /**
     * How the nightly tie-out goes about it.
     *
     * @param days how many days it looks back, today among them
     */
    public record TieOut(int days) {
        private static final TieOut USUAL = new TieOut(3);
        private static final int MOST_DAYS = 31;
    }

    /**
     * Everything that is wrong, by the key a person would edit.
     *
     * @throws InvalidDocument with all findings
     */
    public Store validated() {
        var wrong = new ArrayList<String>();
        if (name == null || name.isBlank()) wrong.add("name: the shop's name was expected");
        if (platforms == null) wrong.add("platforms: settings by platform were expected");
        if (moneyMovedBy == null) wrong.add("moneyMovedBy: gateways by storefront were expected");
        if (ledgers == null) wrong.add("ledgers: a list of platforms was expected");
        if (customer == null) wrong.add("customer: a list of platforms was expected");
        if (staff == null) wrong.add("staff: a list of platforms was expected");
        else if (staff.isEmpty())
            wrong.add("staff: at least one platform was expected, which also asks for approval");
        if (tieOutDays() < 1 || tieOutDays() > TieOut.MOST_DAYS)
            wrong.add(
                    "tieOut.days: a whole number from 1 to " + TieOut.MOST_DAYS + " was expected");
        if (wrong.isEmpty()) wrong.addAll(unknownPlatforms());
        if (!wrong.isEmpty()) throw new InvalidDocument("store", wrong);
        return this;
    }

    public boolean isStorefront(String platform) {
        return moneyMovedBy.containsKey(platform);
    }

    /**
     * Where an order is that is named without its storefront: at the default one, else at the only
     * one; empty where that is not clear.
     */
    public Optional<String> storefrontUnlessNamed() {
        var only = moneyMovedBy.size() == 1 ? moneyMovedBy.keySet() : Set.<String>of();
        return defaultStorefront.or(() -> only.stream().findFirst());
    }

    /** How many days the nightly tie-out looks back, today among them: 3 unless it is said. */
    public int tieOutDays() {
        return tieOut.orElse(TieOut.USUAL).days();
    }

    /** Who refunds what was paid through this gateway; empty when nobody was named. */
    public Optional<String> owner(String storefront, String gateway) {
        var gateways = moneyMovedBy.getOrDefault(storefront, Map.of());
        return Optional.ofNullable(gateways.get(gateway));
    }

    private List<String> unknownPlatforms() {
        var wrong = new ArrayList<String>();
        moneyMovedBy.forEach(
                (storefront, gateways) -> {
                    check("moneyMovedBy." + storefront, storefront, wrong);
                    gateways.forEach(
                            (gateway, owner) -> {
                                if (!owner.equals(BY_STAFF))
                                    check(
                                            "moneyMovedBy." + storefront + "." + gateway,
                                            owner,
                                            wrong);
                            });
                });
        if (defaultStorefront.filter(platform -> !isStorefront(platform)).isPresent())
            wrong.add(
                    "defaultStorefront: "
                            + defaultStorefront.get()
                            + " is not among the storefronts of moneyMovedBy");
        ledgers.forEach(platform -> check("ledgers", platform, wrong));
        customer.forEach(platform -> check("customer", platform, wrong));
        staff.forEach(platform -> check("staff", platform, wrong));
        return wrong;
    }

    private void check(String key, String platform, List<String> wrong) {
        if (!platforms.containsKey(platform))
            wrong.add(key + ": " + platform + " is not among platforms");
    }
}
