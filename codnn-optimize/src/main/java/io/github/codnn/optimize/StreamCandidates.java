package io.github.codnn.optimize;

import io.github.codnn.plan.Plan;
import io.github.codnn.problem.OffloadingProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The best different placements of a search that are feasible in closed form. Which of them keeps its deadlines is
 * decided by simulation: of the best one from time to time, of the others at the end of the search. Empty where the
 * closed form decides.
 */
final class StreamCandidates {

    private static final int FEWEST = 8;
    private static final int MOST = 64;
    private static final double MAX_OPERATIONS = 5e5; // of all simulations at the end of a search: about a second
    private static final int FIRST_CHECK = 32; // evaluations
    private static final double BETWEEN_CHECKS = 1.25; // factor of the evaluations so far
    private static final double BETWEEN_SLOW_CHECKS = 2;
    private static final double SLOW = 2e4; // operations

    private final OffloadingProblem problem;
    private final boolean needed;
    private final int most; // candidates
    private final double betweenChecks;
    private final List<Candidate> candidates = new ArrayList<>(); // the best one first
    private Optional<Candidate> kept = Optional.empty(); // the best one that is known to keep its deadlines
    private long nextCheck = FIRST_CHECK;
    private double violation;

    /** A placement that is feasible in closed form. */
    static final class Candidate {

        private final OffloadingProblem problem;
        private final int[] placement;
        private final Score score;
        private @Nullable Plan plan;

        private Candidate(OffloadingProblem problem, int[] placement, Score score) {
            this.problem = problem;
            this.placement = placement;
            this.score = score;
        }

        int[] placement() {
            return placement;
        }

        Score score() {
            return score;
        }

        /** Returns the plan of the placement, which is simulated by the first call. */
        Plan plan() {
            Plan made = plan == null ? problem.plan(problem.evaluator().decode(placement)) : plan;
            plan = made;
            return made;
        }

        boolean isSimulated() {
            return plan != null;
        }

        boolean isLate() {
            return !plan().metrics().feasible();
        }
    }

    StreamCandidates(OffloadingProblem problem) {
        this.problem = problem;
        needed = problem.hasStreamDeadlines();
        double operations = operations(problem);
        most = (int) Math.max(FEWEST, Math.min(MOST, MAX_OPERATIONS / operations));
        betweenChecks = operations > SLOW ? BETWEEN_SLOW_CHECKS : BETWEEN_CHECKS;
    }

    /** Returns about how many layers and transfers a simulation has. */
    private static double operations(OffloadingProblem problem) {
        return problem.scenario().workload().tasks().stream()
                .mapToDouble(task -> 2.0 * task.graph().layers().size() * Math.min(task.frames(), 1000))
                .sum();
    }

    /** Adds a placement that was evaluated; copies it if it is kept. */
    void add(int[] placement, Score score) {
        if (!needed || !score.isFeasible() || (candidates.size() == most && !score.isBetterThan(worst().score))) {
            return;
        }
        int rank = candidates.size();
        while (rank > 0 && score.isBetterThan(candidates.get(rank - 1).score)) {
            rank--;
        }
        if (!isKnown(placement, score, rank)) {
            candidates.add(rank, new Candidate(problem, placement.clone(), score));
        }
        if (candidates.size() > most) {
            candidates.remove(most);
        }
    }

    /** Tells whether one of the candidates with the same score is the placement. */
    private boolean isKnown(int[] placement, Score score, int rank) {
        for (int index = rank - 1; index >= 0; index--) {
            Candidate candidate = candidates.get(index);
            if (candidate.score.isBetterThan(score)) {
                return false;
            }
            if (Arrays.equals(placement, candidate.placement)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a placement that counts as the best one, though others are as good. */
    void addBest(int[] placement, Score score) {
        if (needed && score.isFeasible()) {
            candidates.add(0, new Candidate(problem, placement.clone(), score));
        }
    }

    private Candidate worst() {
        return candidates.get(candidates.size() - 1);
    }

    /** Simulates the best placement if it was not, and the search has come further by a quarter since the last time. */
    void check(long evaluations) {
        if (needed && evaluations >= nextCheck && !candidates.isEmpty()) {
            nextCheck = (long) (evaluations * betweenChecks) + 1;
            violation = violation(candidates.get(0));
        }
    }

    /** Returns by how much the best placement misses deadlines as a stream only, as far as it is known by now. */
    double violation() {
        return violation;
    }

    /** Tells whether the best placement misses a deadline as a stream only. */
    boolean isBestLate() {
        return !candidates.isEmpty() && violation(candidates.get(0)) > 0;
    }

    private double violation(Candidate candidate) {
        if (!candidate.isLate()) {
            kept = Optional.of(candidate);
        }
        return candidate.plan().metrics().violation();
    }

    /**
     * Returns the best candidate that keeps its deadlines as a stream. If there is none, or no time to find it, that
     * which misses them least; nothing without candidates.
     */
    Optional<Candidate> choose(BooleanSupplier isTimeUp) {
        @Nullable Candidate least = null;
        for (Candidate each : candidates) {
            if (least != null && !each.isSimulated() && isTimeUp.getAsBoolean()) {
                break;
            }
            if (!each.isLate()) {
                return Optional.of(each);
            }
            least = least == null || violation(each) < violation(least) ? each : least;
        }
        return kept.isPresent() ? kept : Optional.ofNullable(least);
    }

    /** Returns the best candidate if a simulation showed that it misses a deadline. */
    Optional<Candidate> late() {
        return candidates.stream().findFirst().filter(each -> each.isSimulated() && each.isLate());
    }
}
