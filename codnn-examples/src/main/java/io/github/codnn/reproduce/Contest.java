package io.github.codnn.reproduce;

import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Runs of all contenders on the same problems with the same budget. A unit is a seed or a platform; units are
 * independent, and each meets every size. Statistics are over units.
 */
final class Contest {

    private final List<Contender> contenders;
    private final List<Double> sizes;
    private final List<List<List<Contender.Run>>> runs; // by unit, size, contender
    private final Gain gain;

    /** The problems. */
    @FunctionalInterface
    interface Problems {
        /** Makes the problem of a size, given by its index, and a unit. */
        OffloadingProblem problem(int size, int unit);
    }

    /** By how much a run is better than another one, as a share; negative if it is worse. */
    @FunctionalInterface
    interface Gain {
        /**
         * The difference of the fitness as a share of the greater one: the saving if ours is less. A run without a
         * feasible plan loses all.
         */
        Gain SAVING = (ours, other) -> {
            if (ours.value() == other.value()) {
                return 0;
            }
            return ours.value() < other.value() ? 1 - ours.value() / other.value() : other.value() / ours.value() - 1;
        };

        double of(Contender.Run ours, Contender.Run other);
    }

    private Contest(List<Contender> contenders, List<Double> sizes, List<List<List<Contender.Run>>> runs, Gain gain) {
        this.contenders = List.copyOf(contenders);
        this.sizes = List.copyOf(sizes);
        this.runs = runs;
        this.gain = gain;
    }

    /**
     * Runs all contenders. What fails counts as a run without a feasible plan, and the budgets tell it.
     *
     * @param cells computes the problems
     * @param contenders the strategies, of different names
     * @param sizes the sizes, ascending
     * @param effort the budget
     * @param problems the problems
     * @param gain compares two runs
     */
    static Contest hold(
            Cells cells, List<Contender> contenders, List<Double> sizes, Budget effort, Problems problems, Gain gain) {
        List<List<Contender.Run>> runs = cells.map(effort.units() * sizes.size(), cell -> {
            int unit = cell / sizes.size();
            return runs(contenders, () -> problems.problem(cell % sizes.size(), unit), effort.evaluations(), unit);
        });
        List<List<List<Contender.Run>>> byUnit = new ArrayList<>();
        for (int first = 0; first < runs.size(); first += sizes.size()) {
            byUnit.add(runs.subList(first, first + sizes.size()));
        }
        return new Contest(contenders, sizes, byUnit, gain);
    }

    private static List<Contender.Run> runs(
            List<Contender> contenders, Supplier<OffloadingProblem> maker, long evaluations, int unit) {
        OffloadingProblem problem;
        try {
            problem = maker.get();
        } catch (RuntimeException failure) {
            return Collections.nCopies(contenders.size(), Contender.Run.failed(failure));
        }
        return contenders.stream()
                .map(contender -> {
                    try {
                        return contender.run(problem, evaluations, unit);
                    } catch (RuntimeException failure) {
                        return Contender.Run.failed(failure);
                    }
                })
                .toList();
    }

    /**
     * How much is run.
     *
     * @param units how many seeds or platforms
     * @param evaluations of a search
     */
    record Budget(int units, long evaluations) {}

    int sizeCount() {
        return sizes.size();
    }

