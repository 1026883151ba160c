package shop.unwind.local.campaign;

import java.io.PrintStream;
import java.nio.file.Path;

/** All campaigns in full: what {@code mvn -Pfaults} runs. */
public final class Attacks {
    private Attacks() {}

    /** Prints what came of each; true when no rule was broken. */
    public static boolean full(Path project, PrintStream out) throws Exception {
        var began = System.nanoTime();
        boolean held;
        try (var site = Site.start(project)) {
            held = new FaultCampaign(site).full().print(out);
        }
        out.printf("%d s%n", (System.nanoTime() - began) / 1_000_000_000);
        return held;
    }
}
