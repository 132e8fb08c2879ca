package io.github.codnn.optimize;

import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search has found, and how far from optimal it can be.
 *
 * @param best the best feasible plan, with a record of this search; nothing if none was found
 * @param closest the least violating plan if no feasible one was found; nothing otherwise, or if nothing was tried
 * @param lowerBound a proven lower bound of the fitness over all feasible placements; negative infinity if none is
 *     known, positive infinity if it is proven that there is no feasible placement
 * @param evaluations how many placements were evaluated
 * @param iterations how many iterations were done
 * @param elapsed how long the search took; does not count for equality
 * @param stopReason why the search ended
 * @param history the improvements of the best feasible value, in order
 */
public record SearchResult(
        Optional<Plan> best,
        Optional<Plan> closest,
        double lowerBound,
        long evaluations,
        long iterations,
        Duration elapsed,
        StopReason stopReason,
        List<Improvement> history) {

    /**
     * A better feasible placement was found.
     *
     * @param evaluations how many placements had been evaluated by then
     * @param value its fitness
     */
    public record Improvement(long evaluations, double value) {}

    /** Copies the components. */
    public SearchResult {
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(closest, "closest");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(stopReason, "stopReason");
        history = List.copyOf(history);
    }

    /**
     * Returns the fitness of the best feasible plan.
     *
     * @return its value, infinite if none was found
     */
    public double value() {
        return best.flatMap(Plan::run).map(run -> run.value()).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Returns how far the best plan can be from the optimum at the most.
     *
     * @return {@code (value - lowerBound) / lowerBound}; 0 if it is proven optimal, infinite if nothing was found or no
     *     bound is known
     */
    public double gap() {
        return best.flatMap(Plan::run).map(run -> run.gap()).orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchResult result
                && best.equals(result.best)
                && closest.equals(result.closest)
                && Double.compare(lowerBound, result.lowerBound) == 0
                && evaluations == result.evaluations
                && iterations == result.iterations
                && stopReason == result.stopReason
                && history.equals(result.history);
    }

    @Override
    public int hashCode() {
        return Objects.hash(best, closest, lowerBound, evaluations, iterations, stopReason, history);
    }
}
