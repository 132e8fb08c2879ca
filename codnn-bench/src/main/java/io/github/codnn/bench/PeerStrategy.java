package io.github.codnn.bench;

import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.Decoder;

/**
 * An optimiser of another library as a strategy, with the same evaluation, the same counted budget and the same stop
 * rules as ours. It starts from the best single devices, as our searches may: the lower half of a key keeps a layer on
 * the device of that start, the upper half chooses one of all devices.
 *
 * @param peer the optimiser
 */
record PeerStrategy(Peer peer) implements Strategy {

    private static final double IMPOSSIBLE = 1e3; // what must not happen at all costs, as a share of the value

    /** Keys that keep the device of a start or choose another. */
    private static final class FromStart implements Decoder.Decoding {

        private final int[] start;
        private final int devices;

        private FromStart(int[] start, int devices) {
            this.start = start.clone();
            this.devices = devices;
        }

        @Override
        public int keyCount() {
            return start.length;
        }

        @Override
        public void decode(double[] keys, int[] placement) {
            for (int layer = 0; layer < keys.length; layer++) {
                placement[layer] = keys[layer] < 0.5
                        ? start[layer]
                        : Math.min(devices - 1, (int) ((2 * keys[layer] - 1) * devices));
            }
        }
    }

    /** The fitness with penalties; every evaluation counts, and the stop rule ends the search. */
    private static final class Rating implements KeyObjective.Rating {

        private final OffloadingProblem problem;
        private final SearchRun run;
        private final Evaluation evaluation;
        private final double scale;

        private Rating(OffloadingProblem problem, SearchRun run) {
            this.problem = problem;
            this.run = run;
            evaluation = problem.evaluator().newEvaluation();
            scale = run.bestScore().isFeasible() ? run.bestScore().value() : 1;
        }

        @Override
        public double rate(int[] placement) {
            if (run.checkStop().isPresent()) {
                throw new KeyObjective.TimeIsUp();
            }
            evaluation.evaluate(placement);
            run.addEvaluations(1);
            Score score = Score.of(evaluation, problem.fitness());
            run.offer(placement, score);
            double value = Double.isFinite(score.value()) ? score.value() : scale;
            return value * (1 + KeyObjective.PENALTY * score.violation()) + IMPOSSIBLE * scale * score.impossible();
        }
    }

    @Override
    public SearchResult search(OffloadingProblem problem, SearchOptions options) {
        SearchRun run = SearchRun.start(problem, options, peer.name());
        SearchResult single = SingleDevice.withDefaults().search(problem, options);
        run.addEvaluations(single.evaluations());
        int[] from = single.bestOrClosest()
                .map(Plan::placement)
                .map(problem.evaluator()::encode)
                .orElseGet(() -> new int[problem.layerCount()]);
        run.offer(from);
        FromStart decoding = new FromStart(from, problem.deviceCount());
        KeyObjective objective =
                new KeyObjective(decoding, problem.layerCount(), 2 * problem.deviceCount(), new Rating(problem, run));
        int evaluations = (int) run.evaluationsLeft(Integer.MAX_VALUE);
        KeyObjective.TimeIsUp.orEnd(() -> peer.search(objective, evaluations, options.seed()));
        return run.finish();
    }
}
