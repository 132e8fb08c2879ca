package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.Window;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementsTest {

    private static final String CONV = "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,343.61,289.16,289.49,288,825,9.8";
    private static final String RELU = "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4.20,3.77,4.06,2,900,6.7";

    @TempDir
    private Path folder;

    @Test
    void read_goodRows_describeLayers() throws IOException {
        Measurements read = parse(CONV, RELU, "Gemm,0,0,0,0,0,0,0,1,896,480,1,0,0,29.25,20.96,21.31,21,900,21.1");

        assertThat(read.rejected()).isEmpty();
        Measurement conv = read.rows().get(0);
        assertThat(conv.kind()).isEqualTo("Conv");
        assertThat(conv.layer().macs()).isEqualTo(64L * 64 * 49 * 64);
        assertThat(conv.layer().inputBytes()).isEqualTo(4 * 4096);
        assertThat(conv.seconds()).isCloseTo(343.61e-6, within(1e-15));
        assertThat(conv.leastSeconds()).isCloseTo(289.16e-6, within(1e-15));
        assertThat(conv.repetitions()).isEqualTo(825);
        assertThat(conv.spread()).isCloseTo(0.098, within(1e-12));
        assertThat(read.rows().get(2).layer().macs()).isEqualTo(896 * 480);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Conv,64,8,8,7,1,3 | 7 fields, but the header has 20",
                "Foo,64,8,8,7,1,3,64,1,4096,4096,1,8,8,343.61,289.16,289.49,288,825,9.8 | unknown operator 'Foo'",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,NaN,289.16,289.49,288,825,9.8 | time_us must be positive",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,-1,289.16,289.49,288,825,9.8 | time_us must be positive",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,0,289.16,289.49,288,825,9.8 | time_us must be positive",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,Infinity,2,2,2,825,9.8 | time_us must be positive",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,fast,2,2,2,825,9.8 | time_us must be a number, but is 'fast'",
                "Conv,64,8,8,7,1,3,64,1,4096,4096,1,8,8,,2,2,2,825,9.8 | time_us must be a number, but is ''",
                "Conv,-64,8,8,7,1,3,64,1,4096,4096,1,8,8,3,2,2,2,825,9.8 | cin must be at least 0, but is -64",
                "Conv,6.5,8,8,7,1,3,64,1,4096,4096,1,8,8,3,2,2,2,825,9.8 | cin must be a whole number",
                "Conv,64,8,8,7,1,3,64,1,4097,4096,1,8,8,3,2,2,2,825,9.8 | s_in is 4097",
                "Conv,64,8,8,7,1,3,64,1,4096,4095,1,8,8,3,2,2,2,825,9.8 | s_out is 4095",
                "Conv,64,8,8,7,1,3,64,5,4096,4096,1,8,8,3,2,2,2,825,9.8 | group 5",
                "Conv,64,8,8,0,1,3,64,1,4096,4096,1,8,8,3,2,2,2,825,9.8 | needs cin, h, w, k and stride",
                "Conv,64,8,8,1x2x3,1,3,64,1,4096,4096,1,8,8,3,2,2,2,825,9.8 | k must have one or 2 parts",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,99999999999,0,0,4.20,3.77,4.06,2,900,6.7 | n_inputs must be at most",
                "Gemm,0,0,0,0,0,0,0,1,9000000000000000000,480,1,0,0,29,20,21,21,900,21 | 2^63-1",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,2000000000,0,0,4,3,4,2,900,6 | n_inputs must be at most 1024",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4,20,3,77,4,06,2,900,6,7 | 24 fields, but the header has 20",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4,3,4,2,900,6, | 21 fields",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4,3,4,2,900 | 19 fields",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,\"4,20\",3,4,2,900,6 | time_us must be a number, but is '4,20'.",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,\"4.20,3,4,2,900,6 | a quote that does not end",
                "Re\"lu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,\"4\",3,4,2,900,6 | a quote that does not end",
                "R\"e\"lu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4,3,4,2,900,6 | quotes within the field",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,1e300,3,4,2,900,6 | time_us must be at most",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4d,3,4,2,900,6 | time_us must be a number, but is '4d'",
                "Relu,0,0,0,0,0,0,0,1,4223,4223,1,0,0,4,3,4,2,3000000000,6 | repetitions must be at most 2147483647",
                "Conv,3000000000,3000000000,3000000000,7,1,3,64,1,4096,4096,1,8,8,3,2,2,2,825,9.8 | 2^63",
            })
    void read_badRow_isNamedByLineAndReasonAndNothingElseLost(String bad, String reason) throws IOException {
        Measurements read = parse(CONV, bad.strip(), RELU);

        assertThat(read.rows()).extracting(Measurement::kind).containsExactly("Conv", "Relu");
        assertThat(read.rejected()).hasSize(1);
        assertThat(read.rejected().get(0).line()).isEqualTo(3);
        assertThat(read.rejected().get(0).reason()).contains(reason);
    }

    @Test
    void read_columnsInAnotherOrderAndMore_areFoundByName() throws IOException {
        String header = "remark," + MeasurementCsv.HEADER;
        Measurements read =
                Measurements.read(new StringReader("\uFEFF" + header + "\r\n\r\nmine," + RELU + "\r\n"), "text");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.rows()).extracting(Measurement::kind).containsExactly("Relu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void read_quotedHeaderAndFields_areReadWithAnyLineEnd(String end) throws IOException {
        String header = "\"" + MeasurementCsv.HEADER.replace(",", "\",\"") + "\"";
        String row = "\"" + RELU.replace(",", "\" , \"") + "\"";

        Measurements read =
                Measurements.read(new StringReader("\uFEFF" + header + end + row + end + end + RELU), "text");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.rows()).hasSize(2);
        assertThat(read.rows().get(0).layer().inputBytes()).isEqualTo(4 * 4223);
        assertThat(read.rows().get(1).layer().name()).isEqualTo("line 4");
    }

    @Test
    void read_semicolons_areRefusedWithTheWayOut() {
        String text = MeasurementCsv.HEADER.replace(',', ';') + "\n"
                + RELU.replace(',', ';').replace('.', ',');

        assertThatThrownBy(() -> Measurements.read(new StringReader(text), "x.csv"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("semicolons");
    }

    @Test
    void read_aColumnTwice_isRefused() {
        assertThatThrownBy(() -> Measurements.read(new StringReader(MeasurementCsv.HEADER + ",time_us\n"), "x.csv"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("two columns 'time_us'");
    }

    @Test
    void read_rowWithoutEnd_isNamedWithoutBeingKept() throws IOException {
        Measurements read = parse("x".repeat(1_000_000), RELU);

        assertThat(read.rows()).hasSize(1);
        assertThat(read.rejected().get(0).reason()).contains("longer than 8192");
    }

    /** A device such as /dev/zero never ends a line. */
    @Test
    void read_lineWithoutEnd_isRefusedInBoundedMemory() {
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int start, int length) {
                Arrays.fill(buffer, start, start + length, '0');
                return length;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> Measurements.read(endless, "zero.csv"))
                .isInstanceOf(IOException.class)
                .hasMessage("line 1 has more than 16777216 characters");
    }

    @Test
    void read_utf16_isRefused() throws IOException {
        Path file =
                Files.writeString(folder.resolve("x.csv"), "\uFEFF" + MeasurementCsv.HEADER, StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> Measurements.read(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void read_faults_areLeftOut() {
        Measurements commas = Measurements.read(TestData.path("faults/reports/decimal_comma.csv"));
        assertThat(commas.rows()).isEmpty();
        assertThat(commas.rejected()).hasSize(4);
        assertThat(commas.rejected().get(0).reason()).contains("23 fields");

        Measurements inputs = Measurements.read(TestData.path("faults/attack/csv-n_inputs-2e9.csv"));
        assertThat(inputs.rejected().get(0).line()).isEqualTo(2);
        assertThat(inputs.rejected().get(0).reason()).contains("n_inputs");
    }

    @Test
    void read_otherFile_isRefused() throws IOException {
        assertThatThrownBy(() -> Measurements.read(new StringReader("a,b\n1,2\n"), "x.csv"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("'x.csv' lacks the columns [op");
        assertThatThrownBy(() -> Measurements.read(new StringReader(""), "x.csv"))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("is empty");
        Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> Measurements.read(binary)).isInstanceOf(CodnnException.class);
        assertThatThrownBy(() -> Measurements.read(folder.resolve("none.csv")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("none.csv");
    }

    @Test
    void write_thenRead_keepsFeaturesOfEveryLayer() {
        List<Layer> layers = new ArrayList<>(SyntheticDevice.layers(40, 1));
        Window wide = new Window(List.of(1, 7), List.of(1, 2), List.of(1, 1), List.of(0, 3), List.of(0, 2));
        layers.add(Layer.of(
                        "wide",
                        new Operator.Convolution(wide, 2, false),
                        List.of(Tensor.float32("in", 2, 8, 17, 17)),
                        List.of(Tensor.float32("out", 2, 16, 17, 8)))
                .withParameters(8 * 8 * 7 * 2, 4 * 8 * 8 * 7 * 2)
                .withMacs(2L * 17 * 8 * 16 * 4 * 7));
        layers.add(Layer.of(
                "pool",
                new Operator.Pooling(Operator.Pooling.Function.AVERAGE, Window.square(3, 2, 1)),
                List.of(Tensor.float32("in", 1, 8, 17, 17)),
                List.of(Tensor.float32("out", 1, 8, 9, 9))));
        layers.add(Layer.of(
                        "attention",
                        new Operator.MatMul(),
                        List.of(Tensor.float32("q", 1, 12, 197, 64), Tensor.float32("k", 1, 12, 64, 197)),
                        List.of(Tensor.float32("qk", 1, 12, 197, 197)))
                .withMacs(12L * 197 * 64 * 197));
        layers.add(Layer.of(
                "add",
                new Operator.Elementwise("Add"),
                List.of(Tensor.float32("a", 1, 8, 17, 17), Tensor.float32("b", 8, 1, 1)),
                List.of(Tensor.float32("c", 1, 8, 17, 17))));
        Measurements written = new SyntheticDevice(1e-11, 1e-10, 0, 1).measure(layers);
        Path file = folder.resolve("m.csv");

        written.write(file);
        Measurements read = Measurements.read(file);

        assertThat(read.rejected()).isEmpty();
        for (int row = 0; row < layers.size(); row++) {
            Layer before = layers.get(row);
            Layer after = read.rows().get(row).layer();
            assertThat(LayerFeatures.kindOf(after)).isEqualTo(LayerFeatures.kindOf(before));
            assertThat(LayerFeatures.FULL.values(after))
                    .as("%s", before.name())
                    .containsExactly(LayerFeatures.FULL.values(before));
            assertThat(LayerRow.of(after).format())
                    .isEqualTo(LayerRow.of(before).format());
            assertThat(after.macs()).as("%s", before.name()).isEqualTo(before.macs());
            assertThat(read.rows().get(row).seconds())
                    .isCloseTo(written.rows().get(row).seconds(), within(1e-9));
        }
    }

    @Test
    void write_windowOverThreeAxes_isRefused() {
        Window cube =
                new Window(List.of(3, 3, 3), List.of(1, 1, 1), List.of(1, 1, 1), List.of(1, 1, 1), List.of(1, 1, 1));
        Layer layer = Layer.of(
                "video",
                new Operator.Pooling(Operator.Pooling.Function.MAX, cube),
                List.of(Tensor.float32("in", 1, 8, 9, 9, 9)),
                List.of(Tensor.float32("out", 1, 8, 9, 9, 9)));
        Measurements measurements = Measurements.of(List.of(Measurement.of(layer, 1)));

        assertThatThrownBy(() -> measurements.write(folder.resolve("m.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'video'");
        assertThat(folder.resolve("m.csv")).doesNotExist();
    }

    private static Measurements parse(String... rows) throws IOException {
        return Measurements.read(
                new StringReader(MeasurementCsv.HEADER + "\n" + String.join("\n", rows) + "\n"), "text");
    }
}
