package shop.unwind.sendgrid;

import shop.unwind.words.Letter;

import java.util.stream.Collectors;

/** A letter as HTML: paragraphs and nothing else. */
final class Html {
    private Html() {}

    static String of(Letter letter) {
        return letter.paragraphs().stream()
                .map(paragraph -> "<p>" + escape(paragraph) + "</p>")
                .collect(
                        Collectors.joining(
                                "\n",
                                "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>"
                                        + escape(letter.subject())
                                        + "</title></head>\n<body>\n",
                                "\n</body></html>\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
