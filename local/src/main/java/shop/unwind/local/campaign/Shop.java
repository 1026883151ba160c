package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Act.CancelInShop;
import shop.unwind.local.campaign.Act.Operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A storefront as people act in it, and what is to be known of it to keep books of its orders. What
 * a storefront does not have does not happen there.
 */
sealed interface Shop {
    static List<Shop> all() {
        return List.of(
                new Shopify(), new WooCommerce(), new Magento(), new Square(), new BigCommerce());
    }

    static Shop named(String name) {
        return all().stream().filter(shop -> shop.name().equals(name)).findFirst().orElseThrow();
    }

    String name();

    /** Who moves the money, by gateway. */
    Map<String, Mover> movers();

    /** The gateway of its gift cards, if it sells any. */
    default Optional<String> giftCard() {
        return Optional.empty();
    }

    /** What the operations are called there; one that it does not have is missing. */
    Map<Operation, String> calls();

    /** What somebody does; empty when nobody can. */
    default Optional<Deed> deed(Trial trial, Act.InShop act) {
        return Optional.of(
                switch (act) {
                    case CancelInShop _ -> at(trial, "cancel");
                    case Act.RefundInShop(var percent) ->
                            at(trial, "refund").with("amount", trial.part(percent));
                    case Act.Ship _ -> at(trial, "ship");
                });
    }

    /** What it takes to take the money of an authorisation; empty when it cannot be done there. */
    default List<Deed> capture(Trial trial) {
        return List.of();
    }

    /** What a cancel comes to, where nothing can be chosen. */
    default CancelInShop outcome(CancelInShop wish) {
        return new CancelInShop(true, false);
    }

    /** Whether a cancel brings back too much at first, which we then take off again. */
    default boolean correctsStock() {
        return false;
    }

    /** Whether the stock of units that were taken back before stays right when somebody does so. */
    default boolean keepsStock(Act.InShop act) {
        return true;
    }

    /** Whether we hear of a cancel in an event that says what it is. */
    default boolean tellsOfCancel(boolean paid) {
        return true;
    }

    default Deed at(Trial trial, String act) {
        return Deed.at(name(), trial.text(), act);
    }

    /** Any unit can be sent alone, and who cancels chooses what becomes of goods and money. */
    record Shopify() implements Shop {
        @Override
        public String name() {
            return "shopify";
        }

        @Override
        public Map<String, Mover> movers() {
            return Map.of(
                    "stripe", new Provider.Stripe(),
                    "shopify_payments", new Mover.Shopify(),
                    "paypal", new Provider.PayPal(),
                    "gift_card", new Mover.Shopify());
        }

        @Override
        public Optional<String> giftCard() {
            return Optional.of("gift_card");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.READ, "OrderByName",
                    Operation.CANCEL, "Cancel",
                    Operation.STOREFRONT_REFUND, "Refund",
                    Operation.STOREFRONT_REFUNDS, "Refunds",
                    Operation.NOTE, "Note");
        }

        @Override
        public Optional<Deed> deed(Trial trial, Act.InShop act) {
            return switch (act) {
                case CancelInShop(var restock, var refund) ->
                        Optional.of(
                                at(trial, "cancel")
                                        .with("restock", restock)
                                        .with("refund", refund));
                case Act.RefundInShop(var percent) ->
                        Optional.of(at(trial, "refund").with("amount", trial.part(percent)));
                case Act.Ship(var line, var units) ->
                        Optional.of(
                                at(trial, "ship")
                                        .with("sku", trial.sku(line))
                                        .with("quantity", units));
            };
        }

        /** Another's money is taken there, and the shop hears of it. */
        @Override
        public List<Deed> capture(Trial trial) {
            var here = at(trial, "capture");
            return Stream.concat(trial.cardMover().capture(trial).stream(), Stream.of(here))
                    .toList();
        }

