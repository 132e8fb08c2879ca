package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerTimesTest extends CostModelContract {

    private static final CostModel PRESETS = RooflineCostModel.withPresets();
    private static final LayerGraph ALEXNET = ModelZoo.ALEXNET.build();
    private static final Layer FIRST = ALEXNET.layers().get(0);
    private static final Device PI = DevicePresets.RASPBERRY_PI_4B.device("pi");
    private static final Device NANO = DevicePresets.JETSON_NANO_CPU.device("nano");

    @TempDir
    private Path folder;

    /** The contract's devices have no rows, so the other model answers. */
    @Override
    protected CostModel costModel() {
        return read("layer,device,seconds\nx,nobody,1\n");
    }

    private static LayerTimes read(String text) {
        try {
            return LayerTimes.read(new StringReader(text), "times.csv", PRESETS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String row(String device, String rest) {
        return "\"" + FIRST.name() + "\"," + device + "," + rest + "\n";
    }

    @Test
    void compute_deviceByNameAndByKind_nameWins() {
        LayerTimes times = read("layer,device,seconds\n" + row("pi", "0.25") + row(PI.kind(), "0.5"));

        assertThat(times.compute(FIRST, PI)).isEqualTo(Cost.atPower(0.25, PI.activeWatts()));
        assertThat(times.compute(FIRST, DevicePresets.RASPBERRY_PI_4B.device("other")))
                .isEqualTo(Cost.atPower(0.5, PI.activeWatts()));
        assertThat(times.compute(FIRST, NANO)).isEqualTo(PRESETS.compute(FIRST, NANO));
    }

    @Test
    void compute_rowsWithJoules_takesThem() {
        LayerTimes times =
                read("joules,note,seconds,device,layer\n7,\"a, b\",0.25,pi," + FIRST.name() + "\n,,2,pi,other\n");

        assertThat(times.compute(FIRST, PI)).isEqualTo(new Cost(0.25, 7));
    }

    @Test
    void compute_null_cannotRunThere() {
        assertThat(read("layer,device,seconds\n" + row("pi", "null")).compute(FIRST, PI))
                .isEqualTo(Cost.IMPOSSIBLE);
    }

    @Test
    void compute_block_costsItsInnerLayersTogether() throws IOException {
        LayerGraph blocks = ChainLinearizer.withDefaults()
                .collapse(ModelZoo.GOOGLENET.build())
                .graph();
        Path file = folder.resolve("times.csv");
        Map<String, Double> seconds = new LinkedHashMap<>();
        ModelZoo.GOOGLENET.build().layers().forEach(layer -> seconds.put(layer.name(), 0.5));
        LayerTimes.write("pi", seconds, Map.of(), file);
        LayerTimes times = LayerTimes.read(file, PRESETS);

        times.checkCovers(List.of(blocks), List.of(PI));
        double sum = blocks.layers().stream()
                .mapToDouble(layer -> times.compute(layer, PI).seconds())
                .sum();
        assertThat(sum).isEqualTo(0.5 * seconds.size());
        assertThat(blocks.layers()).anyMatch(layer -> layer.operator() instanceof Operator.Block);
    }

    @Test
    void write_joulesOfSomeLayers_areReadBackAndTheOthersCostPowerTimesTime() throws IOException {
        Path file = folder.resolve("times.csv");
        Layer second = Layer.of("second", FIRST.operator(), FIRST.inputs(), FIRST.outputs());
        LayerTimes.write("pi", Map.of(FIRST.name(), 0.5, "second", 0.5), Map.of(FIRST.name(), 7.25), file);

        LayerTimes times = LayerTimes.read(file, PRESETS);
        assertThat(times.compute(FIRST, PI)).isEqualTo(new Cost(0.5, 7.25));
        assertThat(times.compute(second, PI)).isEqualTo(Cost.atPower(0.5, PI.activeWatts()));
    }

    @Test
    void write_namesWithCommasAndQuotes_areReadBack() throws IOException {
        Path file = folder.resolve("times.csv");
        Layer odd = Layer.of("a, \"b\"", FIRST.operator(), FIRST.inputs(), FIRST.outputs());
        LayerTimes.write("pi, \"4\"", Map.of(odd.name(), 0.125), Map.of(), file);

        LayerTimes times = LayerTimes.read(file, PRESETS);
        assertThat(times.compute(odd, DevicePresets.RASPBERRY_PI_4B.device("pi, \"4\""))
                        .seconds())
                .isEqualTo(0.125);
    }

    @Test
    void checkCovers_missingLayers_namesFiveAndTheirNumber() {
        LayerTimes times = read("layer,device,seconds\n" + row("pi", "1"));
        int missing = ALEXNET.layers().size() - 1;

        assertThatThrownBy(() -> times.checkCovers(List.of(ALEXNET), List.of(NANO, PI)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'pi'")
                .hasMessageContaining("'" + ALEXNET.layers().get(1).name() + "'")
                .hasMessageContaining("and " + (missing - 5) + " more");
    }

    @Test
    void checkCovers_layersOfABlock_areNamedUpToFive() throws IOException {
        LayerGraph network = ModelZoo.GOOGLENET.build();
        LayerGraph blocks = ChainLinearizer.withDefaults().collapse(network).graph();
        Layer block = blocks.layers().stream()
                .filter(layer -> layer.operator() instanceof Operator.Block)
                .findFirst()
                .orElseThrow();
        List<String> missing = ((Operator.Block) block.operator())
                .body().layers().stream().map(Layer::name).limit(5).toList();
        StringBuilder rows = new StringBuilder("layer,device,seconds\n");
        network.layers().stream()
                .filter(layer -> !missing.contains(layer.name()))
                .forEach(layer -> rows.append(layer.name()).append(",pi,1e9\n"));

        assertThatThrownBy(() -> read(rows.toString()).checkCovers(List.of(blocks), List.of(PI)))
                .hasMessageContaining("'" + String.join("', '", missing) + "'. Add rows");
    }

    @Test
    void checkCovers_deviceThatDoesNotExist_isNamed() {
        assertThatThrownBy(() -> read("layer,device,seconds\nx,nobody,1\n").checkCovers(List.of(), List.of(PI, NANO)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'nobody'")
                .hasMessageContaining("[pi, nano]");
    }

    @Test
    void checkCovers_twoNetworksWithOneNameForDifferentLayers_isRefused() {
        Layer other = Layer.of(FIRST.name(), ALEXNET.layers().get(1).operator(), FIRST.inputs(), FIRST.inputs());
        LayerGraph.Builder second = LayerGraph.builder("second");
        FIRST.inputs().forEach(second::input);
        Layer renamed = Layer.of(
                FIRST.name(),
                other.operator(),
                FIRST.inputs(),
                ALEXNET.layers().get(1).outputs());

        assertThatThrownBy(() -> read("layer,device,seconds\n" + row("pi", "1"))
                        .checkCovers(List.of(ALEXNET, second.add(renamed).build()), List.of(PI)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'" + FIRST.name() + "'")
                .hasMessageContaining("--problem");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "'layer,device,seconds' | no rows",
                "'layer,seconds\na,1' | no column 'device'",
                "'layer;device;seconds\na;pi;1' | semicolons",
                "'layer,device,seconds,seconds\na,pi,1,1' | two columns 'seconds'",
                "'layer,device,seconds\na,pi,1,5' | decimal commas",
                "'layer,device,seconds\na,pi' | the row has 2 fields",
                "'layer,device,seconds\na,pi,-1' | zero or greater",
                "'layer,device,seconds\na,pi,NaN' | zero or greater",
                "'layer,device,seconds\na,pi,Infinity' | zero or greater",
                "'layer,device,seconds\na,pi,0x1p3' | zero or greater",
                "'layer,device,seconds\na,pi,1d' | zero or greater",
                "'layer,device,seconds\na,pi,' | or null where",
                "'layer,device,seconds\na,pi,2e9' | Write null",
                "'layer,device,seconds,joules\na,pi,1,1e19' | joules must be at most",
                "'layer,device,seconds,joules\na,pi,1,x' | joules must be a number",
                "'layer,device,seconds\n,pi,1' | the field 'layer' is empty",
                "'layer,device,seconds\na,pi,1\na,pi,2' | another time on 'pi' in line 2",
                "'layer,device,seconds\n\"a,pi,2' | a quote that does not end",
            })
    void read_wrongFile_isRefusedWithTheLine(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("times.csv")
                .hasMessageContaining(reason);
    }

    @Test
    void read_notUtf8_isRefused() throws IOException {
        Path file = folder.resolve("times.csv");
        Files.write(file, "layer,device,seconds\n\u00fc,pi,1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> LayerTimes.read(file, PRESETS)).hasMessageContaining("not UTF-8");
    }
}
