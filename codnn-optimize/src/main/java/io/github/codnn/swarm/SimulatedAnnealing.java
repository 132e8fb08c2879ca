package io.github.codnn.swarm;

import io.github.codnn.optimize.Score;
import io.github.codnn.pipeline.Scorer;
import java.util.random.RandomGenerator;

/**
 * Simulated annealing (S. Kirkpatrick, C. Gelatt, M. Vecchi, 1983) with linear cooling: accepts trials that are as good
 * as the current state and, less and less often as the search cools, a little worse; keeps the best by Deb's rules. Not
 * thread-safe.
 */
final class SimulatedAnnealing implements LocalSearch {

    private final Neighbourhood neighbourhood;
    private final Acceptance acceptance;
    private final Scorer scorer;
    private Score current = Score.NONE;
    private Score best = Score.NONE;

    SimulatedAnnealing(Neighbourhood neighbourhood, Acceptance acceptance, Scorer scorer) {
        this.neighbourhood = neighbourhood;
        this.acceptance = acceptance;
        this.scorer = scorer;
    }

    @Override
    public Score best() {
        return best;
    }

    @Override
    public boolean improve(int[] placement, Score score, RandomGenerator random, int moves, double temperature) {
        best = score;
        if (!neighbourhood.read(placement)) {
            return false;
        }
        int scored = 0;
        Score start = score;
        if (neighbourhood.readRepairs() && !scorer.isSpent()) {
            neighbourhood.scoreTrial();
            start = scorer.last();
            scored = 1;
        }
        begin(start);
        for (int move = scored; move < moves && !scorer.isSpent(); ) {
            move += move(random, temperature * (moves - move) / moves);
        }
        polish();
        neighbourhood.writeBest(placement);
        return best.isBetterThan(score);
    }

    /** Begins a search of single moves at a placement with its score. */
    void start(int[] placement, Score score) {
        if (!neighbourhood.read(placement)) {
            throw new IllegalArgumentException("The moves have no form for the placement");
        }
        begin(score);
    }

    /** Begins at a placement that may be repaired; returns false if there is no form for it. */
    boolean tryStart(int[] placement, Score score) {
        best = score;
        if (!neighbourhood.read(placement)) {
            return false;
        }
        boolean isRepaired = neighbourhood.readRepairs() && !scorer.isSpent();
        if (isRepaired) {
            neighbourhood.scoreTrial();
        }
        begin(isRepaired ? scorer.last() : score);
        return true;
    }

    /** Returns the best placement of a search of single moves. */
    int[] bestPlacement(int layers) {
        int[] placement = new int[layers];
        neighbourhood.writeBest(placement);
        return placement;
    }

    private void begin(Score score) {
        current = score;
        best = score;
        acceptance.begin();
    }

    /** Tries a move at a temperature; returns how many it counts for. */
    int move(RandomGenerator random, double temperature) {
        boolean isDifferent = neighbourhood.propose(random);
        int work = 1 + neighbourhood.workOfProposal();
        if (!isDifferent) {
            return work;
        }
        neighbourhood.scoreTrial();
        if (acceptance.accepts(scorer.last(), current, temperature, random)) {
            current = scorer.last();
            neighbourhood.accept();
            if (current.isBetterThan(best)) {
                best = current;
                neighbourhood.keepBest();
            }
        }
        acceptance.adapt(current);
        return work;
    }

    private void polish() {
        if (scorer.isSpent() || !neighbourhood.polish()) {
            return;
        }
        neighbourhood.scoreTrial();
        if (scorer.last().isBetterThan(best)) {
            best = scorer.last();
            neighbourhood.accept();
            neighbourhood.keepBest();
        }
    }
}
