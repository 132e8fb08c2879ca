package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.predict.Measurement;
import io.github.codnn.predict.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LayerProfilerTest {

    private static final ProfilerSettings QUICK =
            ProfilerSettings.withDefaults().withPasses(1, 3).withSeries(2, 0.01);
    private static final List<Layer> PLAN = SamplingPlan.withDefaults().layers(12, 1);

    @TempDir
    private Path folder;

    private final List<String> timed = new ArrayList<>();
    private final LayerProfiler fake = new LayerProfiler(this::time, QUICK);

    private Timing time(Layer layer, ProfilerSettings settings) throws UnsupportedLayerException {
        timed.add(layer.name());
        if (layer.operator().kind().equals("Sigmoid")) {
            throw new UnsupportedLayerException("no sigmoids today");
        }
        return new Timing(timed.size() * 1e-6, 1e-7, 1e-7, 6, 0.05);
    }

    @Test
    void profile_interruptedAndCalledAgain_goesOnWithoutLosingOrRepeatingRows() throws IOException {
        Path file = folder.resolve("layers.csv");
        List<Layer> plan = PLAN.stream()
                .filter(layer -> !layer.operator().kind().equals("Sigmoid"))
                .toList();
        ProfileResult first = fake.profile(plan, file, (done, total, layer) -> {
            if (done == 5) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        List<String> before = Files.readAllLines(file);
        // As if the machine had gone down in the middle of a row.
        Files.writeString(file, Files.readString(file) + "Conv,64,8,8,7,1,3,64");

        ProfileResult second = fake.profile(plan, file, ProfileListener.none());

        assertThat(first.complete()).isFalse();
        assertThat(first.added()).isEqualTo(5);
        assertThat(second.complete()).isTrue();
        assertThat(second.added()).isEqualTo(plan.size() - 5);
        assertThat(second.measurements().rejected()).isEmpty();
        assertThat(second.measurements().rows()).hasSize(plan.size());
        assertThat(Files.readAllLines(file)).startsWith(before.toArray(String[]::new));
        assertThat(timed)
                .containsExactlyElementsOf(plan.stream().map(Layer::name).toList());
    }

    @Test
    void profile_layerThatCannotRun_isSkippedWithReason() {
        ProfileResult result = fake.profile(PLAN, folder.resolve("layers.csv"), ProfileListener.none());

        assertThat(result.skipped()).isNotEmpty().allSatisfy(skipped -> {
            assertThat(skipped.layer()).startsWith("Sigmoid");
            assertThat(skipped.reason()).isEqualTo("no sigmoids today");
        });
    }

    @Test
    void profile_equalLayers_areTimedOnce() {
        Layer relu = relu("first");

        ProfileResult result =
                fake.profile(List.of(relu, relu("second")), folder.resolve("layers.csv"), ProfileListener.none());

        assertThat(timed).containsExactly("first");
        assertThat(result.measurements().rows()).hasSize(1);
    }

    @Test
    void profile_energyIsCounted_fileHasTheJoulesAndTheSpan() {
        Path file = folder.resolve("layers.csv");
        Measurement.Span span = new Measurement.Span(Instant.parse("2026-01-31T12:00:00.125Z"), Instant.MAX);
        LayerProfiler counting = new LayerProfiler(
                (layer, settings) -> new Timing(1e-3, 1e-3, 1e-3, 6, 0, OptionalDouble.of(0.0625), Optional.of(span)),
                QUICK);

        counting.profile(List.of(relu("first")), file, ProfileListener.none());

        Measurement read = Measurements.read(file).rows().get(0);
        assertThat(read.joules()).hasValue(0.0625);
        assertThat(read.span()).contains(span);
    }

    @Test
    void profile_energyForFileWithoutItsColumn_isRefused() throws IOException {
        Path file = folder.resolve("layers.csv");
        Measurements.of(List.of(Measurement.of(relu("first"), 1e-3))).write(file);
        String before = Files.readString(file);
        LayerProfiler counting = new LayerProfiler(
                (layer, settings) -> new Timing(1e-3, 1e-3, 1e-3, 6, 0, OptionalDouble.of(1), Optional.empty()), QUICK);

        assertThatThrownBy(() -> counting.profile(PLAN, file, ProfileListener.none()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("without the column 'joules'");
        assertThat(file).hasContent(before);
    }

    @Test
    void profile_fileOfSomethingElse_isLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear sir");

        assertThatThrownBy(() -> fake.profile(PLAN, file, ProfileListener.none()))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("letter.txt");
        assertThat(file).hasContent("Dear sir");
    }

    @Test
    void slowdown_layersTakeTwiceAsLong_isTwo() {
        List<Measurement> rows = PLAN.stream()
                .map(layer -> Measurement.of(layer, 1e-6 * (1 + layer.name().length())))
                .toList();
        LayerProfiler slower = new LayerProfiler(
                (layer, settings) -> {
                    if (layer.operator().kind().equals("Conv")) {
                        throw new UnsupportedLayerException("no convolutions today");
                    }
                    return new Timing(2e-6 * (1 + layer.name().length()), 1, 1, 6, 0);
                },
                QUICK);

        assertThat(slower.slowdown(Measurements.of(rows))).isCloseTo(2, within(1e-9));
        assertThatThrownBy(() -> slower.slowdown(Measurements.of(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timed again");
    }

    @Test
    void layersOf_blocks_areTakenApart() {
        Layer relu = relu("inner");
        LayerGraph body =
                LayerGraph.builder("body").input(relu.inputs().get(0)).add(relu).build();
        LayerGraph graph = LayerGraph.builder("net")
                .input(relu.inputs().get(0))
                .add(Layer.of("block", new Operator.Block("B", body), relu.inputs(), relu.outputs()))
                .build();

        assertThat(LayerProfiler.layersOf(graph)).containsExactly(relu);
    }

    @Test
    void onnxRuntime_everyKindOfThePlan_runs() {
        List<Layer> plan = new SamplingPlan(20_000_000, 200_000).layers(66, 2);

        ProfileResult result =
                LayerProfiler.onnxRuntime(QUICK).profile(plan, folder.resolve("layers.csv"), ProfileListener.none());

        assertThat(result.skipped()).isEmpty();
        assertThat(result.measurements().rows()).hasSize(66);
        assertThat(result.measurements().rows())
                .extracting(Measurement::kind)
                .contains(
                        "Conv",
                        "ConvGroup",
                        "MaxPool",
                        "AveragePool",
                        "Gemm",
                        "MatMul",
                        "Relu",
                        "Softmax",
                        "LRN",
                        "Concat");
    }

    @Test
    void onnxRuntime_moreWork_takesMoreTime() {
        ProfilerSettings settings =
                ProfilerSettings.withDefaults().withPasses(5, 20).withSeries(3, 0.1);
        Layer small = gemm("small", 500, 200);
        Layer large = gemm("large", 5000, 2000);

        ProfileResult result = LayerProfiler.onnxRuntime(settings)
                .profile(List.of(small, large), folder.resolve("layers.csv"), ProfileListener.none());

        // A hundred times the weights; ten times is asked, as a busy machine disturbs.
        List<Measurement> rows = result.measurements().rows();
        assertThat(rows.get(1).leastSeconds()).isGreaterThan(10 * rows.get(0).leastSeconds());
    }

    @Test
    void onnxRuntime_layerItCannotRun_isSkippedWithReason() {
        Layer unknown = Layer.of(
                "odd", new Operator.Other("Odd"), List.of(Tensor.float32("a", 4)), List.of(Tensor.float32("b", 4)));
        Layer wrong = Layer.of(
                "wrong",
                new Operator.Activation("Relu"),
                List.of(Tensor.float32("a", 4)),
                List.of(Tensor.float32("b", 5)));
        Layer bytes = Layer.of(
                "bytes",
                new Operator.Activation("Relu"),
                List.of(Tensor.ofBytes("a", 4)),
                List.of(Tensor.ofBytes("b", 4)));

        ProfileResult result = LayerProfiler.onnxRuntime(QUICK)
                .profile(List.of(unknown, wrong, bytes), folder.resolve("layers.csv"), ProfileListener.none());

        assertThat(result.skipped()).extracting(ProfileResult.Skipped::layer).contains("odd", "bytes");
        assertThat(result.skipped().get(0).reason()).contains("Odd").contains("cannot be written as ONNX");
    }

    @Test
    void measure_wholeNetwork_takesAboutAsLongAsItsLayers() {
        Layer relu = relu("relu");
        LayerGraph.Builder chain = LayerGraph.builder("chain").input(Tensor.float32("t0", 1, 64, 56, 56));
        for (int index = 0; index < 20; index++) {
            chain.add(Layer.of(
                    "relu" + index,
                    relu.operator(),
                    List.of(Tensor.float32("t" + index, 1, 64, 56, 56)),
                    List.of(Tensor.float32("t" + (index + 1), 1, 64, 56, 56))));
        }
        LayerGraph graph = chain.build();
        LayerProfiler profiler =
                LayerProfiler.onnxRuntime(ProfilerSettings.withDefaults().withPasses(3, 10));

        double one = profiler.profile(graph.layers().subList(0, 1), folder.resolve("one.csv"), ProfileListener.none())
                .measurements()
                .rows()
                .get(0)
                .seconds();
        double all = profiler.measure(graph).seconds();

        // Twenty times, but for a busy machine and what the cache does.
        assertThat(all / one).isBetween(4.0, 100.0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onnxRuntime_commandLineOnWhichItWouldCrash_isRefusedUnlessTelemetryIsOff()
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProfileOneLayer.class.getName(),
                        folder.resolve("layers.csv").toString(),
                        "x".repeat(20_000)) // as long as the class path of a large application
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        program.environment().remove("ORT_DISABLE_TELEMETRY");

        assertThat(program.start().waitFor()).isEqualTo(1);
        assertThat(out).content().contains("CodnnException", "ORT_DISABLE_TELEMETRY=1");

        program.environment().put("ORT_DISABLE_TELEMETRY", "1");
        int status = program.start().waitFor();

        assertThat(status).as(Files.readString(out)).isZero();
        assertThat(folder.resolve("layers.csv")).content().hasLineCount(2);
    }

    /** A program that profiles one layer into the file that it is given. */
    static final class ProfileOneLayer {
        public static void main(String[] arguments) {
            LayerProfiler.onnxRuntime(QUICK)
                    .profile(List.of(relu("relu")), Path.of(arguments[0]), ProfileListener.none());
        }
    }

    private static Layer relu(String name) {
        return Layer.of(
                name,
                new Operator.Activation("Relu"),
                List.of(Tensor.float32("in", 1, 4, 5, 5)),
                List.of(Tensor.float32("out", 1, 4, 5, 5)));
    }

    private static Layer gemm(String name, long in, long out) {
        return Layer.of(
                        name,
                        new Operator.FullyConnected(),
                        List.of(Tensor.float32("in", 1, in)),
                        List.of(Tensor.float32("out", 1, out)))
                .withParameters(in * out, 4 * in * out)
                .withMacs(in * out);
    }
}