    private int index(String name) {
        return IntStream.range(0, contenders.size())
                .filter(i -> contenders.get(i).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns a figure of the runs of a contender, by unit and size. */
    List<List<Double>> figures(String name, ToDoubleFunction<Contender.Run> figure) {
        int index = index(name);
        return runs.stream()
                .map(unit -> unit.stream()
                        .map(size -> figure.applyAsDouble(size.get(index)))
                        .toList())
                .toList();
    }

    private List<List<Double>> gains(String ours, String rival) {
        int mine = index(ours);
        int other = index(rival);
        return runs.stream()
                .map(unit -> unit.stream()
                        .map(size -> gain.of(size.get(mine), size.get(other)))
                        .toList())
                .toList();
    }

    /** Returns the mean gain over all sizes, one per unit. */
    Sample meanGains(String ours, String rival) {
        return new Sample(gains(ours, rival).stream()
                .mapToDouble(unit ->
                        unit.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .toArray());
    }

    /** Returns the gains on all problems. */
    Sample allGains(String ours, String rival) {
        return new Sample(gains(ours, rival).stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    /** Compares ours with rivals. */
    List<Evidence> against(String ours, List<String> rivals) {
        return rivals.stream()
                .filter(rival -> !rival.equals(ours))
                .map(rival -> Evidence.ofDifferences(rival, meanGains(ours, rival)))
                .toList();
    }

    /** Tests how the gain against rivals changes with the size. */
    List<Evidence> growth(String ours, List<String> rivals) {
        return rivals.stream()
                .filter(rival -> !rival.equals(ours))
                .map(rival -> Evidence.ofGrowth(rival, sizes, gains(ours, rival)))
                .toList();
    }

    /** Shows the gains of ours over rivals: at each size the median, over all sizes with its interval and wins. */
    Table comparison(String name, String size, List<String> labels, String ours, List<String> rivals) {
        List<String> titles = new ArrayList<>(List.of(ours + " against"));
        labels.forEach(label -> titles.add(size + label));
        titles.addAll(List.of("median of the means [95 %]", "ahead [95 %]", "behind", "tied", "p, not corrected"));
        Table table = Table.of(name, titles.toArray(String[]::new));
        for (Evidence each : against(ours, rivals)) {
            List<List<Double>> gains = gains(ours, each.name());
            List<Object> cells = new ArrayList<>(List.of(each.name()));
            for (int i = 0; i < labels.size(); i++) {
                int column = i;
                cells.add(Table.percent(new Sample(gains.stream()
                                .mapToDouble(unit -> unit.get(column))
                                .toArray())
                        .median()));
            }
            Sample sample = meanGains(ours, each.name());
            long wins = count(each.sample(), value -> value > 0);
            long losses = count(each.sample(), value -> value < 0);
            cells.add(sample.percentages());
            cells.add(new Share(wins, sample.size()).interval());
            cells.add(share(losses, sample.size()));
            cells.add(share(each.ties(), sample.size()));
            cells.add(Table.probability(each.probability()));
            table = table.with(cells.toArray());
        }
        return table;
    }

    private static long count(Sample sample, DoublePredicate which) {
        return IntStream.range(0, sample.size())
                .mapToDouble(sample::value)
                .filter(which)
                .count();
    }

    /** Shows what every contender used, and how often it found a feasible plan and the best known one. */
    Table budgets(String name) {
        Table table = Table.of(
                name,
                "strategy",
                "evaluations, least",
                "most",
                "proven optimal, ended early",
                "most starts",
                "without a feasible plan",
                "within 0.1 % of the best known",
                "failed");
        for (Contender contender : contenders) {
            int index = index(contender.name());
            List<Contender.Run> own = runs.stream()
                    .flatMap(List::stream)
                    .map(size -> size.get(index))
                    .toList();
            List<Contender.Run> whole =
                    own.stream().filter(run -> !run.proven() && !run.isFailed()).toList();
            table = table.with(
                    contender.name(),
                    whole.stream().mapToLong(Contender.Run::evaluations).min().orElse(0),
                    whole.stream().mapToLong(Contender.Run::evaluations).max().orElse(0),
                    own.stream().filter(Contender.Run::proven).count(),
                    own.stream().mapToInt(Contender.Run::starts).max().orElse(0),
                    share(own.stream().filter(run -> run.best().isEmpty()).count(), own.size()),
                    share(reached(index), own.size()),
                    failures(own));
        }
        return table;
    }

    private static String failures(List<Contender.Run> runs) {
        List<String> failures = runs.stream()
                .map(Contender.Run::failure)
                .flatMap(Optional::stream)
                .toList();
        return failures.isEmpty() ? "0" : failures.size() + ", first: " + failures.get(0);
    }

    private static String share(long part, int all) {
        return Table.percent((double) part / all);
    }

    private long reached(int index) {
        return runs.stream()
                .flatMap(List::stream)
                .filter(size -> {
                    double best = size.stream()
                            .mapToDouble(Contender.Run::value)
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
                    return best < Double.POSITIVE_INFINITY && size.get(index).value() <= best * 1.001;
                })
                .count();
    }
}
