package io.github.codnn.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testproblems.HandMade;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions and placements by hand: a digit for each layer is its device. */
class KeysTest {

    private static OffloadingProblem chain(int layers, int devices) {
        double[][] seconds = new double[layers][devices];
        for (double[] row : seconds) {
            Arrays.fill(row, 1);
        }
        return OffloadingProblem.of(
                HandMade.scenario(seconds, HandMade.chain(0, new long[layers + 1])), Objective.PERIOD);
    }

    /** A chain of four layers and one of three on three devices. */
    private static OffloadingProblem twoChains() {
        Scenario scenario =
                HandMade.scenario(new double[7][3], HandMade.chain(0, new long[5]), HandMade.chain(4, new long[4]));
        return OffloadingProblem.of(scenario, Objective.PERIOD);
    }

    private static double[] keys(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static String decoded(Decoder.Decoding decoding, double[] keys, int layers) {
        int[] placement = new int[layers];
        decoding.decode(keys, placement);
        return Arrays.stream(placement).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static double[] encoded(Decoder.Decoding decoding, String placement) {
        double[] keys = new double[decoding.keyCount()];
        assertThat(decoding.encode(placement.chars().map(digit -> digit - '0').toArray(), keys))
                .isTrue();
        return keys;
    }

    @ParameterizedTest
    @CsvSource({"0.1 0.2 0.3, 012", "0.3 0.2 0.1, 210", "0.2 0.3 0.1, 201", "0.5 0.5 0.5, 012", "0.5 0.1 0.5, 102"})
    void deviceOrder_keys_areSortedAndEqualOnesKeepTheirOrder(String keys, String expected) {
        int[] order = new int[3];
        double[] shifted = new double[5];
        System.arraycopy(keys(keys), 0, shifted, 2, 3);

        DeviceOrder.sort(shifted, 2, order);

        assertThat(Arrays.stream(order).mapToObj(Integer::toString).collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    @Test
    void perLayer_keys_areDevicesTimesTheirNumber() {
        Decoder.Decoding decoding = Decoders.PER_LAYER.prepare(chain(4, 3));

        assertThat(decoding.keyCount()).isEqualTo(4);
        assertThat(decoded(decoding, keys("0 0.34 0.99 0.33"), 4)).isEqualTo("0120");
        assertThat(encoded(decoding, "0120"))
                .containsExactly(new double[] {0.5 / 3, 1.5 / 3, 2.5 / 3, 0.5 / 3}, within(1e-15));
    }

    @Test
    void perLayerRepaired_layerThatReturns_staysWithTheOneBefore() {
        Decoder.Decoding decoding = Decoders.PER_LAYER_REPAIRED.prepare(chain(4, 3));

        assertThat(decoded(decoding, keys("0 0.34 0.99 0.33"), 4)).isEqualTo("0122");
    }

    @Test
    void perLayer_fixedPoint_decodesAsTheKeysDo() {
        LayerKeys keys = (LayerKeys) Decoders.PER_LAYER.prepare(chain(4, 3));
        int[] placement = new int[4];
        int third = KeyVelocity.KEY_LIMIT / 3; // rounded down

        keys.decode(new int[] {third, third + 1, KeyVelocity.KEY_LIMIT - 1, 2 * third}, placement);

        assertThat(placement).containsExactly(0, 1, 2, 1);
        assertThat(keys.fitsFixedPoint()).isTrue();
        assertThat(((LayerKeys) Decoders.PER_LAYER_REPAIRED.prepare(chain(4, 3))).fitsFixedPoint())
                .isFalse();
    }

    /** The first three keys order devices; the sorted others, times five and rounded down, are cuts. */
    @ParameterizedTest
    @CsvSource({
        "0.1 0.2 0.3 0.2 0.4, 0122", // cuts at 1 and 2
        "0.1 0.2 0.3 0.4 0.2, 0122",
        "0.3 0.2 0.1 0.2 0.4, 2100",
        "0.1 0.2 0.3 0.5 0.5, 0022", // device 1 between equal cuts
        "0.1 0.2 0.3 0.1 0.1, 2222",
        "0.1 0.2 0.3 0.9 0.9, 0000"
    })
    void orderAndCuts_oneTask_areStagesInOrder(String keys, String expected) {
        Decoder.Decoding decoding = Decoders.ORDER_AND_CUTS.prepare(chain(4, 3));

        assertThat(decoding.keyCount()).isEqualTo(5);
        assertThat(decoded(decoding, keys(keys), 4)).isEqualTo(expected);
    }

    @Test
    void orderAndCuts_twoTasks_haveKeysEach() {
        Decoder.Decoding decoding = Decoders.ORDER_AND_CUTS.prepare(twoChains());

        assertThat(decoding.keyCount()).isEqualTo(2 * 5);
        // Cuts of the second task: 0.3 * 4 and 0.6 * 4, rounded down.
        assertThat(decoded(decoding, keys("0.1 0.2 0.3 0.2 0.4 0.2 0.3 0.1 0.6 0.3"), 7))
                .isEqualTo("0122" + "201");
    }

    @Test
    void orderAndCuts_encoded_ranksStagesThenUnusedDevices() {
        Decoder.Decoding decoding = Decoders.ORDER_AND_CUTS.prepare(twoChains());

        assertThat(encoded(decoding, "2200" + "111"))
                .containsExactly(
                        new double[] {
                            1.5 / 3, 2.5 / 3, 0.5 / 3, 2.5 / 5, 4.5 / 5, // second stage from layer 2 on
                            1.5 / 3, 0.5 / 3, 2.5 / 3, 3.5 / 4, 3.5 / 4
                        },
                        within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000", "0011222", "2110012", "0122210", "1111002"})
    void orderAndCuts_encodedStages_decodeToThemselves(String placement) {
        Decoder.Decoding decoding = Decoders.ORDER_AND_CUTS.prepare(twoChains());

        assertThat(decoded(decoding, encoded(decoding, placement), 7)).isEqualTo(placement);
    }

    @Test
    void orderAndCuts_limitedDevices_haveFewerCuts() {
        OffloadingProblem problem = OffloadingProblem.of(chain(5, 4).scenario().withMaxDevices(2), Objective.PERIOD);
        Decoder.Decoding decoding = Decoders.ORDER_AND_CUTS.prepare(problem);

        assertThat(decoding.keyCount()).isEqualTo(4 + 1);
        // A third stage has no keys: its device ranks among the unused ones.
        assertThat(encoded(decoding, "33012"))
                .containsExactly(new double[] {1.5 / 4, 2.5 / 4, 3.5 / 4, 0.5 / 4, 2.5 / 6}, within(1e-15));
    }

    /** The last key times four, rounded down, is one less than the number of stages; cuts are even for equal layers. */
    @ParameterizedTest
    @CsvSource({
        "0.1 0.2 0.3 0.4 0, 00000000",
        "0.1 0.2 0.3 0.4 0.3, 00001111",
        "0.4 0.3 0.2 0.1 0.3, 33332222",
        "0.4 0.3 0.2 0.1 0.99, 33221100"
    })
    void optimalCuts_keys_areOrderAndNumberOfStages(String keys, String expected) {
        Decoder.Decoding decoding = Decoders.OPTIMAL_CUTS.prepare(chain(8, 4));

        assertThat(decoding.keyCount()).isEqualTo(5);
        assertThat(decoded(decoding, keys(keys), 8)).isEqualTo(expected);
    }

    /** Where no cuts exist, because no device may run the first layer after another one, layers divide evenly. */
    @Test
    void optimalCuts_none_divideEvenly() {
        double never = Double.POSITIVE_INFINITY;
        double[][] seconds = {{1, never}, {1, never}, {1, never}, {1, never}};
        Decoder.Decoding decoding = Decoders.OPTIMAL_CUTS.prepare(
                OffloadingProblem.of(HandMade.scenario(seconds, HandMade.chain(0, new long[5])), Objective.PERIOD));

        assertThat(decoded(decoding, keys("0.1 0.2 0.9"), 4)).isEqualTo("0011");
    }

    @Test
    void optimalCuts_encoded_ranksDevicesAndCountsStages() {
        Decoder.Decoding decoding = Decoders.OPTIMAL_CUTS.prepare(chain(8, 4));

        assertThat(encoded(decoding, "33300000"))
                .containsExactly(new double[] {1.5 / 4, 2.5 / 4, 3.5 / 4, 0.5 / 4, 1.5 / 4}, within(1e-15));
        assertThat(decoded(decoding, encoded(decoding, "33331111"), 8)).isEqualTo("33331111");
    }

    @Test
    void optimalCuts_severalTasks_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decoders.OPTIMAL_CUTS.prepare(twoChains()))
                .withMessageContaining("ORDER_AND_CUTS");
    }

    @Test
    void encode_decoderWithoutIt_saysSo() {
        Decoder.Decoding decoding = new Decoder.Decoding() {
            @Override
            public int keyCount() {
                return 1;
            }

            @Override
            public void decode(double[] keys, int[] placement) {
                placement[0] = 0;
            }
        };

        assertThat(decoding.encode(new int[1], new double[1])).isFalse();
    }
}