        @Override
        public CancelInShop outcome(CancelInShop wish) {
            return wish;
        }
    }

    /**
     * Goods leave all at once. A cancel brings all goods back to stock and moves no money; nobody
     * can tell the shop here of money that was taken elsewhere.
     */
    record WooCommerce() implements Shop {
        @Override
        public String name() {
            return "woocommerce";
        }

        @Override
        public Map<String, Mover> movers() {
            return Map.of(
                    "stripe", new Provider.Stripe(),
                    "square_credit_card", new Provider.Square(),
                    "woocommerce_payments",
                            Mover.Inside.plain(name(), "%s", "refunds.create", "refunds.list"));
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.READ, "orders.get",
                    Operation.CANCEL, "orders.update",
                    Operation.STOREFRONT_REFUND, "refunds.create",
                    Operation.STOREFRONT_REFUNDS, "refunds.list",
                    Operation.NOTE, "notes.create");
        }
    }

    /**
     * Goods leave all at once. A cancel takes all that is not invoiced, so nothing of what was
     * paid, and brings it back to stock; an invoice takes the money of the shop's own gateway.
     */
    record Magento() implements Shop {
        @Override
        public String name() {
            return "magento";
        }

        @Override
        public Map<String, Mover> movers() {
            var invoices =
                    Mover.Inside.plain(name(), "7%s.7%s1", "invoices.refund", "creditmemos.list");
            return Map.of("stripe", new Provider.Stripe(), "braintree", invoices);
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.READ, "orders.list",
                    Operation.CANCEL, "orders.cancel",
                    Operation.STOREFRONT_REFUND, "invoices.refund",
                    Operation.STOREFRONT_REFUNDS, "creditmemos.list",
                    Operation.NOTE, "comments.create");
        }

        @Override
        public List<Deed> capture(Trial trial) {
            return trial.cardMover() instanceof Mover.Inside
                    ? List.of(at(trial, "capture"))
                    : List.of();
        }
    }

    /**
     * Goods leave all at once. Who calls an order off moves no money and sees to its stock by hand:
     * a paid order is completed by it, as its event says too, and only then its goods leave the
     * stock. Money is given back at the payment alone.
     */
    record Square() implements Shop {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public Map<String, Mover> movers() {
            var here = new Provider.Square();
            return Map.of("card", here, "wallet", here, "square_gift_card", here);
        }

        @Override
        public Optional<String> giftCard() {
            return Optional.of("square_gift_card");
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.READ, "orders.get",
                    Operation.CANCEL, "orders.update",
                    Operation.STOREFRONT_REFUND, "inventory.create",
                    Operation.STOREFRONT_REFUNDS, "inventory.retrieve",
                    Operation.NOTE, "orders.update");
        }

        @Override
        public Optional<Deed> deed(Trial trial, Act.InShop act) {
            return act instanceof Act.RefundInShop ? Optional.empty() : Shop.super.deed(trial, act);
        }

        @Override
        public List<Deed> capture(Trial trial) {
            return trial.cardMover().capture(trial).stream().toList();
        }

        @Override
        public CancelInShop outcome(CancelInShop wish) {
            return new CancelInShop(false, false);
        }

        /** It takes no line off an order, and books all of it when all is sent. */
        @Override
        public boolean keepsStock(Act.InShop act) {
            return !(act instanceof Act.Ship);
        }

        @Override
        public boolean tellsOfCancel(boolean paid) {
            return !paid;
        }
    }

    /**
     * Goods leave all at once. A cancel brings all goods back to stock and moves no money; a refund
     * is scheduled, and one of a sum touches no goods.
     */
    record BigCommerce() implements Shop {
        @Override
        public String name() {
            return "bigcommerce";
        }

        @Override
        public Map<String, Mover> movers() {
            var jobs = Mover.Inside.plain(name(), "%s.braintree", "refunds.create", "refunds.list");
            return Map.of(
                    "stripe", new Provider.Stripe(), "braintree", jobs.ending("settle", "decline"));
        }

        /** A cancel brings back what had come back before, too, and we adjust that. */
        @Override
        public boolean correctsStock() {
            return true;
        }

        /** Its own restock knows nothing of units that came back before, and comes on top. */
        @Override
        public boolean keepsStock(Act.InShop act) {
            return !(act instanceof CancelInShop);
        }

        @Override
        public Map<Operation, String> calls() {
            return Map.of(
                    Operation.READ, "orders.get",
                    Operation.CANCEL, "orders.update",
                    Operation.STOREFRONT_REFUND, "refunds.create",
                    Operation.STOREFRONT_REFUNDS, "refunds.list",
                    Operation.NOTE, "orders.update");
        }
    }
}
