package io.github.codnn.pipeline;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import java.io.Serializable;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates placements, counts them, and keeps the best one by the problem's fitness, whatever fitness guides the
 * search. Tells when the evaluations that it may do are used up; whoever has it evaluate asks it before. Belongs to one
 * thread.
 */
public final class Scorer {

    private static final long MOST = 1L << 40; // evaluations that no budget exceeds in practice
    private static final int LAYERS_PER_PAUSE = 1 << 17; // evaluated between two questions whether to stop at once
    private static final int MAX_PAUSE = 16;

    private final Evaluation evaluation;
    private final Fitness fitness;
    private final Fitness guide;
    private final boolean guided;
    private final Optional<StageCosts> chain;
    private final @Nullable StageEvaluation stages;
    private final int[] best;
    private final int devices;
    private final boolean needsOthers; // because the best placement may miss a deadline as a stream
    private boolean improved; // since the last report
    private boolean summed; // whether the best score is from sums over stages, which differ by rounding
    private Score bestScore = Score.NONE;
    private long count;
    private long limit = Long.MAX_VALUE; // of the count
    private BooleanSupplier brake = () -> false;
    private long nextPause;
    private boolean stopped;
    private Optional<SearchRun> obeyed = Optional.empty();
    private @Nullable Map<IntBuffer, Score> known; // scores of placements
    private boolean recalls; // whether known placements are not evaluated again
    // Of the last placement. Doubles: a score in a field would be a new object for every evaluation.
    private double value;
    private int impossible;
    private double violation;

    public Scorer(OffloadingProblem problem) {
        this(problem, Optional.empty());
    }

    /** With a guide, {@link #last()} has the value of the guide and no violation but what is impossible. */
    public Scorer(OffloadingProblem problem, Optional<? extends Fitness> guide) {
        evaluation = problem.evaluator().newEvaluation();
        fitness = problem.fitness();
        guided = guide.isPresent();
        this.guide = guided ? guide.get() : fitness;
        chain = runsOneStage(problem) ? StageCosts.of(problem) : Optional.empty();
        stages = chain.map(StageCosts::newEvaluation).orElse(null);
        best = new int[problem.compiled().layerCount()];
        devices = problem.compiled().deviceCount();
        needsOthers = problem.hasStreamDeadlines() && !guided;
    }

    private static boolean runsOneStage(OffloadingProblem problem) {
        return problem.scenario().rules().stagesPerDevice() == StagesPerDevice.ONE;
    }

    /** Returns the problem as a chain of stages, if it is one. */
    public Optional<StageCosts> chain() {
        return chain;
    }

    /** Writes the score of every placement into a map, for {@link #recall}; not together with a guide. */
    public void remember(Map<IntBuffer, Score> scores) {
        known = scores;
    }

    /** Takes scores of placements from a map instead of evaluating and counting them again. */
    public void recall(Map<IntBuffer, Score> scores) {
        known = scores;
        recalls = true;
    }

    /** Scores a placement; returns whether it is the best of all so far. */
    public boolean score(int[] placement) {
        Score score = recalls && known != null ? known.get(IntBuffer.wrap(placement)) : null;
        boolean better;
        if (score == null) {
            evaluation.evaluate(placement);
            better = rate(evaluation);
        } else {
            better = rate(score);
        }
        if (known != null && !recalls) {
            known.put(IntBuffer.wrap(placement.clone()), last());
        }
        if (needsOthers && violation == 0 && obeyed.isPresent()) {
            obeyed.get().addCandidate(placement, last());
        }
        if (better) {
            System.arraycopy(placement, 0, best, 0, best.length);
            summed = false;
        }
        return better;
    }

    /** Scores stages of a chain in time that does not depend on the number of layers. */
    public void score(int stageCount, int[] devices, int[] ends) {
        StageEvaluation chainEvaluation = Objects.requireNonNull(stages);
        chainEvaluation.evaluate(stageCount, devices, ends);
        if (rate(chainEvaluation)) {
            int start = 0;
            for (int stage = 0; stage < stageCount; stage++) {
                Arrays.fill(best, start, ends[stage], devices[stage]);
                start = ends[stage];
            }
            summed = true;
        }
    }

    /** Scores the pipelines of several tasks in time that does not depend on the number of layers. */
    public void score(PipelinesEvaluation pipelines, Pipeline[] tasks) {
        pipelines.evaluate(tasks);
        if (rate(pipelines)) {
            pipelines.write(tasks, best);
            summed = true;
        }
    }

