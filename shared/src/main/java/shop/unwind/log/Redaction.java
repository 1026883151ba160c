package shop.unwind.log;

import java.util.regex.Pattern;

/**
 * The last line of defence: takes e-mail addresses, telephone numbers and the usual shapes of keys
 * and tokens out of a text. Code that writes log lines is not to put them there in the first place.
 */
public final class Redaction {
    private static final Pattern EMAIL = Pattern.compile("(?U)[\\w.+'-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern PHONE = Pattern.compile("\\+\\d[\\d ()-]{6,}\\d");
    private static final Pattern KEY =
            Pattern.compile(
                    "(?i)(bearer\\s+\\S+|(sk|rk|whsec|shpat|shpss|xox[a-z]|SG)[_.-][\\w.-]{6,}"
                            + "|c[ks]_[0-9a-f]{40}"
                            + "|(EAAA|EQAA)[\\w-]{16,}"
                            + "|eyJ[\\w-]{5,}\\.[\\w.-]+"
                            + "|(token|secret|password|signature)[\"']?\\s*[=:]\\s*\\S+)");

    private Redaction() {}

    public static String clean(String text) {
        var clean = EMAIL.matcher(text).replaceAll("(e-mail)");
        clean = PHONE.matcher(clean).replaceAll("(phone)");
        return KEY.matcher(clean).replaceAll("(secret)");
    }
}
