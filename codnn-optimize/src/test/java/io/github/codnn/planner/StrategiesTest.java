package io.github.codnn.planner;

import io.github.codnn.baseline.ConvexRelaxation;
import io.github.codnn.baseline.Dads;
import io.github.codnn.baseline.DnnOff;
import io.github.codnn.baseline.GeneticAlgorithm;
import io.github.codnn.baseline.Greedy;
import io.github.codnn.baseline.LocalOnly;
import io.github.codnn.baseline.MonteCarloTreeSearch;
import io.github.codnn.baseline.Neurosurgeon;
import io.github.codnn.baseline.PsoGa;
import io.github.codnn.baseline.RandomSearch;
import io.github.codnn.baseline.SingleDevice;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.optimize.StrategyContract;
import io.github.codnn.problem.Objective;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract for every strategy that searches itself. */
class StrategiesTest {

    private static final List<Strategy> SEEDS = List.of(
            LocalOnly.withDefaults(),
            SingleDevice.withDefaults(),
            DnnOff.withDefaults(),
            Neurosurgeon.withDefaults(),
            Neurosurgeon.withDefaults().withCriterion(Neurosurgeon.Criterion.ENERGY));

    /** The contract for strategies that start from the constructive answers and never end up worse. */
    abstract static class SeededContract extends StrategyContract {
        @Override
        protected final List<Strategy> seeds() {
            return SEEDS;
        }
    }

    @Nested
    class LocalOnlyContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return LocalOnly.withDefaults();
        }
    }

    @Nested
    class SingleDeviceContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return SingleDevice.withDefaults();
        }
    }

    @Nested
    class RandomSearchContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return RandomSearch.withDefaults();
        }
    }

    @Nested
    class NeurosurgeonContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Neurosurgeon.withDefaults();
        }
    }

    @Nested
    class DadsContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Dads.withDefaults();
        }
    }

    @Nested
    class DnnOffContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return DnnOff.withDefaults();
        }
    }

    @Nested
    class GreedyContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Greedy.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return List.of(SingleDevice.withDefaults());
        }
    }

    @Nested
    class GeneticAlgorithmContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return GeneticAlgorithm.withDefaults();
        }
    }

    @Nested
    class PsoGaContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return PsoGa.withDefaults();
        }
    }

    @Nested
    class MonteCarloTreeSearchContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return MonteCarloTreeSearch.withDefaults();
        }
    }

    @Nested
    class ConvexRelaxationContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return ConvexRelaxation.withDefaults();
        }
    }

    @Nested
    class DbpsoContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return Dbpso.withDefaults();
        }
    }

    @Nested
    class AutoContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return Auto.withDefaults();
        }
    }

    @Nested
    class PublishedDbpsoContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Dbpso.asPublished();
        }
    }

    @Nested
    class DblpsoMdContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return DblpsoMd.withDefaults();
        }
    }

    @Nested
    class DblpsoMdWithoutFlightsContract extends SeededContract {
        @Override
        protected Strategy strategy() {
            return DblpsoMd.withDefaults().withoutFlights();
        }
    }

    @Nested
    class PublishedDblpsoMdContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return DblpsoMd.asPublished();
        }
    }

    @Nested
    class OneAfterAnotherContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return OneAfterAnother.withDefaults();
        }
    }

    @Nested
    class LexicographicContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Lexicographic.of(Objective.PRICE, Objective.ENERGY);
        }
    }
}
