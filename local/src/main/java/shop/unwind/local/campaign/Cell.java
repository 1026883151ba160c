package shop.unwind.local.campaign;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One attack: an operation, what goes wrong with it, and which calls it strikes. */
record Cell(Target target, Kind kind, Calls calls) {
    private static final List<Calls> FROM_THE_FIRST =
            List.of(Calls.FIRST, Calls.FIRST_TWO, Calls.ALL);

    /**
     * What strikes later calls, too, each alone: there a platform has already done something for
     * the case.
     */
    private static final Set<Kind> LATER =
            EnumSet.of(Kind.ERROR500, Kind.RESET_AFTER, Kind.STALE_READ);

    Fault fault() {
        var given = Site.PATIENCE.toSeconds();
        var seconds = kind == Kind.TIMEOUT_AFTER || kind == Kind.LATE ? given + 1 : given / 2;
        return new Fault(target.platform(), target.operation(), kind.word(), calls, seconds);
    }

    /** Not every answer bears a status, and not every walk makes as many calls. */
    boolean mayMiss() {
        return kind == Kind.UNKNOWN_STATUS || calls.isLater();
    }

    /** Under which name it stands in the matrix. */
    String row() {
        return calls.isLater() ? target.name() + ", later calls" : target.name();
    }

    @Override
    public String toString() {
        return target.name() + ", " + kind + ", " + calls;
    }

    /** Everything that can be tried. */
    static List<Cell> all(List<Target> targets) {
        return targets.stream().flatMap(Cell::of).toList();
    }

    private static Stream<Cell> of(Target target) {
        return Stream.concat(
                kinds(target).stream()
                        .flatMap(
                                kind ->
                                        FROM_THE_FIRST.stream()
                                                .map(c -> new Cell(target, kind, c))),
                later(target).stream());
    }

    private static List<Cell> later(Target target) {
        return kinds(target).stream()
                .filter(LATER::contains)
                .flatMap(
                        kind ->
                                IntStream.rangeClosed(2, target.calls())
                                        .mapToObj(n -> new Cell(target, kind, Calls.only(n))))
                .toList();
    }

    private static List<Kind> kinds(Target target) {
        return Stream.of(Kind.values()).filter(kind -> kind.suits(target.question())).toList();
    }

    /**
     * Each operation with some kinds and each kind with some operations; all changes late, and one
     * later call.
     */
    static List<Cell> some(List<Target> targets) {
        var some = new ArrayList<Cell>();
        var turn = 0;
        for (var target : targets) {
            var kinds = kinds(target);
            for (var i = 0; i < 2; i++) {
                some.add(new Cell(target, kinds.get(turn % kinds.size()), FROM_THE_FIRST.get(i)));
                turn++;
            }
            if (!target.question()) some.add(new Cell(target, Kind.LATE, Calls.FIRST));
            var later = later(target);
            if (!later.isEmpty()) some.add(later.get(turn % later.size()));
        }
        return List.copyOf(some);
    }
}
