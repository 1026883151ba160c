package shop.unwind.local.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One attack: an operation, what goes wrong with it, and for how many calls.
 *
 * @param times the first so many calls
 */
record Cell(Target target, Kind kind, int times) {
    /** More calls than any case makes. */
    static final int ALL = 1_000;

    private static final List<Integer> TIMES = List.of(1, 2, ALL);

    Fault fault() {
        var given = Site.PATIENCE.toSeconds();
        var seconds = kind == Kind.TIMEOUT_AFTER || kind == Kind.LATE ? given + 1 : given / 2;
        return new Fault(target.platform(), target.operation(), kind.word(), times, seconds);
    }

    @Override
    public String toString() {
        var calls = times == ALL ? "all calls" : "first " + times;
        return target.name() + ", " + kind + ", " + calls;
    }

    /** Everything that can be tried. */
    static List<Cell> all(List<Target> targets) {
        return targets.stream().flatMap(Cell::of).toList();
    }

    private static Stream<Cell> of(Target target) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.suits(target.question()))
                .flatMap(kind -> TIMES.stream().map(times -> new Cell(target, kind, times)));
    }

    /** Each operation with some kinds and each kind with some operations; all changes late. */
    static List<Cell> some(List<Target> targets) {
        var some = new ArrayList<Cell>();
        var turn = 0;
        for (var target : targets) {
            var kinds =
                    Stream.of(Kind.values()).filter(kind -> kind.suits(target.question())).toList();
            for (var i = 0; i < 2; i++) {
                some.add(new Cell(target, kinds.get(turn % kinds.size()), TIMES.get(i)));
                turn++;
            }
            if (!target.question()) some.add(new Cell(target, Kind.LATE, 1));
        }
        return List.copyOf(some);
    }
}
