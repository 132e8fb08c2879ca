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
    class GeneticAlgorithmContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return GeneticAlgorithm.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
        }
    }

    @Nested
    class PsoGaContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return PsoGa.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
        }
    }

    @Nested
    class MonteCarloTreeSearchContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return MonteCarloTreeSearch.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
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
    class DbpsoContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Dbpso.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
        }
    }

    @Nested
    class AutoContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return Auto.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
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
    class DblpsoMdContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return DblpsoMd.withDefaults();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
        }
    }

    @Nested
    class DblpsoMdWithoutFlightsContract extends StrategyContract {
        @Override
        protected Strategy strategy() {
            return DblpsoMd.withDefaults().withoutFlights();
        }

        @Override
        protected List<Strategy> seeds() {
            return SEEDS;
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
