package shop.unwind.local.bench;

import shop.unwind.local.template.Template;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The size of each function's archive. */
final class ArchiveSizes {
    private static final double BUDGET = 12;

    private ArchiveSizes() {}

    static List<Figure> of(Template template) throws IOException {
        var figures = new ArrayList<Figure>();
        for (var function : template.functions()) {
            var name = function.code().getFileName().toString();
            var megabytes = Files.size(function.code()) / 1e6;
            figures.add(Figure.atMost(BUDGET, "archive " + name, megabytes, "MB", ""));
        }
        return figures;
    }
}
