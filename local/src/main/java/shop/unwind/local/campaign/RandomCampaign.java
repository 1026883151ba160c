package shop.unwind.local.campaign;

import shop.unwind.local.campaign.Sequence.Step;
import shop.unwind.local.command.Conditions;
import shop.unwind.local.states.Time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Plays sequences side by side on the whole system, each on an order of its own, and asks each
 * order's {@link Oracle} after every step and at the end.
 */
public final class RandomCampaign implements AutoCloseable {
    private static final int SOONER = 20;
    private static final List<Road> EVERYWHERE =
            List.of(
                    Road.WHOLE_ORDER,
                    Road.PAYPAL_PART_OF_ORDER,
                    Road.WOOCOMMERCE_WHOLE,
                    Road.MAGENTO_WHOLE,
                    Road.SQUARE_WHOLE,
                    Road.BIGCOMMERCE_WHOLE);
    private static final Duration SOON = Duration.ofMillis(200);

    /** Platforms' states are read whole after each step, so none is to grow too large. */
    private static final int ORDERS_PER_SITE = 300;

    private final Path project;
    private final Leaks leaks = new Leaks();
    private Optional<Stage> stage = Optional.empty();

    /** A site and who acts on it. */
    private record Stage(Site site, Performer performer, int first, long logged) {}

    public RandomCampaign(Path project) {
        this.project = project;
    }

    private Stage stage() throws IOException, InterruptedException {
        if (stage.filter(now -> now.site().number() - now.first() > ORDERS_PER_SITE).isPresent())
            close();
        if (stage.isEmpty()) stage = Optional.of(begin());
        return stage.orElseThrow();
    }

    private Stage begin() throws IOException, InterruptedException {
        var logged = Files.exists(log()) ? Files.size(log()) : 0;
        var journal = Files.createTempDirectory("unwind-random").resolve("executions.journal");
        var saboteur = new Saboteur();
        var site =
                Site.start(
                        project,
                        "random-policy.json",
                        usual -> harder(usual, saboteur, journal),
                        leaks);
        site.post().comeBackAfter(Saboteur.TIME_OUT.plusSeconds(1));
        warm(site);
        return new Stage(site, new Performer(site, saboteur), site.number(), logged);
    }

    /** Every function has been called once before many call it at once. */
    private static void warm(Site site) throws InterruptedException {
        var plots = EVERYWHERE.stream().map(site::plot).toList();
        plots.forEach(site::ask);
        for (var plot : plots) site.awaitRest(plot);
    }

    /** What the functions write. */
    private Path log() {
        return project.resolve("local/target/functions.log");
    }

    private static Conditions harder(Conditions usual, Saboteur saboteur, Path journal) {
        return new Conditions(
                new Hurried(Time.system(), SOONER),
                usual.variables(),
                Optional.of(Saboteur.TIME_OUT),
                saboteur::around,
                saboteur::around,
                Optional.of(journal));
    }

    /** Plays all to their ends. */
    List<Played> play(List<Sequence> sequences) throws Exception {
        return new Performance(stage(), sequences).play();
    }

    /** Personal data and secrets that stood in a history or in the functions' log. */
    List<Broken> leaks() {
        return leaks.found();
    }

    @Override
    public void close() throws IOException {
        if (stage.isEmpty()) return;
        stage.get().site().close();
        leaks.seekIn(log(), stage.get().logged());
        stage = Optional.empty();
    }

    /** Some sequences side by side. */
    private static final class Performance {
        private final Site site;
        private final Performer performer;
        private final Map<Trial, Oracle> oracles = new LinkedHashMap<>();
        private final Map<Trial, List<Broken>> broken = new LinkedHashMap<>();

        Performance(Stage stage, List<Sequence> sequences) {
            site = stage.site();
            performer = stage.performer();
            for (var sequence : sequences) {
                var trial = new Trial(site.number(), sequence);
                site.place(trial.world(site.now().minusSeconds(60)));
                oracles.put(trial, new Oracle(trial, site::begun));
                broken.put(trial, new ArrayList<>());
            }
        }

        List<Played> play() throws Exception {
            var longest =
                    oracles.keySet().stream()
                            .mapToInt(trial -> trial.sequence().steps().size())
                            .max()
                            .orElse(0);
            for (var at = 0; at < longest; at++) {
                step(at);
                judgeMeanwhile(at + 1);
            }
            site.awaitSilence(oracles.keySet().stream().map(Trial::order).toList());
            return judgeAtRest();
        }

        private void step(int at) throws Exception {
            var acts = new ArrayList<Callable<Boolean>>();
            oracles.forEach(
                    (trial, oracle) -> {
                        var steps = trial.sequence().steps();
                        if (at < steps.size()) acts.add(() -> act(trial, oracle, steps.get(at)));
                    });
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var act : threads.invokeAll(acts)) act.get();
            }
        }

        private boolean act(Trial trial, Oracle oracle, Step step) throws InterruptedException {
            pause(trial, step.pace());
            oracle.tries(step.act());
            var happened = performer.perform(step.act(), trial);
            if (happened) oracle.saw(step.act(), site.now());
            return happened;
        }

        private void pause(Trial trial, Sequence.Pace pace) throws InterruptedException {
            switch (pace) {
                case AT_ONCE -> {}
                case SOON -> Thread.sleep(SOON);
                case AT_REST -> {
                    Thread.sleep(SOON);
                    site.await(
                            () ->
                                    !site.goesOn(trial.order())
                                            || site.staff().isAsked(trial.order()));
                }
            }
        }

        private void judgeMeanwhile(int step) {
            var books = site.books();
            oracles.forEach(
                    (trial, oracle) -> {
                        if (!note(trial).isEmpty()) return;
                        oracle.meanwhile(books.account(trial), books.dossier(trial)).stream()
                                .map(each -> each.after(step))
                                .forEach(note(trial)::add);
                    });
        }

        private List<Broken> note(Trial trial) {
            return broken.computeIfAbsent(trial, _ -> new ArrayList<>());
        }

        private List<Played> judgeAtRest() {
            var books = site.books();
            var played = new ArrayList<Played>();
            oracles.forEach(
                    (trial, oracle) -> {
                        var account = books.account(trial);
                        var dossier = books.dossier(trial);
                        if (note(trial).isEmpty())
                            note(trial).addAll(oracle.atRest(account, dossier));
                        played.add(new Played(trial, account, dossier, note(trial)));
                    });
            return played;
        }
    }
}
