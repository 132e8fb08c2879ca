package io.github.codnn.bench;

import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.Auto;
import io.github.codnn.planner.OneAfterAnother;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.LevyFlight;
import io.github.codnn.swarm.LocalImprovement;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Which strategy needs the least energy for 2 to 64 drawn tasks, with 5,000 to 200,000 counted evaluations each? Prints
 * the runs as they end, then two tables in Markdown: how far the mean over the workloads is from the best plan that any
 * run found for each of them, and the mean CPU time. Only plans count that keep all deadlines as streams.
 * Strategies that evaluate every layer have {@value #MOST_SECONDS} CPU seconds for a run; cells with a run that this
 * ends have a star.
 *
 * <p>{@link Auto} gets single layers, as it makes blocks by itself; all others get chains of blocks.
 */
final class StrategyTable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String AUTO = "auto";
    private static final double NANOS = 1e9;

    private static final int MOST_SECONDS = 5; // of CPU time for strategies that evaluate every layer

    private final Map<String, Strategy> strategies;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Integer, Double> gapsOfBounds = new LinkedHashMap<>();
    private final PrintStream out;

    private StrategyTable(Map<String, Strategy> strategies, PrintStream out) {
        this.strategies = strategies;
        this.out = out;
    }

    /** What a strategy found; infinite if no plan keeps all rules. */
    private record Run(
            int tasks,
            long workload,
            long budget,
            String strategy,
            double joules,
            double seconds,
            long evaluations,
            boolean timeIsUp) {}

    /**
     * Prints the tables.
     *
     * @param arguments the first seed of the workloads and their number; then, optionally, numbers of tasks, numbers of
     *     evaluations and names of strategies, each with commas between them
     */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        long[] tasks = numbers(arguments.length > 2 ? arguments[2] : "2,4,8,16,32,64");
        long[] budgets = numbers(arguments.length > 3 ? arguments[3] : "5000,20000,50000,200000");
        Map<String, Strategy> chosen = strategies();
        if (arguments.length > 4) {
            chosen.keySet().retainAll(Arrays.asList(arguments[4].split(",", -1)));
        }
        StrategyTable table = new StrategyTable(chosen, System.out);
        for (long size : tasks) {
            for (long seed = first; seed < first + count; seed++) {
                table.run((int) size, seed, budgets);
            }
        }
        table.print(tasks, budgets);
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    private static Map<String, Strategy> strategies() {
        DblpsoMd jumps = DblpsoMd.withTaskJumps();
        LevyFlight flight = jumps.flight().orElseThrow();
        Map<String, Strategy> strategies = new LinkedHashMap<>();
        strategies.put(AUTO, Auto.withDefaults());
        strategies.put("jumps", jumps);
        strategies.put("jumps-light", jumps.withFlight(flight.withLightTail()));
        strategies.put("jumps-plain", jumps.withoutFlights());
        strategies.put("dblpso-md", DblpsoMd.withDefaults());
        strategies.put("dbpso", Dbpso.withDefaults());
        strategies.put("psoga", PsoGa.withDefaults());
        strategies.put("genetic", GeneticAlgorithm.withDefaults());
        strategies.put("greedy", Greedy.withDefaults());
        strategies.put("one-after-another", OneAfterAnother.withDefaults());
        strategies.put("local", StrategyTable::localSearch);
        strategies.put("random", RandomSearch.withDefaults());
        for (Peer peer : Peer.values()) {
            strategies.put(peer.name().toLowerCase(Locale.ROOT), new PeerStrategy(peer));
        }
        return strategies;
    }

    /** Simulated annealing from the best single devices, as long as evaluations are left. */
    private static SearchResult localSearch(OffloadingProblem problem, SearchOptions options) {
        SearchResult start = SingleDevice.withDefaults().search(problem, options);
        int moves = (int) SearchOptions.DEFAULT_EVALUATIONS;
        return start.bestOrClosest()
                .map(plan ->
                        LocalImprovement.of(plan.placement()).withMoves(moves).search(problem, options))
                .orElse(start);
    }

    private static boolean isSwift(String strategy) {
        return strategy.equals(AUTO) || strategy.startsWith("jumps") || strategy.equals("dblpso-md");
    }

    private void run(int tasks, long seed, long[] budgets) {
        Scenario scenario = DrawnWorkloads.of(tasks, seed);
        OffloadingProblem layers = OffloadingProblem.of(scenario, Objective.ENERGY);
        List<Run> ofWorkload = new ArrayList<>();
        strategies.forEach((name, strategy) -> {
            for (long budget : budgets) {
                Run run = run(name, strategy, scenario, budget, seed);
                ofWorkload.add(run);
                out.println(run);
            }
        });
        runs.addAll(ofWorkload);
        double best = ofWorkload.stream().mapToDouble(Run::joules).min().orElseThrow();
        gapsOfBounds.merge(tasks, best / layers.lowerBound() - 1, Double::sum);
    }

    private static Run run(String name, Strategy strategy, Scenario scenario, long budget, long seed) {
        long start = THREADS.getCurrentThreadCpuTime();
        StopRule evaluations = StopRule.evaluations(budget);
        StopRule time = StopRule.elapsed(Duration.ofSeconds(MOST_SECONDS));
        SearchOptions options = SearchOptions.withDefaults()
                .withSeed(seed)
                .withNanoClock(THREADS::getCurrentThreadCpuTime)
                .withStopRule(isSwift(name) ? evaluations : evaluations.or(time));
        SearchResult result = Planner.withDefaults()
                .withStrategy(strategy)
                .withOptions(options)
                .plan(scenario, Objective.ENERGY);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / NANOS;
        int tasks = scenario.workload().tasks().size();
        double joules = result.best().isPresent() ? result.value() : Double.POSITIVE_INFINITY;
        boolean timeIsUp = !isSwift(name) && seconds > MOST_SECONDS && result.evaluations() < budget;
        return new Run(tasks, seed, budget, name, joules, seconds, result.evaluations(), timeIsUp);
    }

    private void print(long[] tasks, long[] budgets) {
        printHead("| tasks | evaluations | best known to bound |");
        double behind = 0;
        for (long size : tasks) {
            for (long budget : budgets) {
                out.printf(Locale.ROOT, "| %d | %,d | %.0f %% |", size, budget, 100 * gapOfBound((int) size));
                strategies.keySet().forEach(name -> out.print(cell((int) size, budget, name)));
                out.println();
                behind = Math.max(behind, behind((int) size, budget));
            }
        }
        out.printf(Locale.ROOT, "%nThe greatest distance of auto to the best other strategy: %.1f %%%n", 100 * behind);
        printHead("| tasks | evaluations | |");
        for (long size : tasks) {
            for (long budget : budgets) {
                out.printf(Locale.ROOT, "| %d | %,d | |", size, budget);
                strategies.keySet().forEach(name -> out.print(seconds((int) size, budget, name)));
                out.println();
            }
        }
    }

    private void printHead(String first) {
        out.println("\n" + first + String.join("|", strategies.keySet()) + "|");
        out.println("|---:|---:|---:|" + "---:|".repeat(strategies.size()));
    }

    private List<Run> of(int tasks, long budget, String strategy) {
        return runs.stream()
                .filter(run -> run.tasks() == tasks
                        && run.budget() == budget
                        && run.strategy().equals(strategy))
                .toList();
    }

    private double gapOfBound(int tasks) {
        long count = runs.stream()
                .filter(run -> run.tasks() == tasks)
                .mapToLong(Run::workload)
                .distinct()
                .count();
        return gapsOfBounds.getOrDefault(tasks, Double.NaN) / count;
    }

    private double bestKnown(Run of) {
        return runs.stream()
                .filter(run -> run.tasks() == of.tasks() && run.workload() == of.workload())
                .mapToDouble(Run::joules)
                .min()
                .orElseThrow();
    }

    /** Returns the mean distance to the best known plans, infinite if a workload has no plan. */
    private OptionalDouble gap(int tasks, long budget, String strategy) {
        return of(tasks, budget, strategy).stream()
                .mapToDouble(run -> run.joules() / bestKnown(run) - 1)
                .average();
    }

    private String cell(int tasks, long budget, String strategy) {
        List<Run> cell = of(tasks, budget, strategy);
        OptionalDouble gap = gap(tasks, budget, strategy);
        long kept = cell.stream().filter(run -> Double.isFinite(run.joules())).count();
        if (gap.isEmpty()) {
            return " |";
        }
        return kept == cell.size()
                ? String.format(Locale.ROOT, " %.1f%s |", 100 * gap.getAsDouble(), star(cell))
                : String.format(Locale.ROOT, " %d of %d%s |", kept, cell.size(), star(cell));
    }

    private static String star(List<Run> cell) {
        return cell.stream().anyMatch(Run::timeIsUp) ? "*" : "";
    }

    /** Returns how far the mean of auto is behind that of the best other strategy. */
    private double behind(int tasks, long budget) {
        double least = strategies.keySet().stream()
                .filter(name -> !name.equals(AUTO))
                .mapToDouble(name -> gap(tasks, budget, name).orElse(Double.POSITIVE_INFINITY))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return gap(tasks, budget, AUTO).orElse(0) - least;
    }

    private String seconds(int tasks, long budget, String strategy) {
        OptionalDouble mean =
                of(tasks, budget, strategy).stream().mapToDouble(Run::seconds).average();
        return mean.isEmpty() ? " |" : String.format(Locale.ROOT, " %.1f |", mean.getAsDouble());
    }
}
