package shop.unwind.local.campaign;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of one sequence.
 *
 * @param account how the platforms' books stand in the end
 */
record Played(Trial trial, Account account, Dossier dossier, List<Broken> broken) {
    Played {
        broken = List.copyOf(broken);
    }

    boolean isWrong() {
        return !broken.isEmpty();
    }

    /** Whether any money went back by us. */
    boolean isRefunded() {
        return account.refunds().stream().anyMatch(Account.Refund::isOurs);
    }

    /** How the latest case ended, in a word. */
    String end() {
        return dossier.head().isEmpty() ? "no case" : dossier.end().name().toLowerCase(Locale.ROOT);
    }

    /** Why staff are called, and where; the order is called N. */
    Optional<String> reason() {
        return dossier.last()
                .filter(_ -> dossier.needsAttention())
                .map(ending -> trial.storefront() + ": " + ending.cause())
                .map(words -> words.replace(trial.text(), "N"));
    }

    private String broken(String between) {
        return broken.stream()
                .map(Broken::toString)
                .distinct()
                .collect(Collectors.joining(between));
    }

    @Override
    public String toString() {
        return "order %s, %s%n%s%n%s%nIn the books: refunds %s, taken back %s, shipped %s%nIn the record: %s%n"
                .formatted(
                        trial.text(),
                        end(),
                        broken("\n"),
                        trial.sequence(),
                        account.refunds(),
                        account.takes(),
                        account.shipments(),
                        dossier);
    }
}
