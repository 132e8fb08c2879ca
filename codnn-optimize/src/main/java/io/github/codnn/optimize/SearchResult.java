package io.github.codnn.optimize;

import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a search has found, and how far from optimal it can be. {@link SearchRun#finish} makes one.
 *
 * @param best the best feasible plan, usually with a record of this search; nothing if none was found
 * @param closest the least violating plan if no feasible one was found; nothing otherwise, or if nothing was tried
 * @param late the best plan in closed form if it is not the best feasible one, because a simulation shows that it
 *     misses a deadline; see {@link OffloadingProblem#plan}
 * @param value the fitness of the best feasible plan, positive infinity if none was found
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
        Optional<Plan> late,
        double value,
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

    /** Copies and checks the components. */
    public SearchResult {
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(closest, "closest");
        Objects.requireNonNull(late, "late");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(stopReason, "stopReason");
        history = List.copyOf(history);
        if (Double.isNaN(value) || Double.isNaN(lowerBound)) {
            throw new IllegalArgumentException(
                    "value and lowerBound must be numbers, but are " + value + " and " + lowerBound);
        }
        if (best.isEmpty() && value != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "A result without a feasible plan must have the value infinity, but has " + value);
        }
        double recorded = best.flatMap(Plan::run).map(RunRecord::value).orElse(value);
        if (recorded != value) {
            throw new IllegalArgumentException(
                    "The value of a result must be that of its plan, " + recorded + ", but is " + value);
        }
    }

    /**
     * Returns this result with a change in its plans.
     *
     * @param change makes another plan of the same value. If it makes the best plan break constraints, that becomes the
     *     closest one; if it makes the closest plan keep them, that becomes the best one
     * @return the changed result
     */
    public SearchResult withPlans(UnaryOperator<Plan> change) {
        Optional<Plan> plan = bestOrClosest().map(change);
        boolean feasible = plan.filter(each -> each.metrics().feasible()).isPresent();
        if (plan.isPresent() && feasible != best.isPresent()) {
            return feasible ? promoted(plan.get()) : demoted(plan.get());
        }
        return new SearchResult(
                best.isPresent() ? plan : best,
                best.isPresent() ? closest : plan,
                late.map(change),
                value,
                lowerBound,
                evaluations,
                iterations,
                elapsed,
                stopReason,
                history);
    }

    private SearchResult promoted(Plan plan) {
        double reached = plan.run().orElseThrow().value();
        return new SearchResult(
                        Optional.of(plan),
                        Optional.empty(),
                        Optional.empty(),
                        reached,
                        lowerBound,
                        evaluations,
                        iterations,
                        elapsed,
                        stopReason,
                        List.of(new Improvement(evaluations, reached)))
                .withLowerBound(lowerBound);
    }

    private SearchResult demoted(Plan plan) {
        Optional<Plan> broken = plan.run()
                .map(run -> plan.withRun(run.withLowerBound(Double.NEGATIVE_INFINITY)))
                .or(() -> Optional.of(plan));
        return new SearchResult(
                Optional.empty(),
                broken,
                broken,
                Double.POSITIVE_INFINITY,
                lowerBound,
                evaluations,
                iterations,
                elapsed,
                stopReason,
                List.of());
    }

    /**
     * Returns this result with another plan that is late.
     *
     * @param plan the best plan in closed form; ignored if it is not better than the best feasible plan
     * @return the changed result
     */
    public SearchResult withLate(Optional<Plan> plan) {
        Optional<Plan> better =
                plan.filter(each -> each.run().map(RunRecord::value).orElse(value) < value);
        return new SearchResult(
                best, closest, better, value, lowerBound, evaluations, iterations, elapsed, stopReason, history);
    }

    /**
     * Returns this result with another bound, which the record of its feasible plan states, too.
     *
     * @param bound a proven lower bound of the fitness over all feasible placements
     * @return the changed result
     */
    public SearchResult withLowerBound(double bound) {
        return new SearchResult(
                        best, closest, late, value, bound, evaluations, iterations, elapsed, stopReason, history)
                .withRecords(run -> best.isPresent() ? run.withLowerBound(bound) : run);
    }

    /**
     * Returns this result, of a search among plans that keep blocks whole, as one of the networks as they were given.
     * Its bound becomes {@link RunRecord#blockBound()}. A search that ended with a proof has just completed, unless the
     * value is that of the new bound.
     *
     * @param bound a proven lower bound of the fitness over all feasible placements
     * @return the changed result
     */
    public SearchResult amongBlocks(double bound) {
        return new SearchResult(
                        best, closest, late, value, bound, evaluations, iterations, elapsed, stopReason, history)
                .withRecords(run -> best.isPresent() ? run.amongBlocks(bound) : run)
                .withoutOpenProof();
    }

    /**
     * Returns this result as one of a search that has just completed, if it ended with a proof but the value is above
     * the bound, because the proof was one of another problem.
     *
     * @return the changed result, or this one
     */
    public SearchResult withoutOpenProof() {
        return stopReason == StopReason.PROVEN && lowerBound < value ? withStopReason(StopReason.COMPLETED) : this;
    }

    /**
     * Returns this result with another reason to stop, which the records of its plans state, too.
     *
     * @param reason why the search ended
     * @return the changed result
     */
    public SearchResult withStopReason(StopReason reason) {
        return new SearchResult(
                        best, closest, late, value, lowerBound, evaluations, iterations, elapsed, reason, history)
                .withRecords(run -> run.withStopReason(reason));
    }

    /**
     * Returns this result with notices in the records of its plans, after those that they have.
     *
     * @param sentences what went wrong within the search, one sentence each
     * @return the changed result
     */
    public SearchResult withNotices(List<String> sentences) {
        Objects.requireNonNull(sentences, "sentences");
        return withRecords(run -> run.withNotices(Stream.concat(run.notices().stream(), sentences.stream())
                .distinct()
                .toList()));
    }

    /**
     * Returns this result as that of a longer search, which the records of its plans state, too.
     *
     * @param allEvaluations how many placements were evaluated
     * @param allIterations how many iterations were done
     * @param time how long the search took
     * @param improvements the improvements of the best feasible value, in order
     * @return the changed result
     */
    public SearchResult withEffort(
            long allEvaluations, long allIterations, Duration time, List<Improvement> improvements) {
        return new SearchResult(
                        best,
                        closest,
                        late,
                        value,
                        lowerBound,
                        allEvaluations,
                        allIterations,
                        time,
                        stopReason,
                        improvements)
                .withRecords(run -> run.withEvaluations(allEvaluations));
    }

    private SearchResult withRecords(UnaryOperator<RunRecord> change) {
        return withPlans(plan -> plan.run().map(change).map(plan::withRun).orElse(plan));
    }

    /**
     * Returns the best plan, or the least violating one if none is feasible.
     *
     * @return the plan; nothing if nothing was tried
     */
    public Optional<Plan> bestOrClosest() {
        return best.or(() -> closest);
    }

    /**
     * Returns this result with what is known about the constraints that its closest plan breaks.
     *
     * @param known what is known
     * @return the changed result; the same one if it has a feasible plan
     */
    public SearchResult withInfeasibility(Infeasibility known) {
        Objects.requireNonNull(known, "known");
        return best.isPresent() ? this : withRecords(run -> run.withInfeasibility(known));
    }

    /**
     * Returns what is known about the constraints that the closest plan breaks.
     *
     * @return as the record of the closest plan states; nothing if there is a feasible plan, or nothing is known
     */
    public Optional<Infeasibility> infeasibility() {
        return closest.flatMap(Plan::run).flatMap(RunRecord::infeasibility);
    }

    /**
     * Compares two results of searches for the same problem by their plans.
     *
     * @param other the other result
     * @return whether this result has a plan that is strictly better by the rules of {@link Score}, or the only one
     */
    public boolean isBetterThan(SearchResult other) {
        return score().isBetterThan(other.score());
    }

    private Score score() {
        Optional<Plan> plan = bestOrClosest();
        double reached = plan.flatMap(Plan::run).map(RunRecord::value).orElse(value);
        return plan.map(Plan::metrics)
                .map(metrics -> new Score(reached, metrics.impossible(), metrics.violation()))
                .orElse(Score.NONE);
    }

    /**
     * Returns the largest possible distance of the best plan from the optimum of all plans. {@link Plan#blockGap()} is
     * that among the plans that keep blocks whole.
     *
     * @return {@code (value - lowerBound) / lowerBound}; 0 if it is proven optimal, infinite if nothing was found or no
     *     bound is known
     */
    public double gap() {
        return best.isEmpty() ? Double.POSITIVE_INFINITY : RunRecord.gap(value, lowerBound);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchResult result
                && best.equals(result.best)
                && closest.equals(result.closest)
                && late.equals(result.late)
                && Double.compare(value, result.value) == 0
                && Double.compare(lowerBound, result.lowerBound) == 0
                && evaluations == result.evaluations
                && iterations == result.iterations
                && stopReason == result.stopReason
                && history.equals(result.history);
    }

    @Override
    public int hashCode() {
        return Objects.hash(best, closest, late, value, lowerBound, evaluations, iterations, stopReason, history);
    }
}
