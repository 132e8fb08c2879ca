package io.github.codnn.optimize;

import java.time.Duration;
import java.util.Objects;

/**
 * How far a search has come.
 *
 * @param iteration the number of iterations done
 * @param evaluations the number of placements evaluated
 * @param elapsed the time since the start
 * @param bestValue the fitness of the best placement so far, infinite before the first
 * @param bestViolation the violation of the best placement so far, 0 if it is feasible, infinite before the first
 * @param lowerBound a proven lower bound of the fitness, negative infinity if none is known
 * @param iterationsSinceImprovement the number of iterations since the best placement last changed
 * @param late whether the best placement is infeasible only because a simulation shows that it misses a deadline, as
 *     far as that is known by now
 */
public record Progress(
        long iteration,
        long evaluations,
        Duration elapsed,
        double bestValue,
        double bestViolation,
        double lowerBound,
        long iterationsSinceImprovement,
        boolean late) {

    /** Checks the components. */
    public Progress {
        Objects.requireNonNull(elapsed, "elapsed");
    }

    private static final double ROUNDING = 1e-12;

    /**
     * Makes the progress of what came before a search, whose counts and time count for it.
     *
     * @param iteration the number of iterations done
     * @param evaluations the number of placements evaluated
     * @param elapsed the time since the start
     * @return the progress, without a best placement
     */
    public static Progress before(long iteration, long evaluations, Duration elapsed) {
        return new Progress(
                iteration,
                evaluations,
                elapsed,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0,
                false);
    }

    /** Returns this progress after more evaluations. */
    Progress plusEvaluations(long more) {
        return withCounts(iteration, evaluations + more, elapsed);
    }

    /** Returns this progress counted from where another one began, which led here. */
    Progress after(Progress earlier) {
        return withCounts(
                earlier.iteration + iteration, earlier.evaluations + evaluations, earlier.elapsed.plus(elapsed));
    }

    /**
     * Returns the progress of a whole search of which this is a share: iterations, evaluations and time are divided.
     */
    Progress ofShare(double share) {
        return withCounts(
                divided(iteration, share),
                divided(evaluations, share),
                Duration.ofNanos(divided(elapsed.toNanos(), share)));
    }

    /** Rounds down, but not an integer that is too small by a rounding error. */
    private static long divided(long count, double share) {
        return (long) (count / share * (1 + ROUNDING));
    }

    /** Returns this progress without best placement and bound. */
    Progress withoutValues() {
        return new Progress(
                iteration,
                evaluations,
                elapsed,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                iterationsSinceImprovement,
                late);
    }

    private Progress withCounts(long newIteration, long newEvaluations, Duration newElapsed) {
        return new Progress(
                newIteration,
                newEvaluations,
                newElapsed,
                bestValue,
                bestViolation,
                lowerBound,
                iterationsSinceImprovement,
                late);
    }
}
