package io.github.codnn.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.StopReason;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bounds and proofs against all placements, for every transfer mode and number of stages: chains, graphs and several
 * tasks; without media, with one in half duplex and one in full duplex; with memory, pins, deadlines and limits on
 * devices as {@link RandomScenarios} draws them; for all objectives. 20 instances of each kind in every build, 2,000
 * with {@code -Dcodnn.nightly=true}.
 */
class EveryKindTest {

    private static final long INSTANCES = Boolean.getBoolean("codnn.nightly") ? 2000 : 20;
    private static final double PRECISION = 1e-9;
    private static final double ROUNDING = 1e-12; // of exact searches
    private static final SearchOptions SHORT = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(500));

    @ParameterizedTest
    @CsvSource({"OVERLAPPED, ONE", "OVERLAPPED, ANY", "BLOCKING, ONE", "BLOCKING, ANY"})
    void lowerBound_everyKind_isNeverAboveTheOptimum(TransferMode transfers, StagesPerDevice stages) {
        LongStream.range(0, INSTANCES).forEach(seed -> {
            Scenario scenario = scenario(seed).withTransfers(transfers).withStagesPerDevice(stages);
            Map<Objective, Double> optima = optima(scenario);
            for (Objective objective : Objective.values()) {
                double bound = OffloadingProblem.of(scenario, objective).lowerBound();

                assertThat(bound).as("seed %d, %s", seed, objective).isLessThanOrEqualTo(optima.get(objective));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"OVERLAPPED, ONE", "OVERLAPPED, ANY", "BLOCKING, ONE", "BLOCKING, ANY"})
    void search_everyKind_provesTheOptimumOnly(TransferMode transfers, StagesPerDevice stages) {
        Objective[] objectives = Objective.values();
        LongStream.range(0, INSTANCES).forEach(seed -> {
            Scenario scenario = scenario(seed).withTransfers(transfers).withStagesPerDevice(stages);
            Objective objective = objectives[(int) (seed % objectives.length)];
            OffloadingProblem problem = OffloadingProblem.of(scenario, objective);
            double optimum = optima(scenario).get(objective);
            for (Strategy strategy : exact(problem)) {
                SearchResult result = strategy.search(problem.withoutLowerBound(), SHORT);

                assertThat(result.lowerBound())
                        .as("seed %d, %s, %s", seed, objective, strategy)
                        .isLessThanOrEqualTo(optimum * (1 + ROUNDING));
                if (result.stopReason() == StopReason.PROVEN && !problem.hasStreamDeadlines()) {
                    assertThat(result.value())
                            .as("seed %d, %s, %s", seed, objective, strategy)
                            .isLessThanOrEqualTo(optimum * (1 + PRECISION));
                }
            }
        });
    }

    private static List<Strategy> exact(OffloadingProblem problem) {
        List<Strategy> strategies = new ArrayList<>();
        if (ExactCost.canSolve(problem)) {
            strategies.add(ExactCost.withDefaults());
        }
        if (ExactDag.canSolve(problem)) {
            strategies.add(ExactDag.withDefaults());
        }
        return strategies;
    }

    private static Scenario scenario(long seed) {
        Scenario drawn = switch ((int) (seed % 4)) {
            case 0 -> RandomScenarios.chain(seed, 5, 3);
            case 1 -> RandomScenarios.dag(seed, 5, 3);
            default -> RandomScenarios.several(seed, 2, 3);
        };
        Medium.Duplex duplex = seed % 3 == 1 ? Medium.Duplex.HALF : Medium.Duplex.FULL;
        return seed % 3 == 0 ? drawn : drawn.withPlatform(onMedia(drawn.platform(), duplex, seed));
    }

    /** Puts about two thirds of the links on a medium. */
    private static Platform onMedia(Platform platform, Medium.Duplex duplex, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Link> links = new ArrayList<>();
        for (Link link : platform.links()) {
            links.add(random.nextInt(3) > 0 ? link.withMedium("air") : link);
        }
        return new Platform(platform.devices(), links, List.of(new Medium("air", 1e6, duplex)));
    }

    /** Returns the least values of all feasible placements, infinite if there are none. */
    private static Map<Objective, Double> optima(Scenario scenario) {
        OffloadingProblem problem = OffloadingProblem.of(scenario, Objective.PERIOD);
        Evaluation evaluation = problem.evaluator().newEvaluation();
        Map<Objective, Double> optima = new EnumMap<>(Objective.class);
        Arrays.stream(Objective.values()).forEach(objective -> optima.put(objective, Double.POSITIVE_INFINITY));
        int[] placement = new int[problem.layerCount()];
        do {
            evaluation.evaluate(placement);
            if (evaluation.violation() == 0) {
                optima.replaceAll((objective, least) -> Math.min(least, objective.of(evaluation)));
            }
        } while (next(placement, problem.deviceCount()));
        return optima;
    }

    private static boolean next(int[] placement, int devices) {
        for (int layer = 0; layer < placement.length; layer++) {
            placement[layer]++;
            if (placement[layer] < devices) {
                return true;
            }
            placement[layer] = 0;
        }
        return false;
    }
}
