package shop.unwind.local.hostile;

import java.util.regex.Pattern;

/**
 * The personal data that one request bears, found again wherever they turn up.
 *
 * @param number of the request, from 0 to 9999
 */
record Mark(int number) {
    /** Any mark's trace in a text, however the rest of the datum was cut or hidden. */
    static final Pattern TRACE = Pattern.compile("(?i)zq7f\\d{4}|30[ -]?777[ -]?\\d{4}");

    String word() {
        return "zq7f%04d".formatted(number);
    }

    String name() {
        return "Kim Z" + word().substring(1);
    }

    String email() {
        return "kim." + word() + "@hostile.example";
    }

    String street() {
        return number + " " + word() + " Alley";
    }

    String phone() {
        return "+49 30 777 %04d".formatted(number);
    }

    String token() {
        return "tok_" + word();
    }

    /** As somebody would write it into a free text. */
    String sentence() {
        return "I am %s, %s, %s, %s".formatted(name(), street(), phone(), token());
    }

    /** As platforms write it into their JSON. */
    String json() {
        return """
        {"name":"%s","email":"%s","phone":"%s","address1":"%s","token":"%s"}\
        """
                .formatted(name(), email(), phone(), street(), token());
    }
}
