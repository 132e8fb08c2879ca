package io.github.codnn.problem;

import io.github.codnn.NearestNames;
import io.github.codnn.plan.PlanMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures of {@link PlanMetrics} that a search can minimise; exact strategies and lower bounds support these. */
public enum Objective implements Fitness {
    /** The greatest period: maximises the throughput of a single task. */
    PERIOD {
        @Override
        public double of(PlanMetrics metrics) {
            return metrics.periodSeconds();
        }
    },
    /** The greatest response time of a single frame. */
    RESPONSE {
        @Override
        public double of(PlanMetrics metrics) {
            return metrics.responseSeconds();
        }
    },
    /** The mean time per frame over all tasks. */
    MEAN {
        @Override
        public double of(PlanMetrics metrics) {
            return metrics.meanSeconds();
        }
    },
    /** The energy of the batch. */
    ENERGY {
        @Override
        public double of(PlanMetrics metrics) {
            return metrics.energyJoules();
        }
    },
    /** The price of the batch. */
    PRICE {
        @Override
        public double of(PlanMetrics metrics) {
            return metrics.price();
        }
    };

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds an objective by its name in files and on the command line.
     *
     * @param label the name, such as {@code period}
     * @return the objective
     * @throws IllegalArgumentException if there is none of that name; the message lists the names
     */
    public static Objective named(String label) {
        return Arrays.stream(values())
                .filter(objective -> objective.label().equals(label))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> labels =
                            Arrays.stream(values()).map(Objective::label).toList();
                    return new IllegalArgumentException(
                            "There is no objective '" + label + "'." + NearestNames.choice(label, labels));
                });
    }
}
