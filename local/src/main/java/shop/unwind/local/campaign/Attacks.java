package shop.unwind.local.campaign;

import java.io.PrintStream;
import java.nio.file.Path;

/** All campaigns in full: what {@code mvn -Pfaults} runs. */
public final class Attacks {
    private static final int RACES = 20;

    private final Path project;
    private final PrintStream out;

    private Attacks(Path project, PrintStream out) {
        this.project = project;
        this.out = out;
    }

    /** Prints what came of each; true when no rule was broken. */
    public static boolean full(Path project, PrintStream out) throws Exception {
        var began = System.nanoTime();
        var attacks = new Attacks(project, out);
        var crashes = attacks.crashes();
        var races = attacks.races();
        var faults = attacks.faults();
        var held = crashes && races && faults;
        out.printf(
                "%s, %d s%n",
                held ? "No rule was broken" : "RULES WERE BROKEN",
                (System.nanoTime() - began) / 1_000_000_000);
        return held;
    }

    private boolean faults() throws Exception {
        try (var site = Site.start(project)) {
            var held = new FaultCampaign(site).full().print(out);
            return tiesOut(site) && held;
        }
    }

    private boolean crashes() throws Exception {
        out.println("Functions stopped, interpreter killed, messages and executions doubled:");
        return CrashCampaign.full(project).print(out);
    }

    private boolean races() throws Exception {
        out.println("Races:");
        try (var site = Site.start(project)) {
            var held = new Races(site).run(RACES).print(out);
            return tiesOut(site) && held;
        }
    }

    /** Whatever attacked them: cases that closed are sound, so the tie-out finds nothing. */
    private boolean tiesOut(Site site) {
        site.calm();
        var alarms = site.tieOut();
        out.printf("Nightly tie-out: %d differences in closed cases%n%n", alarms.size());
        alarms.forEach(alarm -> out.println("WRONG: " + alarm));
        return alarms.isEmpty();
    }
}
