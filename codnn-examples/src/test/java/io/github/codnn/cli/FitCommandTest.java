package io.github.codnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.predict.RegressionCostModel;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.NetworkBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCommandTest {

    private static final String HEADER = "op,cin,h,w,k,stride,pad,cout,group,s_in,s_out,n_inputs,out_h,out_w,"
            + "time_us,min_us,wall_min_us,kernel_min_us,repetitions,spread_pct";

    @TempDir
    private Path folder;

    @Test
    void fit_linearTimesAndOneBadRow_showsAccuracyAndNamesTheRow() throws Exception {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int row = 1; row <= 40; row++) {
            int elements = 1_000 * row;
            double time = 4 + 0.003 * elements;
            lines.add(String.format(
                    Locale.ROOT, "Relu,0,0,0,0,0,0,0,1,%d,%d,1,0,0,%.3f,1,1,1,9,5", elements, elements, time));
        }
        lines.add("Relu,0,0,0,0,0,0,0,1,10,10,1,0,0,NaN,1,1,1,9,5");
        Path file = Files.write(folder.resolve("rows.csv"), lines);
        Path model = folder.resolve("model.json");
        Path plot = folder.resolve("plot.svg");
        Path report = folder.resolve("fit.html");

        CommandRunner.Outcome outcome = CommandRunner.codnn(
                "fit",
                file.toString(),
                "--json",
                "--device",
                "pi",
                "--out",
                model.toString(),
                "--plot",
                plot.toString(),
                "--report",
                report.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(ReportFile.read(report).checkFigures(outcome.out())).isEqualTo(6);
        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.path("rows").asInt()).isEqualTo(40);
        assertThat(document.at("/rejected/0/line").asInt()).isEqualTo(42);
        assertThat(document.at("/rejected/0/reason").asText()).contains("time_us");
        assertThat(document.at("/kinds/0/operator").asText()).isEqualTo("Relu");
        assertThat(document.at("/kinds/0/mape").asDouble()).isLessThan(0.001);
        assertThat(document.at("/kinds/0/within10").asDouble()).isEqualTo(1);
        assertThat(document.at("/paperAsPrinted/kinds/0/mape").asDouble()).isGreaterThan(0.1);
        assertThat(RegressionCostModel.read(model).regression("pi")).isPresent();
        assertThat(plot).content().contains("<svg");
    }

    /** 3 W for the time that a pass takes, but for the last row, which has no joules. */
    @Test
    void fit_rowsWithJoules_showsTheAccuracyOfEnergy() throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER + ",joules"));
        for (int row = 1; row <= 21; row++) {
            double time = 4 + 3.0 * row;
            String joules = row > 20 ? "" : String.format(Locale.ROOT, "%.9f", 3 * time * 1e-6);
            lines.add(String.format(
                    Locale.ROOT,
                    "Relu,0,0,0,0,0,0,0,1,%d,%d,1,0,0,%.3f,1,1,1,9,5,%s",
                    1_000 * row,
                    1_000 * row,
                    time,
                    joules));
        }
        String file = Files.write(folder.resolve("rows.csv"), lines).toString();

        CommandRunner.Outcome text = CommandRunner.codnn("fit", file);
        JsonNode energy = new ObjectMapper()
                .readTree(CommandRunner.codnn("fit", file, "--json").out())
                .path("energy");

        assertThat(text.out()).contains("energy of", "20 rows with joules; predicted from their predicted times");
        assertThat(energy.path("rows").asInt()).isEqualTo(20);
        assertThat(energy.at("/kinds/0/operator").asText()).isEqualTo("Relu");
        assertThat(energy.at("/kinds/0/n").asInt()).isEqualTo(20);
        assertThat(energy.at("/kinds/0/mape").asDouble()).isBetween(0.0, 0.001);
    }

    @Test
    void fit_rowsWithoutJoules_saysNothingOfEnergy() throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int row = 1; row <= 9; row++) {
            lines.add("Relu,0,0,0,0,0,0,0,1," + row + "," + row + ",1,0,0," + row + ",1,1,1,9,5");
        }
        String file = Files.write(folder.resolve("rows.csv"), lines).toString();

        assertThat(CommandRunner.codnn("fit", file).out()).doesNotContain("energy");
        assertThat(CommandRunner.codnn("fit", file, "--json").out()).doesNotContain("\"energy\"");
    }

    @Test
    void fit_checkedNetworks_areMeasuredAndCalibrateTheModel() throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int row = 1; row <= 20; row++) {
            lines.add(String.format(
                    Locale.ROOT, "Relu,0,0,0,0,0,0,0,1,%d,%d,1,0,0,%d,1,1,1,9,5", 1_000 * row, 1_000 * row, row));
        }
        Path file = Files.write(folder.resolve("rows.csv"), lines);
        Path model = folder.resolve("model.json");
        String one = network("one", 8);
        String other = network("other", 16);

        CommandRunner.Outcome outcome = CommandRunner.codnn(
                "fit",
                file.toString(),
                "--json",
                "--check-seconds",
                "0.01",
                "--check",
                one,
                "--check",
                other,
                "--out",
                model.toString());
        CommandRunner.Outcome text =
                CommandRunner.codnn("fit", file.toString(), "--check-seconds", "0.01", "--check", one);

        assertThat(outcome.status()).as(outcome.err()).isZero();
        JsonNode networks = new ObjectMapper().readTree(outcome.out()).path("networks");
        assertThat(networks).hasSize(2);
        JsonNode first = networks.get(0);
        double ratio = first.path("predictedSeconds").asDouble()
                / first.path("measuredSeconds").asDouble();
        assertThat(first.path("error").asDouble()).isCloseTo(ratio - 1, within(1e-9));
        assertThat(RegressionCostModel.read(model)
                        .regression("measured")
                        .orElseThrow()
                        .calibration())
                .isNotEqualTo(1);
        assertThat(text.out()).contains("one", "mean error without sign", "calibrated by others");
    }

    private String network(String name, long extent) {
        Path file = folder.resolve(name + ".onnx");
        NetworkBuilder net = NetworkBuilder.named(name);
        net.relu("relu", net.input("x", 1, 16, extent, extent));
        OnnxWriter.withDefaults().write(net.build(), file);
        return file.toString();
    }

    @Test
    void fit_measuredLayers_reachesWhatIsPromised() throws IOException {
        String file = TestData.path("data/predict/ort-layers.csv").toString();

        CommandRunner.Outcome outcome = CommandRunner.codnn("fit", file, "--json");
        CommandRunner.Outcome table = CommandRunner.codnn("fit", file);

        JsonNode kinds = new ObjectMapper().readTree(outcome.out()).path("kinds");
        assertThat(kinds.get(0).path("operator").asText()).isEqualTo("Conv");
        assertThat(kinds.get(0).path("r2").asDouble()).isGreaterThanOrEqualTo(0.97);
        assertThat(kinds.get(0).path("mape").asDouble()).isLessThanOrEqualTo(0.08);
        assertThat(table.out()).contains("Conv", "MaxPool", "1,356 rows, 5 folds, features FULL");
    }

    @Test
    void fit_nothingToFit_isOneLineAndStatus2() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.csv"), HEADER + "\n");

        CommandRunner.Outcome outcome = CommandRunner.codnn("fit", empty.toString());
        CommandRunner.Outcome missing =
                CommandRunner.codnn("fit", folder.resolve("none.csv").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err().lines()).hasSize(1).first().asString().contains("none.csv");
    }
}
