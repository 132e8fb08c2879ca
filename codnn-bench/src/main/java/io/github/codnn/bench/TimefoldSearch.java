package io.github.codnn.bench;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.simplelong.SimpleLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.PillarChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SubPillarType;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Late acceptance of Timefold with change, swap and pillar change moves; a pillar is a run of adjacent keys on the same
 * level.
 *
 * <p>Timefold's local search uses discrete values. A key is therefore one of several levels: one per device where a key
 * is a device, which is exact. Scores are whole picoseconds, because there is no score with a double. The calculator
 * updates keys incrementally; decoding and evaluation are the same as for all libraries.
 */
final class TimefoldSearch {

    private static final double UNITS_PER_SECOND = 1e12;

    private TimefoldSearch() {}

    static void search(KeyObjective objective, int evaluations, long seed) {
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Keys.class)
                .withEntityClasses(Key.class)
                .withRandomSeed(seed)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Calculator.class))
                .withTerminationConfig(new TerminationConfig().withScoreCalculationCountLimit((long) evaluations))
                .withPhases(new LocalSearchPhaseConfig()
                        .withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE)
                        .withMoveSelectorConfig(new UnionMoveSelectorConfig(List.of(
                                new ChangeMoveSelectorConfig(),
                                new SwapMoveSelectorConfig(),
                                new PillarChangeMoveSelectorConfig()
                                        .withSubPillarType(SubPillarType.SEQUENCE)
                                        .withSubPillarSequenceComparatorClass(ByIndex.class)))));
        SolverFactory.<Keys>create(config).buildSolver().solve(new Keys(objective));
    }

    /** A key on one of the levels. */
    @PlanningEntity
    public static final class Key {

        @PlanningId
        private int index;

        @PlanningVariable
        private @Nullable Integer level;

        /** For Timefold. */
        public Key() {}

        private Key(int index) {
            this.index = index;
            level = 0;
        }
    }

    /** The order of keys. */
    public static final class ByIndex implements Comparator<Key> {
        @Override
        public int compare(Key one, Key other) {
            return Integer.compare(one.index, other.index);
        }
    }

    /** All keys. */
    @PlanningSolution
    public static final class Keys {

        @PlanningEntityCollectionProperty
        private List<Key> keys = List.of();

        @ValueRangeProvider
        @SuppressWarnings("unused") // used by Timefold
        private List<Integer> levels = List.of();

        @PlanningScore
        @SuppressWarnings("unused") // used by Timefold
        private @Nullable SimpleLongScore score;

        private @Nullable KeyObjective objective;

        /** For Timefold. */
        public Keys() {}

        private Keys(KeyObjective objective) {
            this.objective = objective;
            keys = IntStream.range(0, objective.keyCount()).mapToObj(Key::new).toList();
            levels = IntStream.range(0, objective.levels()).boxed().toList();
        }
    }

    /** Stores the keys of the working solution. */
    public static final class Calculator implements IncrementalScoreCalculator<Keys, SimpleLongScore> {

        private @Nullable KeyObjective objective;
        private double[] keys = new double[0];

        @Override
        public void resetWorkingSolution(Keys solution) {
            objective = solution.objective;
            keys = new double[solution.keys.size()];
            solution.keys.forEach(this::take);
        }

        private void take(Key key) {
            if (objective != null && key.level != null) {
                keys[key.index] = (key.level + 0.5) / objective.levels();
            }
        }

        @Override
        public void afterVariableChanged(Object entity, String variable) {
            take((Key) entity);
        }

        @Override
        public SimpleLongScore calculateScore() {
            if (objective == null) {
                throw new IllegalStateException("There is no working solution");
            }
            System.arraycopy(keys, 0, objective.keys(), 0, keys.length);
            return SimpleLongScore.of(-(long) (objective.rate() * UNITS_PER_SECOND));
        }

        @Override
        public void beforeVariableChanged(Object entity, String variable) {}

        @Override
        public void beforeEntityAdded(Object entity) {}

        @Override
        public void afterEntityAdded(Object entity) {}

        @Override
        public void beforeEntityRemoved(Object entity) {}

        @Override
        public void afterEntityRemoved(Object entity) {}
    }
}
