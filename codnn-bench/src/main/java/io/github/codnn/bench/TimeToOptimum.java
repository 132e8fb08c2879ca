package io.github.codnn.bench;

import io.github.codnn.exact.ExactPipeline;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.Auto;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Dbpso;
import io.github.codnn.swarm.Decoders;
import io.github.codnn.testproblems.HardChains;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long does it take until a plan within 1 % of the proven least period is found? Prints a table in Markdown: CPU
 * time of the searching thread, the median and the worst of some seeds, for our strategies and for {@link Peer}s.
 *
 * <p>Peers search orders and cuts, their best encoding; Timefold searches both encodings, because its pillar moves suit
 * the encoding per layer. A search that does not reach the target counts with its time limit.
 */
public final class TimeToOptimum {

    private static final double SLACK = 1.01;
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final int[][] SIZES = {{21, 8}, {77, 8}, {100, 8}, {100, 16}, {500, 8}, {500, 16}};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration limit;
    private final int seeds;

    private TimeToOptimum(Duration limit, int seeds) {
        this.limit = limit;
        this.seeds = seeds;
    }

    /** One search; returns its CPU time, or the time limit if it did not reach the target. */
    private interface Search {
        long nanos(OffloadingProblem problem, double target, long seed, Duration allowed);
    }

    /**
     * Prints the table.
     *
     * @param args CPU seconds allowed for a search, 20 by default; number of seeds, 3 by default
     */
    public static void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 20;
        int seeds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        new TimeToOptimum(Duration.ofSeconds(seconds), seeds).print();
    }

    private void print() {
        Map<String, Search> searches = searches();
        System.out.println("| layers x devices | " + String.join(" | ", searches.keySet()) + " |");
        System.out.println("|---|" + "---:|".repeat(searches.size()));
        for (int[] size : SIZES) {
            Scenarios chains = seed -> OffloadingProblem.of(HardChains.of(size[0], size[1], seed), Objective.PERIOD);
            System.out.print("| " + size[0] + " x " + size[1] + " |");
            searches.values().forEach(search -> System.out.print(cell(chains, search)));
            System.out.println();
        }
    }

    private interface Scenarios {
        OffloadingProblem problem(long seed);
    }

    private static Map<String, Search> searches() {
        Map<String, Search> searches = new LinkedHashMap<>();
        searches.put("`ExactPipeline`", ours(ExactPipeline.withDefaults()));
        searches.put("`Auto`", ours(Auto.withDefaults()));
        searches.put("`Dbpso`", ours(Dbpso.withDefaults()));
        for (Peer peer : Peer.values()) {
            searches.put(peer.name(), theirs(peer, Decoders.ORDER_AND_CUTS));
        }
        searches.put("TIMEFOLD, per layer", theirs(Peer.TIMEFOLD, Decoders.PER_LAYER));
        return searches;
    }

    private static Search ours(Strategy strategy) {
        return (problem, target, seed, allowed) -> {
            long start = THREADS.getCurrentThreadCpuTime();
            boolean found = strategy.search(
                                    problem,
                                    SearchOptions.withDefaults()
                                            .withSeed(seed)
                                            .withNanoClock(THREADS::getCurrentThreadCpuTime)
                                            .withStopRule(
                                                    StopRule.elapsed(allowed).or(StopRule.target(target))))
                            .value()
                    <= target;
            return found ? THREADS.getCurrentThreadCpuTime() - start : allowed.toNanos();
        };
    }

    private static Search theirs(Peer peer, Decoders encoding) {
        return (problem, target, seed, allowed) -> {
            PeriodRating rating =
                    new PeriodRating(problem, target, allowed.toNanos(), THREADS::getCurrentThreadCpuTime);
            KeyObjective objective = rating.of(encoding);
            KeyObjective.TimeIsUp.orEnd(() -> peer.search(objective, Integer.MAX_VALUE, seed));
            return rating.nanosToTarget() < 0 ? allowed.toNanos() : rating.nanosToTarget();
        };
    }

    /** First runs once without measurement on another problem of the same size, to warm up the JVM. */
    private String cell(Scenarios chains, Search search) {
        OffloadingProblem problem = chains.problem(1);
        double target = SLACK * optimum(problem);
        OffloadingProblem other = chains.problem(2);
        search.nanos(other, SLACK * optimum(other), 1, WARM_UP);
        long[] nanos = new long[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            nanos[seed] = search.nanos(problem.withFitness(problem.fitness()), target, seed + 1L, limit);
        }
        Arrays.sort(nanos);
        return " " + text(nanos[seeds / 2]) + " / " + text(nanos[seeds - 1]) + " |";
    }

    private static double optimum(OffloadingProblem problem) {
        return ExactPipeline.withDefaults()
                .search(problem, SearchOptions.withDefaults().withStopRule(StopRule.elapsed(Duration.ofMinutes(1))))
                .value();
    }

    private String text(long nanos) {
        return nanos >= limit.toNanos() ? "-" : String.format("%.1f ms", nanos * 1e-6);
    }
}
