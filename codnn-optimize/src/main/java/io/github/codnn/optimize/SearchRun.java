package io.github.codnn.optimize;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.plan.StopReason;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The bookkeeping of one search: the best placement so far by Deb's rules, counts, time, history, and the stop rule.
 *
 * <p>Every strategy starts one for each search. It is not thread-safe and belongs to the thread that runs the search.
 * Parallel work reports to that thread, in a fixed order, so that results do not depend on the number of threads.
 */
public final class SearchRun {

    private static final double SHARE_OF_BOUND = 0.25; // of the time, at most

    private final OffloadingProblem problem;
    private final SearchOptions options;
    private final String strategy;
    private final String settings;
    private final Evaluation evaluation;
    private final long startNanos;
    private final List<SearchResult.Improvement> history = new ArrayList<>();
    private final StreamCandidates candidates;
    private int[] best = new int[0];
    private Score bestScore = Score.NONE;
    private double lowerBound = Double.NEGATIVE_INFINITY; // while it is computed, which may take long
    private long evaluations;
    private long iterations;
    private long lastImprovement;
    private long evaluationsBefore; // at the last end of an iteration
    private Optional<StopReason> stop = Optional.empty();

    private SearchRun(OffloadingProblem problem, SearchOptions options, String strategy, String settings) {
        this.problem = problem;
        this.options = options;
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        this.settings = Objects.requireNonNull(settings, "settings");
        evaluation = problem.evaluator().newEvaluation();
        candidates = new StreamCandidates(problem);
        startNanos = options.nanoClock().getAsLong();
        lowerBound = problem.lowerBound(this::hasUsedUpTimeOfBound);
    }

    /**
     * Starts a search, with the {@linkplain OffloadingProblem#lowerBound() bound of the problem}, or a weaker one if a
     * stop rule on time does not allow more. The record of the plan states the simple name of the strategy's class and,
     * as its settings, what its {@code toString()} returns.
     *
     * @param problem what is solved
     * @param options how the search is run
     * @param strategy who searches
     * @return the run
     */
    public static SearchRun start(OffloadingProblem problem, SearchOptions options, Strategy strategy) {
        return new SearchRun(problem, options, strategy.getClass().getSimpleName(), strategy.toString());
    }

    /**
     * Starts a search by a strategy that has a name only, such as a lambda.
     *
     * @param problem what is solved
     * @param options how the search is run
     * @param name the name of the strategy, for the record
     * @return the run
     */
    public static SearchRun start(OffloadingProblem problem, SearchOptions options, String name) {
        return new SearchRun(problem, options, name, "");
    }

    /**
     * Starts a search by a strategy whose settings are not what its {@code toString()} returns.
     *
     * @param problem what is solved
     * @param options how the search is run
     * @param strategy the name of the strategy, for the record
     * @param settings its settings in readable form, for the record
     * @return the run
     */
    public static SearchRun start(OffloadingProblem problem, SearchOptions options, String strategy, String settings) {
        return new SearchRun(problem, options, strategy, settings);
    }

    /**
     * Evaluates a placement and keeps it if it is the best so far.
     *
     * @param placement the device of every layer; copied if kept
     * @return whether it is the best so far
     */
    public boolean offer(int[] placement) {
        evaluation.evaluate(placement);
        evaluations++;
        return offer(placement, Score.of(evaluation, problem.fitness()));
    }

    /**
     * Evaluates a placement and keeps it if it is the best so far.
     *
     * @param placement the device of every layer, by name
     * @return whether it is the best so far
     * @throws IllegalArgumentException if it is for other tasks, layers or devices than the problem's
     */
    public boolean offer(Placement placement) {
        return offer(problem.evaluator().encode(placement));
    }

    /**
     * Keeps a placement that was evaluated elsewhere if it is the best so far. Does not count as an evaluation; see
     * {@link #addEvaluations}.
     *
     * @param placement the device of every layer; copied if kept
     * @param offered its score by the fitness of the problem
     * @return whether it is the best so far
     */
    public boolean offer(int[] placement, Score offered) {
        Objects.requireNonNull(placement, "placement");
        candidates.add(placement, offered);
        if (!offered.isBetterThan(bestScore)) {
            return false;
        }
        best = placement.clone();
        bestScore = offered;
        lastImprovement = iterations;
        if (bestScore.isFeasible()) {
            history.add(new SearchResult.Improvement(evaluations, bestScore.value()));
        }
        return true;
    }

