package io.github.codnn.swarm;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.problem.OffloadingProblem;

/** The decoders that come with the library. */
public enum Decoders implements Decoder {
    /**
     * A key per layer: the device is the key times the number of devices, rounded down. Nothing is repaired. This is
     * what the CoDNN paper describes, and finds nothing feasible beyond about twenty layers where devices run one stage
     * only.
     */
    PER_LAYER {
        @Override
        public Decoding prepare(OffloadingProblem problem) {
            return new LayerKeys(Arrangement.of(problem), false);
        }
    },
    /**
     * A key per layer as in {@link #PER_LAYER}; then pinned and colocated layers move to where the rules require and
     * layers that would return to a device stay with the layers that feed them, so that stages are contiguous.
     */
    PER_LAYER_REPAIRED {
        @Override
        public Decoding prepare(OffloadingProblem problem) {
            return new LayerKeys(Arrangement.of(problem), true);
        }
    },
    /**
     * For each task a key per device, whose order is that of the stages, and a key per device but one: where the sorted
     * cuts lie along the topological order. Devices between two equal cuts are not used. Every decoded placement has
     * contiguous stages.
     */
    ORDER_AND_CUTS {
        @Override
        public Decoding prepare(OffloadingProblem problem) {
            return new OrderKeys(Arrangement.of(problem));
        }
    },
    /**
     * A key per device, whose order is that of the stages, and one for their number; the cuts are the best ones for
     * these devices, found by dynamic programming. Exact cuts for the period and, without a deadline, for the
     * response where no links share a medium; a guide otherwise. For a single chain; other problems are refused.
     */
    OPTIMAL_CUTS {
        @Override
        public Decoding prepare(OffloadingProblem problem) {
            return new DeviceKeys(StageCosts.of(problem)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "OPTIMAL_CUTS needs one task whose network is a chain. Take ORDER_AND_CUTS instead.")));
        }
    }
}
