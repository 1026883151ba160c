package shop.unwind.local.campaign;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one customer buys and how it is paid. Amounts are in the currency's minor units. */
public record Basket(
        String storefront, String currency, List<Line> lines, long shipping, List<Tender> tenders) {

    /**
     * Goods of one kind.
     *
     * @param discount off the whole line
     * @param tax on the whole line
     */
    public record Line(int quantity, long unitPrice, long discount, long tax) {
        long worth() {
            return quantity * unitPrice - discount + tax;
        }
    }

    /**
     * One way of paying.
     *
     * @param percent of the price; the last tender takes the rest
     * @param captured whether the money was taken, or only authorised
     * @param refunds what becomes of them, in the sandbox's word
     */
    public record Tender(String gateway, int percent, boolean captured, String refunds) {}

    public Basket {
        lines = List.copyOf(lines);
        tenders = List.copyOf(tenders);
    }

    Shop shop() {
        return Shop.named(storefront);
    }

    /** Which tender is by card; each basket has one. */
    int card() {
        return IntStream.range(0, tenders.size()).filter(this::isCard).findFirst().orElseThrow();
    }

    boolean isCard(int tender) {
        var gateway = tenders.get(tender).gateway();
        return shop().giftCard().filter(gateway::equals).isEmpty();
    }

    /** Who has the money of a tender. */
    Mover mover(int tender) {
        var gateway = tenders.get(tender).gateway();
        return Optional.ofNullable(shop().movers().get(gateway)).orElseThrow();
    }

    long price() {
        return lines.stream().mapToLong(Line::worth).sum() + shipping;
    }

    /** What is paid by the tender at this place. */
    long amount(int at) {
        var before = 0L;
        for (var i = 0; i < at; i++) before += percent(price(), tenders.get(i).percent());
        return at == tenders.size() - 1
                ? price() - before
                : percent(price(), tenders.get(at).percent());
    }

    /** A part of an amount as card networks take it. */
    long percent(long amount, int percent) {
        var smallest = smallest(currency);
        return Math.max(smallest, amount * percent / 100 / smallest * smallest);
    }

    /** Card networks take currencies with three decimals in tens of their minor unit. */
    static long smallest(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits() == 3 ? 10 : 1;
    }

    /** The sum as people write it, such as {@code 5.124 KWD}. */
    String shown(long amount) {
        var digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(amount, digits).toPlainString() + " " + currency;
    }

    @Override
    public String toString() {
        var goods =
                lines.stream()
                        .map(
                                line ->
                                        "%d × %s - %s + tax %s"
                                                .formatted(
                                                        line.quantity(),
                                                        shown(line.unitPrice()),
                                                        shown(line.discount()),
                                                        shown(line.tax())))
                        .collect(Collectors.joining("; "));
        return "%s: %s; shipping %s; paid by %s"
                .formatted(storefront, goods, shown(shipping), tenders);
    }
}
