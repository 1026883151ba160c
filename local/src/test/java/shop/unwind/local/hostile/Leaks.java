package shop.unwind.local.hostile;

import java.util.List;
import java.util.regex.Pattern;

/** What must not stand in a log. */
final class Leaks {
    private static final Pattern EMAIL = Pattern.compile("[\\w.+'-]+@[\\w-]+\\.\\w+");

    private final List<String> secrets;

    Leaks(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** The lines that hold a secret, an e-mail address or the personal data of any request. */
    List<String> in(String log) {
        return log.lines().filter(this::leaks).toList();
    }

    private boolean leaks(String line) {
        return Mark.TRACE.matcher(line).find()
                || EMAIL.matcher(line).find()
                || secrets.stream().anyMatch(line::contains);
    }
}
