package io.github.codnn.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.platform.Device;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.testproblems.HandMade;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The linear program of ConvexRelaxation, against optima by hand. */
class RelaxedPlacementTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Arrangement arrangement(Scenario scenario) {
        return Arrangement.of(OffloadingProblem.of(scenario, Objective.PERIOD));
    }

    private static Task chain(int layers) {
        return HandMade.chain(0, new long[layers + 1]);
    }

    private static RelaxedPlacement solved(Scenario scenario, Objective objective, int maxBlocks) {
        return new RelaxedPlacement(arrangement(scenario), objective, maxBlocks, () -> false);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 6", "3, 9", "4, 1", "5, 12"})
    void period_twoDevices_isThatOfTheFractionalSchedule(long seed, int layers) {
        double[][] seconds = HandMade.seconds(seed, layers, 2);
        double least = leastPeriod(seconds);

        RelaxedPlacement shares = solved(HandMade.scenario(seconds, chain(layers)), Objective.PERIOD, layers);

        double scale =
                Arrays.stream(seconds).flatMapToDouble(Arrays::stream).max().orElseThrow();
        assertThat(shares.periodBound().orElseThrow()).isEqualTo(least - 1e-5 * scale, within(1e-5 * least));
        assertThat(shares.periodBound().orElseThrow()).isLessThanOrEqualTo(least);
        assertThat(Math.max(shares.load(0, 0), shares.load(0, 1))).isEqualTo(least, within(1e-5 * least));
    }

    /** The layers that device 0 is best at go to it, until both take equally long (W. E. Smith's ratio rule). */
    private static double leastPeriod(double[][] seconds) {
        double[][] sorted = seconds.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(row -> row[0] / row[1]));
        double first = 0;
        double second = Arrays.stream(sorted).mapToDouble(row -> row[1]).sum();
        for (double[] row : sorted) {
            if (first + row[0] >= second - row[1]) {
                double share = (second - first) / (row[0] + row[1]);
                return first + share * row[0];
            }
            first += row[0];
            second -= row[1];
        }
        return first;
    }

    @Test
    void solution_anyObjective_dividesEachBlockAsAWhole() {
        for (Objective objective : Objective.values()) {
            RelaxedPlacement shares = solved(HandMade.scenario(HandMade.seconds(7, 5, 3), chain(5)), objective, 5);

            assertThat(shares.blocks()).hasSize(5);
            for (int block = 0; block < 5; block++) {
                int each = block;
                assertThat(IntStream.range(0, 3).mapToDouble(device -> shares.share(each, device)))
                        .allMatch(share -> share >= -1e-9 && share <= 1 + 1e-9);
                assertThat(IntStream.range(0, 3)
                                .mapToDouble(device -> shares.share(each, device))
                                .sum())
                        .isEqualTo(1, within(1e-9));
            }
        }
    }

    @Test
    void solution_response_putsEachLayerOnItsFastestDevice() {
        double[][] seconds = {{1, 2, 3}, {3, 1, 2}, {5, 4, 1}, {1, 2, 9}};

        RelaxedPlacement shares = solved(HandMade.scenario(seconds, chain(4)), Objective.RESPONSE, 4);

        assertThat(wholes(shares, 3)).containsExactly(0, 1, 2, 0);
        assertThat(shares.load(0, 0)).isEqualTo(2, within(1e-9));
        assertThat(shares.load(0, 1)).isEqualTo(1, within(1e-9));
        assertThat(shares.load(0, 2)).isEqualTo(1, within(1e-9));
    }

    @Test
    void solution_energy_putsEachLayerWhereItTakesLeast() {
        double[][] joules = {{9, 2, 3}, {3, 1, 0.5}, {5, 6, 7}};

        RelaxedPlacement shares =
                solved(HandMade.scenario(HandMade.seconds(1, 3, 3), joules, chain(3)), Objective.ENERGY, 3);

        assertThat(wholes(shares, 3)).containsExactly(1, 2, 0);
    }

    @Test
    void solution_price_putsEachLayerWhereItIsCheapest() {
        double[][] seconds = {{1, 2, 8}, {3, 1, 3}, {7, 3, 1}};
        Scenario scenario = HandMade.scenario(seconds, chain(3));
        for (int device = 0; device < 3; device++) {
            double price = new double[] {5, 3, 1}[device];
            scenario = HandMade.with(scenario, HandMade.device(scenario, device).withPricePerSecond(price));
        }

        // Prices: 5, 6, 8 for the first layer; 15, 3, 3 for the second; 35, 9, 1 for the third.
        assertThat(wholes(solved(scenario, Objective.PRICE, 3), 3)[0]).isEqualTo(0);
        assertThat(wholes(solved(scenario, Objective.PRICE, 3), 3)[2]).isEqualTo(2);
        assertThat(solved(scenario, Objective.PRICE, 3).share(1, 0)).isEqualTo(0, within(1e-9));
    }

    /** Returns the device that runs nearly all of each block. */
    private static int[] wholes(RelaxedPlacement shares, int devices) {
        return IntStream.range(0, shares.blocks().size())
                .map(block -> IntStream.range(0, devices)
                        .filter(device -> shares.share(block, device) > 1 - 1e-9)
                        .findFirst()
                        .orElse(-1))
                .toArray();
    }

    /** For a share of x <= 1/2 on device 1 the times are 2 + 2x, and n - 1 periods of 2 - x follow for n frames. */
    @ParameterizedTest
    @CsvSource({"1, 2, 0", "2, 2, 0", "4, 1.5, 1.5", "9, 1.5, 1.5"})
    void solution_mean_dividesIfThereAreManyFrames(long frames, double first, double second) {
        double[][] seconds = {{1, 3}, {1, 3}};
        Scenario scenario = HandMade.scenario(seconds, chain(2).withFrames(frames));

        RelaxedPlacement shares = solved(scenario, Objective.MEAN, 2);

        assertThat(shares.load(0, 0)).isEqualTo(first, within(1e-6));
        assertThat(shares.load(0, 1)).isEqualTo(second, within(1e-6));
    }

    /** As with one task of the frames of both, less one for each task: both are on the devices together. */
    @ParameterizedTest
    @CsvSource({"2, 1, 2, 0", "2, 2, 2, 0", "3, 3, 1.5, 1.5"})
    void solution_meanOfTwoTasks_countsTheFramesOfBoth(long one, long other, double first, double second) {
        double[][] seconds = {{1, 3}, {1, 3}};
        Scenario scenario = HandMade.scenario(
                seconds, chain(1).withFrames(one), HandMade.chain(1, 0, 0).withFrames(other));

        RelaxedPlacement shares = solved(scenario, Objective.MEAN, 2);

        assertThat(shares.load(0, 0) + shares.load(1, 0)).isEqualTo(first, within(1e-6));
        assertThat(shares.load(0, 1) + shares.load(1, 1)).isEqualTo(second, within(1e-6));
    }

    @Test
    void solution_meanWithoutTimes_keepsThePeriodAtZero() {
        RelaxedPlacement shares =
                solved(HandMade.scenario(new double[2][2], chain(2).withFrames(3)), Objective.MEAN, 2);

        assertThat(shares.load(0, 0) + shares.load(0, 1)).isZero();
        assertThat(shares.share(0, 0) + shares.share(0, 1)).isEqualTo(1, within(1e-9));
    }

    @Test
    void solution_littleMemory_takesTheShareThatFits() {
        double[][] seconds = {{1, 2}, {1, 2}, {1, 2}};
        Scenario scenario = HandMade.scenario(seconds, chain(3));
        Device small = HandMade.device(scenario, 0).withMemoryBytes(2 * HandMade.LAYER_BYTES - 5);

        RelaxedPlacement shares = solved(HandMade.with(scenario, small), Objective.RESPONSE, 3);

        assertThat(shares.load(0, 0)).isEqualTo(1.5, within(1e-9));
        assertThat(shares.load(0, 1)).isEqualTo(3, within(1e-9));
    }

    @Test
    void solution_blocksOfLayersInLittleMemory_countTheBytesOfAll() {
        double[][] seconds = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
        Scenario scenario = HandMade.scenario(seconds, chain(4));
        Device small = HandMade.device(scenario, 0).withMemoryBytes(HandMade.LAYER_BYTES);

        RelaxedPlacement shares = solved(HandMade.with(scenario, small), Objective.RESPONSE, 2);

        assertThat(shares.load(0, 0)).isEqualTo(1, within(1e-9));
        assertThat(shares.load(0, 1)).isEqualTo(6, within(1e-9));
    }

    @Test
    void solution_tooLittleMemoryForAll_dividesEqually() {
        Scenario scenario = HandMade.scenario(new double[][] {{1, 2}, {1, 2}}, chain(2));
        for (int device = 0; device < 2; device++) {
            scenario = HandMade.with(
                    scenario, HandMade.device(scenario, device).withMemoryBytes(HandMade.LAYER_BYTES - 1));
        }

        RelaxedPlacement shares = solved(scenario, Objective.PERIOD, 2);

        assertThat(shares.periodBound()).isEmpty();
        assertThat(shares.share(1, 0)).isEqualTo(0.5);
        assertThat(shares.share(1, 1)).isEqualTo(0.5);
    }

    @Test
    void solution_pinnedAndImpossibleLayers_areWhereTheyMustBe() {
        double[][] seconds = {{1, 9}, {NEVER, 9}, {1, 9}, {9, 1}, {1, 1}};
        Scenario scenario = HandMade.scenario(seconds, chain(5).withPinned(Map.of("l3", "d0")));

        RelaxedPlacement shares = solved(scenario, Objective.RESPONSE, 5);

        assertThat(wholes(shares, 2)).startsWith(0, 1, 0, 0);
    }

    @Test
    void solution_blockWithAnImpossibleLayer_isWhereAllItsLayersCanRun() {
        double[][] seconds = {{1, 9}, {NEVER, 1}, {1, 9}, {1, 9}};

        RelaxedPlacement shares = solved(HandMade.scenario(seconds, chain(4)), Objective.RESPONSE, 2);

        assertThat(shares.blocks())
                .containsExactly(new RelaxedPlacement.Block(0, 0, 2), new RelaxedPlacement.Block(0, 2, 4));
        assertThat(wholes(shares, 2)).containsExactly(1, 0);
        assertThat(shares.load(0, 1)).isEqualTo(10, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "1 1 1 1 1 1, 3, 2 4 6",
        "3 1 1 1, 2, 1 4",
        "1 1 1 3, 2, 3 4",
        "1 1 1 3, 4, 1 2 3 4",
        "1 1 1 3, 3, 2 4",
        "9 1 1 1, 3, 1 2 4",
        "1 2 3, 1, 3",
        "0 0 0, 2, 1 3"
    })
    void blocks_fewerThanLayers_haveAboutEqualWork(String work, int maxBlocks, String ends) {
        double[] least =
                Arrays.stream(work.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[][] seconds = Arrays.stream(least)
                .mapToObj(each -> new double[] {each + 1, each, NEVER})
                .toArray(double[][]::new);

        RelaxedPlacement shares = solved(HandMade.scenario(seconds, chain(least.length)), Objective.PERIOD, maxBlocks);

        List<Integer> actual =
                shares.blocks().stream().map(RelaxedPlacement.Block::end).toList();
        assertThat(actual)
                .containsExactlyElementsOf(
                        Arrays.stream(ends.split(" ")).map(Integer::valueOf).toList());
        assertThat(shares.blocks().get(0).start()).isZero();
        assertThat(shares.periodBound().isPresent()).isEqualTo(actual.size() == least.length);
    }

    @Test
    void blocks_twoTasks_neverCrossThem() {
        Scenario scenario = HandMade.scenario(HandMade.seconds(2, 5, 2), chain(2), HandMade.chain(2, 0, 0, 0, 0));

        assertThat(solved(scenario, Objective.PERIOD, 1).blocks())
                .containsExactly(new RelaxedPlacement.Block(0, 0, 2), new RelaxedPlacement.Block(1, 2, 5));
    }

    @Test
    void blocks_secondTaskOfAsManyLayersAsBlocks_areItsLayers() {
        double[][] seconds = {{1, 1}, {1, 1}, {1, 1}, {1, 1}, {9, 9}};
        Scenario scenario = HandMade.scenario(seconds, chain(2), HandMade.chain(2, 0, 0, 0, 0));

        assertThat(solved(scenario, Objective.PERIOD, 3).blocks()).hasSize(5);
        assertThat(solved(scenario, Objective.PERIOD, 3).periodBound()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Objective.class,
            names = {"RESPONSE", "MEAN", "ENERGY", "PRICE"})
    void periodBound_otherObjective_isUnknown(Objective objective) {
        assertThat(solved(HandMade.scenario(HandMade.seconds(1, 3, 2), chain(3)), objective, 3)
                        .periodBound())
                .isEmpty();
    }

    @Test
    void solution_stopped_dividesEqually() {
        RelaxedPlacement shares = new RelaxedPlacement(
                arrangement(HandMade.scenario(HandMade.seconds(1, 3, 4), chain(3))), Objective.PERIOD, 3, () -> true);

        assertThat(shares.periodBound()).isEmpty();
        assertThat(shares.share(2, 3)).isEqualTo(0.25);
    }

    /** The table has (blocks + 2 D) blocks D numbers, at most 2^23: 419 * 499 * 40 of them fit. */
    @ParameterizedTest
    @CsvSource({"430, 419", "419, 419", "418, 418"})
    void fitting_largeTable_isAsManyBlocksAsFit(int wanted, int expected) {
        Arrangement arrangement = arrangement(HandMade.scenario(new double[430][40], chain(430)));

        assertThat(RelaxedPlacement.fitting(arrangement, wanted)).isEqualTo(expected);
    }

    /** One block for each task: (256 + 400) * 256 * 200 numbers are a few more than 2^25, those of 255 tasks fewer. */
    @Test
    void fitting_moreTasksThanEverFit_areRefused() {
        Arrangement arrangement = tasks(256);

        assertThat(RelaxedPlacement.fitting(tasks(255), 48)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaxedPlacement.fitting(arrangement, 48))
                .withMessageContaining("33587200 numbers for 256 tasks on 200 devices; at most 33554432 are allowed");
    }

    private static Arrangement tasks(int count) {
        Task[] tasks = IntStream.range(0, count)
                .mapToObj(task -> HandMade.chain(task, 0, 0))
                .toArray(Task[]::new);
        return arrangement(HandMade.scenario(new double[count][200], tasks));
    }
}
