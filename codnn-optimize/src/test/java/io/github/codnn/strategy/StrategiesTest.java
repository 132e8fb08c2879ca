package io.github.codnn.strategy;

import io.github.codnn.optimize.Objective;
import io.github.codnn.optimize.Strategy;
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