    /**
     * Keeps in mind a placement that was evaluated elsewhere and need not be the best so far. The result has the best
     * one of those that were offered or added if a simulation shows that all better ones miss a deadline. Only a
     * few are kept. Does not count as an evaluation.
     *
     * @param placement the device of every layer; copied if kept
     * @param score its score by the fitness of the problem
     */
    public void addCandidate(int[] placement, Score score) {
        candidates.add(Objects.requireNonNull(placement, "placement"), Objects.requireNonNull(score, "score"));
    }

    /**
     * Replaces the best placement by one that is equal or better up to rounding (relative 1e-12), for strategies that
     * prefer one of several equal placements. Does not count as an evaluation.
     *
     * @param placement the device of every layer; copied if kept
     * @return whether it replaced the best one
     */
    public boolean offerEqual(int[] placement) {
        evaluation.evaluate(placement);
        Score offered = Score.of(evaluation, problem.fitness());
        double limit = bestScore.value() + Tolerances.EQUAL * Math.abs(bestScore.value());
        if (new Score(limit, bestScore.impossible(), bestScore.violation()).isBetterThan(offered)) {
            return false;
        }
        best = placement.clone();
        bestScore = offered;
        candidates.addBest(best, bestScore);
        return true;
    }

    /**
     * Counts evaluations that were done elsewhere.
     *
     * @param count how many
     */
    public void addEvaluations(long count) {
        evaluations += count;
    }

    /**
     * Raises the proven lower bound.
     *
     * @param bound a lower bound of the fitness over all feasible placements; ignored if it is below the one known
     */
    public void raiseLowerBound(double bound) {
        lowerBound = Math.max(lowerBound, bound);
    }

    /**
     * Ends the iteration if placements were evaluated since the last one, and tells whether the search may go on. Ask
     * before each step of a search, and {@link #finish()} when there are no more steps.
     *
     * @return whether the stop rule allows another iteration; stays false once it is
     */
    public boolean mayContinue() {
        if (stop.isEmpty()) {
            stop = evaluations > evaluationsBefore ? endIteration() : interruption();
        }
        return stop.isEmpty();
    }

    /**
     * Ends an iteration: calls the listener and asks the stop rule.
     *
     * @return the reason to stop, or nothing to continue
     */
    public Optional<StopReason> endIteration() {
        evaluationsBefore = evaluations;
        iterations++;
        candidates.check(evaluations);
        Progress progress = progress();
        options.listener().onProgress(progress);
        return isProven() ? Optional.of(StopReason.PROVEN) : check(progress);
    }

    /**
     * Asks the stop rule within an iteration, for strategies whose iterations take long. Results then depend on time
     * only if the rule does.
     *
     * @return the reason to stop, or nothing to continue
     */
    public Optional<StopReason> checkStop() {
        return check(progress());
    }

    private Optional<StopReason> check(Progress progress) {
        return Thread.currentThread().isInterrupted()
                ? Optional.of(StopReason.CANCELLED)
                : options.stopRule().check(progress);
    }

    /**
     * Returns how many more placements may be evaluated until the stop rule ends the search because of their number, so
     * that the last iteration can be cut to it. Evaluations that were counted elsewhere are to be
     * {@linkplain #addEvaluations added} first. Asks the rule about {@code log2(most)} times.
     *
     * @param most the greatest number of interest, zero or more
     * @return the number, at most {@code most}; the whole of it if no such rule ends the search before. At least 1
     *     before the first placement, so that every search has a plan
     */
    public long evaluationsLeft(long most) {
        Progress now = progress();
        long least = 0;
        long greatest = most;
        if (!isUsedUp(now.plusEvaluations(most))) {
            return most;
        }
        while (least < greatest) {
            long middle = least + (greatest - least) / 2;
            if (isUsedUp(now.plusEvaluations(middle))) {
                greatest = middle;
            } else {
                least = middle + 1;
            }
        }
        return bestScore.equals(Score.NONE) ? Math.max(1, least) : least;
    }

    private boolean isUsedUp(Progress progress) {
        return options.stopRule().check(progress).equals(Optional.of(StopReason.EVALUATIONS));
    }

