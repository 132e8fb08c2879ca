package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.RandomPlacement;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.StopReason;
import io.github.codnn.plan.Violation;
import io.github.codnn.platform.Link;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.swarm.SplitMix;
import io.github.codnn.testproblems.Constraints;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselinesTest {

    private static int[] placement(OffloadingProblem problem, SearchResult result) {
        Plan plan = result.best().or(result::closest).orElseThrow();
        return problem.evaluator().encode(plan.placement());
    }

    @Property(tries = 200)
    void localOnly_anyTask_staysAtItsSourceUnlessForced(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 8, 4), Objective.RESPONSE);
        CompiledScenario compiled = problem.compiled();

        int[] placement = placement(problem, LocalOnly.withDefaults().search(problem, SearchOptions.withDefaults()));

        for (int task = 0; task < compiled.taskCount(); task++) {
            boolean ruled = false;
            for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
                ruled |= compiled.pinned(layer) >= 0;
            }
            int home = Math.max(0, compiled.source(task));
            for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1) && !ruled; layer++) {
                assertThat(placement[layer]).isEqualTo(home);
            }
        }
    }

    @Property(tries = 200)
    void singleDevice_oneTask_isTheBestOfAllDevices(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 4), Objective.PERIOD);
        CompiledScenario compiled = problem.compiled();
        double best = Double.POSITIVE_INFINITY;
        Evaluation evaluation = problem.evaluator().newEvaluation();
        for (int device = 0; device < compiled.deviceCount(); device++) {
            int[] placement = new int[compiled.layerCount()];
            Arrays.fill(placement, device);
            evaluation.evaluate(placement);
            boolean isKept = evaluation.feasible()
                    && problem.plan(problem.evaluator().decode(placement))
                            .metrics()
                            .feasible();
            best = isKept ? Math.min(best, evaluation.periodSeconds()) : best;
        }

        SearchResult result = SingleDevice.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isLessThanOrEqualTo(best);
        assertThat(result.evaluations()).isEqualTo(compiled.deviceCount());
    }

    /** The best device keeps the deadline of a single frame, but not that of all frames. */
    @ParameterizedTest
    @ValueSource(longs = {5689290362518872909L, -5257541698537817448L, 6475443251987135274L})
    void singleDevice_bestMissesADeadlineAsAStream_takesAnother(long seed) {
        singleDevice_oneTask_isTheBestOfAllDevices(seed);
    }

    @Property(tries = 200)
    void neurosurgeon_latency_isTheBestOfAllCuts(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 4), Objective.RESPONSE);
        CompiledScenario compiled = problem.compiled();
        int terminal = Math.max(0, compiled.source(0));
        double best = Double.POSITIVE_INFINITY;
        Evaluation evaluation = problem.evaluator().newEvaluation();
        for (int device = 0; device < compiled.deviceCount(); device++) {
            for (int cut = 0; cut <= compiled.layerCount(); cut++) {
                int[] placement = new int[compiled.layerCount()];
                Arrays.fill(placement, 0, cut, terminal);
                Arrays.fill(placement, cut, placement.length, device);
                evaluation.evaluate(placement);
                boolean isKept = evaluation.feasible()
                        && problem.plan(problem.evaluator().decode(placement))
                                .metrics()
                                .feasible();
                best = isKept ? Math.min(best, evaluation.responseSeconds()) : best;
            }
        }

        SearchResult result = Neurosurgeon.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.value()).isLessThanOrEqualTo(best);
    }

    /** The best cut keeps the deadline of a single frame, but not that of all frames. */
    @ParameterizedTest
    @ValueSource(longs = {2392837502751771474L, -4353047378793857091L, -3938601857051262318L})
    void neurosurgeon_bestMissesADeadlineAsAStream_takesAnother(long seed) {
        neurosurgeon_latency_isTheBestOfAllCuts(seed);
    }

    @Property(tries = 200)
    void neurosurgeon_energyOfFreeEnds_isThatOfTheTerminalAndItsRadio(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(seed, 8, 2), Objective.ENERGY);
        CompiledScenario compiled = problem.compiled();
        if (compiled.deviceCount() < 2 || Constraints.any(compiled) || compiled.source(0) < 0) {
            return;
        }
        int terminal = compiled.source(0);
        int other = 1 - terminal;
        double[] joules = new double[compiled.layerCount() + 1];
        for (int cut = 0; cut < joules.length; cut++) {
            joules[cut] = terminalJoules(compiled, terminal, other, cut);
        }

        int[] placement = placement(
                problem,
                Neurosurgeon.withDefaults()
                        .withCriterion(Neurosurgeon.Criterion.ENERGY)
                        .search(problem, SearchOptions.withDefaults()));

        int cut = 0;
        while (cut < placement.length && placement[cut] == terminal) {
            cut++;
        }
        assertThat(joules[cut]).isCloseTo(Arrays.stream(joules).min().orElseThrow(), within(1e-12));
    }

    private static double terminalJoules(CompiledScenario compiled, int terminal, int other, int cut) {
        double joules = 0;
        for (int layer = 0; layer < cut; layer++) {
            joules += compiled.joules(layer, terminal);
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            int producer = compiled.producer(tensor);
            int from = producer < cut ? terminal : other;
            boolean crosses = from == terminal
                    && Arrays.stream(compiled.consumers(tensor)).anyMatch(layer -> layer >= cut);
            boolean returns = compiled.isDelivered(tensor) && compiled.sink(0) >= 0 && compiled.sink(0) != from;
            boolean both = crosses && returns && compiled.sink(0) == other;
            joules += crosses ? terminalRadioJoules(compiled, tensor, terminal, terminal, other) : 0;
            joules += returns && !both ? terminalRadioJoules(compiled, tensor, terminal, from, compiled.sink(0)) : 0;
        }
        return joules;
    }

    private static double terminalRadioJoules(CompiledScenario compiled, int tensor, int terminal, int from, int to) {
        List<String> names = compiled.scenario().deviceNames();
        Link link = compiled.scenario()
                .platform()
                .link(names.get(from), names.get(to))
                .orElseThrow();
        double watts = (from == terminal ? link.transmit() : link.receive()).watts(link.bytesPerSecond());
        return watts * link.seconds(compiled.tensorBytes(tensor));
    }

    @Test
    void randomSearch_evaluationsUsedUp_stopsAfterTheBatch() {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.chain(3, 8, 4), Objective.RESPONSE);
        SearchOptions options = SearchOptions.withDefaults()
                .withStopRule(StopRule.evaluations(950).or(StopRule.iterations(100)));

        SearchResult result = RandomSearch.withDefaults().withBatchSize(100).search(problem, options);

        assertThat(result.stopReason()).isIn(StopReason.EVALUATIONS, StopReason.PROVEN);
        assertThat(result.evaluations()).isLessThanOrEqualTo(1000);
    }

    @Property(tries = 100)
    void randomPlacement_oneStageRule_neverReturnsToADevice(@ForAll long seed) {
        OffloadingProblem problem = OffloadingProblem.of(RandomScenarios.several(seed, 10, 5), Objective.PERIOD);
        if (Constraints.any(problem.compiled())) {
            return;
        }
        RandomPlacement sampler = new RandomPlacement(Arrangement.of(problem));
        int[] placement = new int[problem.compiled().layerCount()];
        sampler.draw(new SplitMix(seed), placement);

        Evaluation evaluation = problem.evaluator().newEvaluation();
        evaluation.evaluate(placement);
        assertThat(evaluation.snapshot().violations())
                .noneMatch(violation -> violation.constraint() == Violation.Constraint.STAGES);
    }
}
