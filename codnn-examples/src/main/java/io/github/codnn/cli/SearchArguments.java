package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.collapse.GraphCollapser;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.planner.Lexicographic;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.WeightedSum;
import io.github.codnn.units.Units;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How commands are told what to minimise and how long to search. */
final class SearchArguments {

    private static final String FPS = "fps";
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            description = "period, response, mean, energy or price; period unless given. A sum as in energy+0.5*price; "
                    + "several with commas between them in order of importance, as in period,energy.")
    private Optional<String> objective = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of all randomness; 1 unless given.")
    private long seed = 1;

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "How many evaluations, or how long as in 500ms, 2s or 1min; 200000 evaluations unless given.")
    private Optional<String> budget = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads to search with; 1 unless given.")
    private int threads = 1;

    /** How networks are collapsed before a search. */
    enum Collapse {
        CHAIN(ChainLinearizer.withDefaults()),
        BLOCKS(FrequentSubgraphCollapser.withDefaults()),
        NONE(GraphCollapser.none());

        private final GraphCollapser collapser;

        Collapse(GraphCollapser collapser) {
            this.collapser = collapser;
        }
    }

    @Option(
            names = "--collapse",
            paramLabel = "HOW",
            description =
                    "${COMPLETION-CANDIDATES}: place the finest chain, repeated blocks, or single layers; the chain"
                            + " unless given, but strategy auto goes on from there with single layers.")
    private Optional<Collapse> collapse = Optional.empty();

    /** Returns what to minimise first. */
    Fitness fitness() {
        return fitness(objectives()[0]);
    }

    /** Returns what an objective or a sum as in energy+0.5*price names. */
    static Fitness fitness(String text) {
        int at = text.lastIndexOf('@');
        if (at >= 0 && text.endsWith(FPS)) {
            String rate = text.substring(at + 1, text.length() - FPS.length());
            return new FrameRate.Limited(
                    fitness(text.substring(0, at)), Units.number(rate, "a rate of frames, as in energy@10fps"));
        }
        String[] terms = text.split("\\+", -1);
        if (terms.length == 1 && !terms[0].contains("*")) {
            return named(terms[0]);
        }
        Map<Objective, Double> weights = new LinkedHashMap<>();
        for (String term : terms) {
            int times = term.indexOf('*');
            weights.merge(
                    named(term.substring(times + 1)),
                    times < 0 ? 1 : weight(term.substring(0, times), text),
                    Double::sum);
        }
        return new WeightedSum(weights);
    }

    /** Returns a strategy that minimises what is named after the first comma, too. */
    Strategy ordered(Strategy strategy) {
        List<Objective> then =
                Arrays.stream(objectives()).skip(1).map(SearchArguments::named).toList();
        return then.isEmpty()
                ? strategy
                : Lexicographic.of(then.toArray(Objective[]::new)).withStrategy(strategy);
    }

    private String[] objectives() {
        return objective.orElse(Objective.PERIOD.label()).split(",", -1);
    }

    /** Tells whether something to minimise is stated. */
    boolean statesObjective() {
        return objective.isPresent();
    }

    /** Tells whether it is stated how to search. */
    boolean statesEffort() {
        return budget.isPresent() || collapse.isPresent();
    }

    /** Returns the seed of all randomness. */
    long seed() {
        return seed;
    }

    /** Returns the objective of a name. */
    static Objective named(String name) {
        return Objective.named(name.trim());
    }

    private static double weight(String text, String all) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CodnnException(
                    "--objective must have numbers before each '*' as in energy+0.5*price, but is '" + all + "'", e);
        }
    }

    /** Returns how networks are collapsed first, nothing for the strategy's own way. */
    Optional<GraphCollapser> collapser() {
        return collapse.map(how -> how.collapser);
    }

    /** Tells whether networks are to be collapsed first, other than in the strategy's own way. */
    boolean collapses() {
        return collapse.filter(how -> how != Collapse.NONE).isPresent();
    }

    /** Calls a search with its options, and with threads that end with it. */
    <T> T run(Function<SearchOptions, T> search) {
        return run(SearchOptions.DEFAULT_EVALUATIONS, search);
    }

    /** Calls a search that has another budget unless one is given. */
    <T> T run(long evaluations, Function<SearchOptions, T> search) {
        SearchOptions options = SearchOptions.withDefaults().withSeed(seed).withStopRule(stopRule(evaluations));
        if (checkedThreads(threads) == 1) {
            return search.apply(options);
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            return search.apply(options.withExecutor(executor));
        } finally {
            executor.shutdownNow();
        }
    }

    /** Refuses what is no number of threads, and more than any machine has. */
    static int checkedThreads(int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new CodnnException("--threads must be from 1 to " + MOST_THREADS + ", but is " + threads
                    + ". Give at most the number of processors of this machine");
        }
        return threads;
    }

    private StopRule stopRule(long evaluations) {
        if (budget.isEmpty()) {
            return StopRule.evaluations(evaluations);
        }
        String text = budget.get();
        try {
            return Units.isTime(text)
                    ? StopRule.elapsed(Duration.ofNanos(Math.round(Units.seconds(text) * 1e9)))
                    : StopRule.evaluations(Units.count(text));
        } catch (CodnnException | IllegalArgumentException e) {
            throw new CodnnException(
                    "--budget must be a positive number of evaluations as in 1e5, or a time as in 500ms or 2s, but is '"
                            + text + "'",
                    e);
        }
    }

    /** Returns how many evaluations a search takes at most, -1 if time limits it. */
    long expectedEvaluations() {
        stopRule(SearchOptions.DEFAULT_EVALUATIONS); // refuses a budget that is none
        return budget.isEmpty()
                ? SearchOptions.DEFAULT_EVALUATIONS
                : Units.isTime(budget.get()) ? -1 : Units.count(budget.get());
    }
}
