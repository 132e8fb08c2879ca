package io.github.codnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs every example as its reader would. */
class ExamplesTest {

    @Test
    void quickstart_printsStagesAndGap() {
        assertThat(printed(() -> Quickstart.main(new String[0])))
                .contains("drone  runs")
                .containsPattern("\\d+\\.\\d frames/s, at most \\d+\\.\\d % from the optimum");
    }

    @Test
    void customFitness_printsEnergyAndTime() {
        assertThat(printed(() -> CustomFitness.main(new String[0])))
                .containsPattern("\\d+\\.\\d J, \\d+\\.\\d ms a frame");
    }

    @Test
    void customCostModel_quantisedTransfers_raiseThroughput() {
        List<Double> framesPerSecond = Pattern.compile("\\d+\\.\\d")
                .matcher(printed(() -> CustomCostModel.main(new String[0])))
                .results()
                .map(figure -> Double.parseDouble(figure.group()))
                .toList();

        assertThat(framesPerSecond).hasSize(2);
        assertThat(framesPerSecond.get(1)).isGreaterThan(framesPerSecond.get(0));
    }

    @Test
    void customStrategy_triesEveryCut() {
        assertThat(printed(() -> CustomStrategy.main(new String[0])))
                .containsPattern("frames/s after \\d+ evaluations");
    }

    private static String printed(Runnable example) {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
