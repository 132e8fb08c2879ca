package io.github.codnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Runs every example as its reader would. */
class ExamplesTest {

    @Test
    void customFitness_printsEnergyAndTime() {
        assertThat(printed(() -> CustomFitness.main(new String[0])))
                .containsPattern("\\d+\\.\\d J, \\d+\\.\\d ms a frame");
    }

    @Test
    void customCostModel_quantisedTransfers_raiseThroughput() {
        List<Double> framesPerSecond = figures(printed(() -> CustomCostModel.main(new String[0])));

        assertThat(framesPerSecond).hasSize(2);
        assertThat(framesPerSecond.get(1)).isGreaterThan(framesPerSecond.get(0));
    }

    @Test
    void customStrategy_triesEveryCut() {
        assertThat(printed(() -> CustomStrategy.main(new String[0])))
                .containsPattern("frames/s after \\d+ evaluations");
    }

    @Test
    void ownNetwork_fileFromTheZoo_isReadAndPlanned() {
        assertThat(printed(() -> OwnNetwork.main(new String[0])))
                .matches("65 layers, 349 million MACs, [1-9]\\d*\\.\\d frames/s\\R");
    }

    @Test
    void splitModel_byPlan_givesEqualStages() {
        assertThat(printed(() -> SplitModel.main(new String[0])))
                .contains(" runs stage-1-")
                .endsWith("equal bit for bit" + System.lineSeparator());
    }

    @Test
    void ownDevice_fromADataSheet_isNoSlowerThanAlone() {
        List<Double> figures = figures(printed(() -> OwnDevice.main(new String[0])));

        // Alone the board takes 714,188,480 MACs at 236e9/s and 244,403,360 bytes of weights at 25.6e9/s.
        assertThat(figures.get(0)).isGreaterThanOrEqualTo(79.4);
        assertThat(figures.get(1)).isBetween(1.0, 2.0);
    }

    @Test
    void meetDeadline_possibleAndImpossible_areToldApart() {
        String printed = printed(() -> MeetDeadline.main(new String[0]));

        assertThat(printed).endsWith("within 10 ms: no plan" + System.lineSeparator());
        List<Double> figures = figures(printed);
        assertThat(figures.get(0)).isEqualTo(300);
        assertThat(figures.get(2)).isLessThanOrEqualTo(300);
    }

    @Test
    void leastEnergy_takesLessEnergyAndMoreTime() {
        List<Double> figures = figures(printed(() -> LeastEnergy.main(new String[0])));

        assertThat(figures).hasSize(4);
        assertThat(figures.get(2)).isLessThan(figures.get(0));
        assertThat(figures.get(3)).isLessThan(figures.get(1));
    }

    @Test
    void timeEnergyFront_slowerPlans_takeLessEnergy() {
        List<Double> figures = figures(printed(() -> TimeEnergyFront.main(new String[0])));

        assertThat(figures).hasSizeGreaterThanOrEqualTo(6);
        for (int next = 3; next < figures.size(); next += 3) {
            assertThat(figures.get(next)).isGreaterThan(figures.get(next - 3));
            assertThat(figures.get(next + 1)).isLessThan(figures.get(next - 2));
        }
    }

    @Test
    void watchRunningPlan_slowWifi_movesAfterAWhile() {
        assertThat(printed(() -> WatchRunningPlan.main(new String[0])))
                .startsWith("after ")
                .contains(" frames/s, ");
    }

    @Test
    void replanAfterChange_slowUplink_improvesTheOldPlan() {
        List<Double> figures = figures(printed(() -> ReplanAfterChange.main(new String[0])));

        assertThat(figures).hasSize(3);
        assertThat(figures.get(1)).isLessThan(figures.get(0));
        assertThat(figures.get(2)).isGreaterThan(figures.get(1)).isLessThanOrEqualTo(figures.get(0));
    }

    @Test
    void fittedCostModel_isNearTheModelThatItWasFittedTo() {
        List<Double> figures = figures(printed(() -> FittedCostModel.main(new String[0])));

        assertThat(figures.get(0)).isEqualTo(3);
        assertThat(figures.get(1)).isCloseTo(7.3, withinPercentage(20));
    }

    @Test
    void simulatePlan_makespan_isThatOfTheFormulas() {
        String printed = printed(() -> SimulatePlan.main(new String[0]));

        List<Double> figures = figures(printed);
        assertThat(figures.get(1)).isEqualTo(figures.get(2));
        assertThat(printed).containsPattern("drone +9\\d % busy");
    }

    @Test
    void parallelIslands_onTwoThreads_findTheSamePlan() {
        assertThat(printed(() -> ParallelIslands.main(new String[0])))
                .endsWith("frames/s on two threads, the same plan on one" + System.lineSeparator());
    }

    @Test
    void cutPoints_ofGoogLeNet_areThoseBetweenItsModules() {
        assertThat(printed(() -> CutPoints.main(new String[0])))
                .isEqualTo(
                        "24 of 143 layers are cut points; loss3/classifier writes 4000 bytes" + System.lineSeparator());
    }

    private static List<Double> figures(String printed) {
        return Pattern.compile("\\d+(\\.\\d+)?")
                .matcher(printed)
                .results()
                .map(figure -> Double.parseDouble(figure.group()))
                .toList();
    }

    private static String printed(ThrowingCallable example) {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThatCode(example).doesNotThrowAnyException();
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