    /** Returns whether it is the best of all so far. */
    private boolean rate(PlanMetrics metrics) {
        count++;
        value = Score.value(metrics, fitness);
        impossible = metrics.impossible();
        violation = metrics.violation();
        boolean better = lastIsBetterThan(bestScore);
        if (better) {
            bestScore = last();
            improved = true;
        }
        if (guided) {
            value = guide.of(metrics);
            violation = 0;
        }
        return better;
    }

    private boolean rate(Score score) {
        value = score.value();
        impossible = score.impossible();
        violation = score.violation();
        boolean better = lastIsBetterThan(bestScore);
        if (better) {
            bestScore = score;
            improved = true;
        }
        return better;
    }

    /** Tells whether the last placement is better than a score, without an object for each placement. */
    public boolean lastIsBetterThan(Score score) {
        return score.isWorseThan(value, impossible, violation);
    }

    /** Returns the score of the last placement. */
    public Score last() {
        return new Score(value, impossible, violation);
    }

    /** Counts work that takes as long as some evaluations. */
    public void addCount(long evaluations) {
        count += evaluations;
    }

    public long count() {
        return count;
    }

    /**
     * Takes the limit from the stop rule of a run, anew with every {@link #report}, and asks the rule again and again
     * whether to stop at once. Where the best placement may turn out late, the run gets others, too.
     */
    public void obey(SearchRun run) {
        obeyed = Optional.of(run);
        limit(run);
    }

    /** Limits the evaluations by the stop rule of a run, for a caller that offers what it chooses itself. */
    public void limit(SearchRun run) {
        limit(run.evaluationsLeft(MOST), () -> run.interruption().isPresent());
    }

    /**
     * Limits the evaluations until the next report.
     *
     * @param most how many
     * @param newBrake tells whether to stop at once
     */
    public void limit(long most, BooleanSupplier newBrake) {
        limit = most;
        brake = newBrake;
        nextPause = count + pause();
        stopped = false;
    }

    /** Returns how many evaluations may be done until the next report. */
    public long limit() {
        return limit;
    }

    /** Tells whether no more placements may be evaluated until the next report. */
    public boolean isSpent() {
        if (count >= nextPause && !stopped) {
            nextPause = count + pause();
            stopped = brake.getAsBoolean();
        }
        return stopped || count >= limit;
    }

    private int pause() {
        return Math.max(1, Math.min(MAX_PAUSE, LAYERS_PER_PAUSE / Math.max(1, best.length)));
    }

    public Evaluation evaluation() {
        return evaluation;
    }

    /**
     * What was found and counted since the last report, in a form that can be sent to another machine.
     *
     * @serial exclude
     */
    public static final class Findings implements Serializable {

        private static final long serialVersionUID = 1;

        private final int[] best; // empty if nothing better was found
        private final Score bestScore;
        private final boolean summed;
        private final long count;

        private Findings(Scorer scorer) {
            summed = scorer.summed;
            best = scorer.improved ? scorer.best : new int[0];
            bestScore = scorer.bestScore;
            count = scorer.count;
        }
    }

    /** Returns what was found and counted since the last report. */
    public Findings findings() {
        return new Findings(this);
    }

    /** Continues from what another scorer of the same problem found. */
    public void resume(Findings findings) {
        improved = findings.best.length > 0;
        summed = findings.summed;
        if (improved && !areIndices(findings.best, best.length, devices)) {
            throw new IllegalArgumentException("The best placement does not fit the problem");
        }
        System.arraycopy(findings.best, 0, best, 0, findings.best.length);
        bestScore = Objects.requireNonNull(findings.bestScore, "bestScore");
        count = findings.count;
    }

    /** Tells whether there are as many numbers as expected, and all are indices below a limit. */
    public static boolean areIndices(int[] numbers, int count, int limit) {
        boolean fit = numbers.length == count;
        for (int number : numbers) {
            fit &= number >= 0 && number < limit;
        }
        return fit;
    }

    /** Returns the score of the best placement, evaluated once more layer by layer, which does not count. */
    private Score byLayers() {
        evaluation.evaluate(best);
        return Score.of(evaluation, fitness);
    }

    /** Reports to a run how many placements were scored since the last report, and the best one of all. */
    public void report(SearchRun run) {
        run.addEvaluations(count);
        count = 0;
        if (improved) {
            run.offer(best, summed ? byLayers() : bestScore);
            improved = false;
        }
        obeyed.ifPresent(this::obey);
    }
}
