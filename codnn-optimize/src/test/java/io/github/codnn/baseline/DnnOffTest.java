package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.HomePlacement;
import io.github.codnn.pipeline.StageRepair;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Platform;
import io.github.codnn.platform.Tier;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.BruteForce;
import io.github.codnn.testproblems.HandMade;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions of DnnOff, against all placements of chains and against its rule on DAGs. */
class DnnOffTest {

    private static final List<Tier> TIERS = List.of(Tier.values());

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void placement_chains_isTheFastestOfAllThatMoveOnOnly(boolean oneStage) {
        int possible = 0;
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Scenario scenario = drawnChain(random);
            OffloadingProblem problem =
                    OffloadingProblem.of(oneStage ? scenario : HandMade.withAnyStages(scenario), Objective.RESPONSE);
            Arrangement arrangement = Arrangement.of(problem);
            int[] rank = ranks(arrangement, 0);
            double[] least = {Double.POSITIVE_INFINITY};
            BruteForce.forEach(problem, placement -> {
                if (!oneStage || movesOn(placement, rank)) {
                    least[0] = Math.min(least[0], chainSeconds(arrangement, placement));
                }
            });

            int[] placement = DnnOff.placement(arrangement);

            if (least[0] < Double.POSITIVE_INFINITY) {
                possible++;
                assertThat(chainSeconds(arrangement, placement)).isEqualTo(least[0]);
                assertThat(!oneStage || movesOn(placement, rank)).isTrue();
            }
        }
        assertThat(possible).isGreaterThan(20);
    }

    /** Draws a chain of five layers on three devices of any tiers; whole seconds and bytes make sums exact. */
    private static Scenario drawnChain(SplittableRandom random) {
        double[][] seconds = new double[5][3];
        for (double[] row : seconds) {
            Arrays.setAll(row, device -> 1 + random.nextInt(20));
        }
        seconds[random.nextInt(5)][random.nextInt(3)] = Double.POSITIVE_INFINITY;
        long[] bytes = new long[6];
        Arrays.setAll(bytes, tensor -> random.nextInt(12));
        int source = random.nextInt(4) - 1;
        int sink = random.nextInt(4) - 1;
        var task = HandMade.between(HandMade.chain(0, bytes), source, sink);
        boolean isPinned = random.nextBoolean();
        return tiers(
                HandMade.scenario(
                        seconds,
                        isPinned ? task.withPinned(Map.of("l" + random.nextInt(5), "d" + random.nextInt(3))) : task),
                random);
    }

    private static Scenario tiers(Scenario scenario, SplittableRandom random) {
        List<Device> devices = scenario.platform().devices().stream()
                .map(device -> device.withTier(TIERS.get(random.nextInt(3))))
                .toList();
        return scenario.withPlatform(new Platform(devices, scenario.platform().links()));
    }

    /** The terminal comes first, then the other devices by tier, slow ones first. */
    private static int[] ranks(Arrangement arrangement, int task) {
        CompiledScenario compiled = arrangement.compiled;
        List<Device> devices = compiled.scenario().platform().devices();
        double[] work = new double[devices.size()];
        for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
            for (int device = 0; device < work.length; device++) {
                work[device] += compiled.seconds(layer, device);
            }
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, devices.size()).boxed().toList());
        order.sort(Comparator.comparing((Integer device) -> work[device]).reversed());
        order.sort(Comparator.comparing(device -> devices.get(device).tier()));
        Integer home = HomePlacement.device(compiled, task);
        order.remove(home);
        order.add(0, home);
        return IntStream.range(0, devices.size()).map(order::indexOf).toArray();
    }

    private static boolean movesOn(int[] placement, int[] rank) {
        return IntStream.range(1, placement.length)
                .allMatch(layer -> rank[placement[layer - 1]] <= rank[placement[layer]]);
    }

    private static double chainSeconds(Arrangement arrangement, int[] placement) {
        CompiledScenario compiled = arrangement.compiled;
        double seconds = 0;
        int from = compiled.source(0);
        for (int layer = 0; layer < placement.length; layer++) {
            int to = placement[layer];
            boolean isBarred = arrangement.forced[layer] >= 0 && arrangement.forced[layer] != to;
            seconds += isBarred ? Double.POSITIVE_INFINITY : compiled.seconds(layer, to);
            seconds += from < 0 ? 0 : compiled.transferSeconds(layer, from, to);
            from = to;
        }
        int sink = compiled.sink(0);
        return sink < 0 ? seconds : seconds + compiled.transferSeconds(placement.length, from, sink);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void placement_graphs_putsEachLayerWhereItEndsFirst(boolean oneStage) {
        int graphs = 0;
        for (long seed = 0; seed < 80; seed++) {
            Scenario drawn = tiers(RandomScenarios.several(seed, 7, 3), new SplittableRandom(seed));
            Scenario scenario = oneStage ? drawn : HandMade.withAnyStages(drawn);
            Arrangement arrangement = Arrangement.of(OffloadingProblem.of(scenario, Objective.RESPONSE));
            int[] placement = DnnOff.placement(arrangement);
            int[] expected = placement.clone();
            for (int task = 0; task < arrangement.maxStages.length; task++) {
                if (!arrangement.compiled.isChain(task)) {
                    new Rule(arrangement, task).decide(expected);
                    graphs++;
                }
            }
            new StageRepair(arrangement).repair(expected);

            assertThat(placement).as("seed " + seed).containsExactly(expected);
        }
        assertThat(graphs).isGreaterThan(60);
    }

    /** The rule for DAGs: each layer goes where it ends first, but never back in rank. */
    private static final class Rule {

        private final Arrangement arrangement;
        private final CompiledScenario compiled;
        private final int task;
        private final int[] rank;
        private final double[] end; // [layer]
        private final double[] free; // [device]

        Rule(Arrangement arrangement, int task) {
            this.arrangement = arrangement;
            this.task = task;
            compiled = arrangement.compiled;
            rank = ranks(arrangement, task);
            end = new double[arrangement.layers];
            free = new double[arrangement.devices];
        }

        void decide(int[] placement) {
            for (int layer = arrangement.firstLayer(task); layer < arrangement.endLayer(task); layer++) {
                int reader = layer;
                int device = IntStream.range(0, free.length)
                        .filter(each -> isAllowed(reader, each, placement))
                        .boxed()
                        .min(Comparator.comparing(each -> endSeconds(reader, each, placement)))
                        .orElse(-1);
                end[layer] = device < 0 ? Double.POSITIVE_INFINITY : endSeconds(layer, device, placement);
                placement[layer] = device >= 0 ? device : Math.max(0, arrangement.forced[layer]);
                free[placement[layer]] = end[layer];
            }
        }

        private boolean isAllowed(int layer, int device, int[] placement) {
            boolean isForcedElsewhere = arrangement.forced[layer] >= 0 && arrangement.forced[layer] != device;
            return !isForcedElsewhere
                    && (!arrangement.oneStage
                            || Arrays.stream(arrangement.feeders[layer])
                                    .allMatch(feeder -> rank[placement[feeder]] <= rank[device]));
        }

        private double endSeconds(int layer, int device, int[] placement) {
            double start = free[device];
            for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1); tensor++) {
                if (Arrays.stream(compiled.consumers(tensor)).anyMatch(consumer -> consumer == layer)) {
                    int producer = compiled.producer(tensor);
                    int from = producer < 0 ? compiled.source(task) : placement[producer];
                    double written = producer < 0 ? 0 : end[producer];
                    double sending = from < 0 ? 0 : compiled.transferSeconds(tensor, from, device);
                    start = Math.max(start, written + sending);
                }
            }
            return start + compiled.seconds(layer, device);
        }
    }

    @Test
    void placement_secondChain_isDecidedAsIfAlone() {
        double[][] seconds = {{5, 1}, {1, 5}, {3, 9}, {9, 2}, {9, 2}};
        var chain = HandMade.between(HandMade.chain(2, 4, 1, 2, 3), 0, -1);
        Arrangement arrangement = Arrangement.of(OffloadingProblem.of(
                HandMade.scenario(seconds, HandMade.chain(0, 1, 9, 1), chain), Objective.RESPONSE));

        int[] placement = DnnOff.placement(arrangement);

        // First task: all on device 0 takes 6 s as does device 1; the earlier device is kept. Second: 3 + 1 + 2 + 2 =
        // 8.
        assertThat(placement).containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void search_anyProblem_evaluatesThePlacementOnce() {
        OffloadingProblem problem = OffloadingProblem.of(
                HandMade.scenario(HandMade.seconds(3, 4, 2), HandMade.chain(0, 1, 1, 1, 1, 1)),
                metrics -> metrics.responseSeconds(0));

        SearchResult result = DnnOff.withDefaults().search(problem, SearchOptions.withDefaults());

        assertThat(result.evaluations()).isEqualTo(1);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(problem.evaluator().encode(result.best().orElseThrow().placement()))
                .containsExactly(DnnOff.placement(Arrangement.of(problem)));
    }
}
