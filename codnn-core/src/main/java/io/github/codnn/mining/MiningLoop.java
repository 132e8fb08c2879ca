package io.github.codnn.mining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Runs units in rounds of fixed size and merges their outcomes in fixed order, so that result, statistics and a stop by
 * budget do not depend on the number of threads. Depth first, so that few patterns wait in the queue.
 */
final class MiningLoop {

    /** Enough for many threads; a larger round only lets more patterns wait. */
    private static final int ROUND = 32;

    private final MiningOptions options;
    private final int maxEdges;
    private final Predicate<Pattern> constraint;
    private final PatternFactory patterns;
    private final StopCheck stopCheck;
    private final Deque<Unit> waiting = new ArrayDeque<>();
    private final List<FrequentPattern> found = new ArrayList<>();
    private final List<Unit> extended = new ArrayList<>(); // found in this round, to be extended in the next ones
    private MiningEnd stopReason = MiningEnd.COMPLETE;
    private long steps;
    private long candidates;

    MiningLoop(MiningOptions options, FrequentSubgraphMiner miner, PatternFactory patterns, StopCheck stopCheck) {
        this.options = options;
        this.maxEdges = miner.maxEdges();
        this.constraint = miner.constraint();
        this.patterns = patterns;
        this.stopCheck = stopCheck;
    }

    void run(Unit seed) {
        waiting.push(seed);
        boolean running = true;
        while (running && !waiting.isEmpty()) {
            List<Unit> round = new ArrayList<>();
            while (round.size() < ROUND && !waiting.isEmpty()) {
                round.add(waiting.pop());
            }
            running = options.executor().isPresent()
                    ? runParallel(round, options.executor().get())
                    : runHere(round);
        }
    }

    List<FrequentPattern> found() {
        return found;
    }

    MiningEnd stopReason() {
        return stopReason;
    }

    long steps() {
        return steps;
    }

    long candidates() {
        return candidates;
    }

    private boolean runHere(List<Unit> round) {
        for (Unit unit : round) {
            if (!take(unit.run(new WorkMeter(options.maxSteps() - steps, stopCheck)))) {
                return false;
            }
        }
        schedule();
        return true;
    }

    private boolean runParallel(List<Unit> round, ExecutorService executor) {
        long budget = options.maxSteps() - steps;
        List<Callable<Unit.Outcome>> tasks = new ArrayList<>();
        for (Unit unit : round) {
            tasks.add(() -> unit.run(new WorkMeter(budget, stopCheck)));
        }
        List<Unit.Outcome> outcomes = invokeAll(tasks, executor);
        for (Unit.Outcome outcome : outcomes) {
            if (!take(outcome)) {
                return false;
            }
        }
        schedule();
        return !outcomes.isEmpty();
    }

    private List<Unit.Outcome> invokeAll(List<Callable<Unit.Outcome>> tasks, ExecutorService executor) {
        List<Unit.Outcome> outcomes = new ArrayList<>();
        try {
            for (Future<Unit.Outcome> future : executor.invokeAll(tasks)) {
                outcomes.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopReason = MiningEnd.CANCELLED;
            return List.of();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException("Mining failed in a thread of the executor", e.getCause());
        }
        return outcomes;
    }

    /**
     * Merges an outcome as if its unit had run after the previous ones: patterns proven beyond the remaining budget do
     * not count.
     *
     * @return false if mining ends here
     */
    private boolean take(Unit.Outcome outcome) {
        long budget = options.maxSteps() - steps;
        for (Unit.Found next : outcome.found()) {
            if (next.atStep() <= budget) {
                add(next);
            }
        }
        steps += Math.min(budget, outcome.steps());
        candidates += outcome.candidates();
        MiningEnd reason = outcome.steps() > budget ? MiningEnd.STEPS : outcome.stopReason();
        if (reason != null) {
            stopReason = reason;
        }
        return reason == null;
    }

    /** Takes a pattern if it meets the constraint; one with as many edges as allowed is not extended. */
    private void add(Unit.Found next) {
        PatternState state = next.state();
        Pattern pattern = patterns.pattern(state.code);
        if (!constraint.test(pattern)) {
            return;
        }
        FrequentPattern frequent = new FrequentPattern(pattern, state.support);
        found.add(frequent);
        options.listener().onPattern(frequent);
        if (state.code.edges() == maxEdges) {
            stopReason = MiningEnd.EDGE_LIMIT;
        } else {
            extended.add(next.next());
        }
    }

    private void schedule() {
        extended.forEach(waiting::push);
        extended.clear();
    }
}