    /**
     * Tells whether the search is to stop in the middle of an iteration, because time is up or the caller cancelled it.
     * All other rules wait for {@link #endIteration()}, so that searches end at the same place on any number of
     * threads.
     *
     * @return the reason to stop at once, or nothing to continue
     */
    public Optional<StopReason> interruption() {
        Optional<StopReason> reason = checkStop();
        return isAtOnce(reason) ? reason : Optional.empty();
    }

    private boolean hasUsedUpTimeOfBound() {
        return isAtOnce(check(progress().ofShare(SHARE_OF_BOUND)));
    }

    private static boolean isAtOnce(Optional<StopReason> reason) {
        return reason.isPresent() && (reason.get() == StopReason.TIME || reason.get() == StopReason.CANCELLED);
    }

    private boolean isProven() {
        return bestScore.isFeasible() && bestScore.value() <= lowerBound && !candidates.isBestLate();
    }

    private Progress progress() {
        return new Progress(
                iterations,
                evaluations,
                elapsed(),
                bestScore.value(),
                bestScore.violation() + candidates.violation(),
                lowerBound,
                iterations - lastImprovement,
                candidates.violation() > 0);
    }

    private Duration elapsed() {
        return Duration.ofNanos(options.nanoClock().getAsLong() - startNanos);
    }

    /**
     * Returns the score of the best placement so far.
     *
     * @return its score, {@link Score#NONE} before the first
     */
    public Score bestScore() {
        return bestScore;
    }

    /**
     * Returns the best placement so far.
     *
     * @return a copy of the device of every layer, empty before the first
     */
    public int[] bestPlacement() {
        return best.clone();
    }

    /**
     * Returns the proven lower bound.
     *
     * @return the bound, negative infinity if none is known
     */
    public double lowerBound() {
        return lowerBound;
    }

    /**
     * Makes the result of a search that asked {@link #mayContinue()}.
     *
     * @return the result, with the reason for which the search had to stop, or {@link StopReason#COMPLETED}
     */
    public SearchResult finish() {
        return finish(stop.orElse(StopReason.COMPLETED));
    }

    /**
     * Makes the result of a search. Where a simulation shows that the best placement misses a deadline, the result has
     * the best of the others that does not, or no feasible plan.
     *
     * @param reason why the search ended
     * @return the result
     */
    public SearchResult finish(StopReason reason) {
        double certain = new ResultCheck(problem, strategy).certain(best, bestScore, lowerBound);
        boolean isBlurred = certain < lowerBound;
        lowerBound = certain;
        Optional<StreamCandidates.Candidate> chosen =
                candidates.choose(() -> interruption().isPresent());
        chosen.ifPresent(this::choose);
        Optional<Plan> plan = chosen.map(StreamCandidates.Candidate::plan).or(this::bestPlan);
        boolean feasible = plan.map(Plan::metrics).map(PlanMetrics::feasible).orElse(false);
        if (feasible && history.isEmpty()) {
            history.add(new SearchResult.Improvement(evaluations, bestScore.value()));
        }
        Optional<StreamCandidates.Candidate> late = candidates.late();
        boolean isOpen = reason == StopReason.PROVEN && (isBlurred || late.isPresent());
        boolean proven = feasible && bestScore.value() <= lowerBound;
        StopReason stated = proven ? StopReason.PROVEN : isOpen ? StopReason.COMPLETED : reason;
        Optional<Plan> recorded = plan.map(each -> each.withRun(record(bestScore.value(), feasible, stated)));
        return new SearchResult(
                recorded.filter(any -> feasible),
                recorded.filter(any -> !feasible),
                late.map(each -> each.plan().withRun(record(each.score().value(), false, stated))),
                feasible ? bestScore.value() : Double.POSITIVE_INFINITY,
                lowerBound,
                evaluations,
                iterations,
                elapsed(),
                stated,
                feasible ? history : List.of());
    }

    private void choose(StreamCandidates.Candidate candidate) {
        best = candidate.placement();
        bestScore = candidate.score();
        history.removeIf(each -> each.value() < bestScore.value());
    }

    private Optional<Plan> bestPlan() {
        return best.length == 0
                ? Optional.empty()
                : Optional.of(problem.plan(problem.evaluator().decode(best)));
    }

    private RunRecord record(double value, boolean feasible, StopReason reason) {
        return new RunRecord(
                problem.fitness().label(),
                value,
                feasible ? Math.min(lowerBound, value) : Double.NEGATIVE_INFINITY,
                strategy,
                settings,
                options.seed(),
                evaluations,
                reason);
    }
}
