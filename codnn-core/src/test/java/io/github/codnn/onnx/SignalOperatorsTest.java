package io.github.codnn.onnx;

import static io.github.codnn.onnx.NumberText.extents;
import static io.github.codnn.onnx.NumberText.whole;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.INT8;
import static io.github.codnn.testing.OnnxFile.UINT8;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resizing, pooling, reductions, transforms, losses and optimisers: shapes by their definitions. */
class SignalOperatorsTest {

    private static final String TRAINING = "ai.onnx.preview.training";

    @TempDir
    private Path folder;

    private static OnnxFile x(long opset, String extents) {
        return OnnxFile.opset(opset).input("x", FLOAT, extents(extents));
    }

    private ImportedModel model(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return OnnxReader.withDefaults()
                .read(file.node(operator, inputs, "y", attributes).output("y").write(folder));
    }

    private String shape(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        ImportedModel model = model(file, operator, inputs, attributes);
        assertThat(model.unknownOperators()).isEmpty();
        return model.graph().outputs().get(0).shape().toString();
    }

    private static List<String> shapes(LayerGraph graph) {
        return graph.outputs().stream().map(tensor -> tensor.shape().toString()).toList();
    }

    // Images

    @Test
    void upsample_ofTheFirstOperatorSet_hasAScaleForEachSide() {
        assertThat(shape(
                        x(1, "1 3 4 5"),
                        "Upsample",
                        List.of("x"),
                        OnnxFile.floating("height_scale", 2),
                        OnnxFile.floating("width_scale", 3)))
                .isEqualTo("[1, 3, 8, 15]");
    }

    /** Rows from 1/4 to 3/4 of 8, twice as many; all columns. */
    @Test
    void resize_ofARegion_scalesThatPart() {
        Message mode = OnnxFile.string("coordinate_transformation_mode", "tf_crop_and_resize");
        OnnxFile file =
                x(13, "1 1 8 6").real("region", 0, 0, 0.25f, 0, 1, 1, 0.75f, 1).real("s", 1, 1, 2, 1);
        OnnxFile small = x(13, "1 1 8 6").real("region", 0, 1).real("s", 1, 1, 2, 1);

        assertThat(shape(file, "Resize", List.of("x", "region", "s"), mode)).isEqualTo("[1, 1, 8, 6]");
        assertThatThrownBy(() -> shape(small, "Resize", List.of("x", "region", "s"), mode))
                .hasMessageContaining("its region has 2 numbers for 4 axes");
    }

    /** 4 x 5 into 8 x 20: twice as large fits inside, four times as large covers it. */
    @ParameterizedTest
    @CsvSource({"stretch, '[1, 3, 8, 20]'", "not_larger, '[1, 3, 8, 10]'", "not_smaller, '[1, 3, 16, 20]'"})
    void resize_keepingTheAspect_fitsInsideOrCovers(String policy, String shape) {
        OnnxFile file = x(18, "1 3 4 5").whole("sizes", 8, 20);

        assertThat(shape(
                        file,
                        "Resize",
                        List.of("x", "", "", "sizes"),
                        ints("axes", 2, 3),
                        OnnxFile.string("keep_aspect_ratio_policy", policy)))
                .isEqualTo(shape);
    }

    @Test
    void resize_thatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> shape(x(18, "1 3 4 5"), "Resize", List.of("x")))
                .hasMessageContaining("it has neither scales nor sizes");
        assertThatThrownBy(() -> shape(x(18, "1 3 4 5").whole("n", 8, 20), "Resize", List.of("x", "", "", "n")))
                .hasMessageContaining("sizes [8, 20] do not fit 4 axes");
        assertThatThrownBy(() -> shape(x(18, "1 3 4 5").real("s", 2, 2), "Resize", List.of("x", "", "s")))
                .hasMessageContaining("do not fit 4 axes");
        assertThatThrownBy(() -> shape(x(18, "1 3 4 5").real("s", 1, 1, 0, 1), "Resize", List.of("x", "", "s")))
                .hasMessageContaining("scale 0.0 is not positive");
    }

    @ParameterizedTest
    @CsvSource({"2 3 5 7, '[2, 5, 7, 2]'", "2 3 4 5 7, '[2, 4, 5, 7, 3]'"})
    void affineGrid_hasAPlaceForEachPoint(String size, String shape) {
        int axes = size.split(" ", -1).length - 2;
        OnnxFile file = OnnxFile.opset(20).input("x", FLOAT, 2, axes, axes + 1).whole("n", whole(size));

        assertThat(shape(file, "AffineGrid", List.of("x", "n"))).isEqualTo(shape);
    }

    @Test
    void affineGrid_withoutSpatialAxes_isRefused() {
        assertThatThrownBy(() -> shape(x(20, "2 2 3").whole("n", 2, 3), "AffineGrid", List.of("x", "n")))
                .hasMessageContaining("has no spatial axes");
    }

    /** 12 channels hold blocks of 2 x 3 of 2 channels. */
    @Test
    void col2Im_collectsBlocks() {
        OnnxFile file = x(18, "1 12 20").whole("image", 6, 7).whole("block", 2, 3);
        OnnxFile odd = x(18, "1 13 20").whole("image", 6, 7).whole("block", 2, 3);

        assertThat(shape(file, "Col2Im", List.of("x", "image", "block"))).isEqualTo("[1, 2, 6, 7]");
        assertThatThrownBy(() -> shape(odd, "Col2Im", List.of("x", "image", "block")))
                .hasMessageContaining("no multiple of the block 6");
    }

    /** (4 - 1) x 2 + 3 - 1 - 0 rows and (5 - 1) x 3 + 2 - 0 - 1 columns. */
    @Test
    void maxUnpool_growsByItsWindow() {
        OnnxFile file = x(11, "1 2 4 5").input("i", INT64, 1, 2, 4, 5);
        OnnxFile told = x(11, "1 2 4 5").input("i", INT64, 1, 2, 4, 5).whole("n", 1, 2, 9, 10);

        assertThat(shape(
                        file,
                        "MaxUnpool",
                        List.of("x", "i"),
                        ints("kernel_shape", 3, 2),
                        ints("strides", 2, 3),
                        ints("pads", 1, 0, 0, 1)))
                .isEqualTo("[1, 2, 8, 13]");
        assertThat(shape(told, "MaxUnpool", List.of("x", "i", "n"), ints("kernel_shape", 3, 2)))
                .isEqualTo("[1, 2, 9, 10]");
    }

    @Test
    void regions_ofInterest_areOneImageEach() {
        OnnxFile pooled = x(16, "1 3 9 9").input("r", FLOAT, 6, 5);
        OnnxFile aligned = x(16, "1 3 9 9").input("r", FLOAT, 6, 4).input("i", INT64, 6);

        assertThat(shape(pooled, "MaxRoiPool", List.of("x", "r"), ints("pooled_shape", 2, 4)))
                .isEqualTo("[6, 3, 2, 4]");
        assertThat(shape(
                        aligned,
                        "RoiAlign",
                        List.of("x", "r", "i"),
                        integer("output_height", 5),
                        integer("output_width", 7)))
                .isEqualTo("[6, 3, 5, 7]");
    }

    @Test
    void pool_withoutKernel_isRefused() {
        assertThatThrownBy(() -> shape(x(17, "1 3 9 9"), "MaxPool", List.of("x"), ints("kernel_shape", 3)))
                .hasMessageContaining("'kernel_shape' must have 2 numbers");
    }

    // Reductions

    /** Of axes that are not known, the shortest ones are taken, so that the most is left. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, '[4, 1, 3]'",
        "2, 1, 0, '[4, 1, 1]'",
        "2, 0, 0, '[4]'",
        "0, 1, 0, '[1, 1, 1]'",
        "0, 1, 1, '[4, 2, 3]'"
    })
    void reduction_overUnknownAxes_isTheGreatest(long count, long keep, long noop, String shape) {
        OnnxFile file = x(18, "4 2 3").input("axes", INT64, count);

        assertThat(shape(
                        file,
                        "ReduceMax",
                        List.of("x", "axes"),
                        integer("keepdims", keep),
                        integer("noop_with_empty_axes", noop)))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"0, '[1, 1, 1]'", "1, '[4, 2, 3]'"})
    void reduction_withoutAxes_isOverAllUnlessToldOtherwise(long noop, String shape) {
        assertThat(shape(x(18, "4 2 3"), "ReduceL1", List.of("x"), integer("noop_with_empty_axes", noop)))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "5, true", "6, false", "-1, false"})
    void topK_count_mustLieWithinTheAxis(long count, boolean isAllowed) {
        List<String> outputs = List.of("y", "i");
        OnnxFile file = x(11, "2 5").wholeScalar("k", count).node("TopK", List.of("x", "k"), outputs);
        outputs.forEach(file::output);

        if (isAllowed) {
            LayerGraph graph =
                    OnnxReader.withDefaults().read(file.write(folder)).graph();
            assertThat(shapes(graph)).containsExactly("[2, " + count + "]", "[2, " + count + "]");
            assertThat(graph.outputs().get(1).type()).isEqualTo(ElementType.INT64);
        } else {
            assertThatThrownBy(() -> OnnxReader.withDefaults().read(file.write(folder)))
                    .hasMessageContaining("it asks for " + count + " of 5 elements");
        }
    }

    // Transforms

    /** Half of a spectrum of 10 has 6 numbers, its inverse is real and has 10. */
    @ParameterizedTest
    @CsvSource({
        "17, 1 10 1, 0, 0, '[1, 10, 2]'",
        "17, 1 10 1, 1, 0, '[1, 6, 2]'",
        "17, 1 6 2, 1, 1, '[1, 10, 1]'",
        "17, 1 10 2, 0, 1, '[1, 10, 2]'",
        "20, 1 4 10 1, 1, 0, '[1, 4, 6, 2]'",
        "17, 1 10 4 1, 1, 0, '[1, 6, 4, 2]'"
    })
    void dft_ofHalfOrWhole_hasItsLength(long opset, String extents, long half, long inverse, String shape) {
        assertThat(shape(
                        x(opset, extents), "DFT", List.of("x"), integer("onesided", half), integer("inverse", inverse)))
                .isEqualTo(shape);
    }

    @Test
    void dft_ofAnotherLengthAndAxis_hasThose() {
        OnnxFile padded = x(17, "1 10 1").wholeScalar("n", 16);
        OnnxFile other = x(20, "4 10 6 1").wholeScalar("n", 16).wholeScalar("axis", 1);

        assertThat(shape(padded, "DFT", List.of("x", "n"), integer("onesided", 1)))
                .isEqualTo("[1, 9, 2]");
        assertThat(shape(other, "DFT", List.of("x", "n", "axis"))).isEqualTo("[4, 16, 6, 2]");
    }

    /** Frames of 16 in steps of 8 in a signal of 100: (100 - 16) / 8 + 1. */
    @ParameterizedTest
    @CsvSource({"1, '[2, 11, 9, 2]'", "0, '[2, 11, 16, 2]'"})
    void stft_ofASignal_countsFrames(long half, String shape) {
        OnnxFile byLength = x(17, "2 100 1").wholeScalar("step", 8).wholeScalar("n", 16);
        OnnxFile byWindow = x(17, "2 100 1").wholeScalar("step", 8).weight("w", FLOAT, 16);

        assertThat(shape(byLength, "STFT", List.of("x", "step", "", "n"), integer("onesided", half)))
                .isEqualTo(shape);
        assertThat(shape(byWindow, "STFT", List.of("x", "step", "w"), integer("onesided", half)))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "8, 0", "8, 101"})
    void stft_framesThatDoNotFit_isRefused(long step, long length) {
        OnnxFile file = x(17, "2 100 1").wholeScalar("step", step).wholeScalar("n", length);

        assertThatThrownBy(() -> shape(file, "STFT", List.of("x", "step", "", "n")))
                .hasMessageContaining("frames of " + length + " in steps of " + step);
        assertThat(shape(
                        x(17, "2 100 1").wholeScalar("step", 1).wholeScalar("n", 100),
                        "STFT",
                        List.of("x", "step", "", "n")))
                .isEqualTo("[2, 1, 51, 2]");
    }

    // Training

    @ParameterizedTest
    @CsvSource({"NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"})
    void loss_ofScores_isOneNumberOrOneForEachLabel(String operator) {
        for (String reduction : List.of("none", "mean", "sum")) {
            OnnxFile file = x(17, "4 10 3").input("labels", INT64, 4, 3);

            assertThat(shape(file, operator, List.of("x", "labels"), OnnxFile.string("reduction", reduction)))
                    .isEqualTo(reduction.equals("none") ? "[4, 3]" : "[]");
        }
        assertThatThrownBy(() -> shape(x(17, "4 10 3").input("labels", INT64, 4, 2), operator, List.of("x", "labels")))
                .hasMessageContaining("labels [4, 2] do not fit the scores [4, 10, 3]");
    }

    /** For each tensor its value, its gradient and its moments; the outputs are values and then moments. */
    @ParameterizedTest
    @CsvSource({"Adagrad, 1", "Momentum, 1", "Adam, 2"})
    void optimiser_ofTwoTensors_updatesValuesAndMoments(String operator, int moments) {
        OnnxFile file =
                OnnxFile.opset(17).domain(TRAINING, 1).input("rate", FLOAT).input("count", INT64);
        List<String> inputs = new ArrayList<>(List.of("rate", "count"));
        List<String> outputs = new ArrayList<>();
        for (int group = 0; group < 2 + moments; group++) {
            for (int tensor = 0; tensor < 2; tensor++) {
                file.input("i" + group + tensor, FLOAT, tensor + 2, 5);
                inputs.add("i" + group + tensor);
                outputs.add("o" + group + tensor);
            }
        }
        List<String> updated = outputs.subList(0, 2 + 2 * moments);
        updated.forEach(file::output);
        file.node(OnnxFile.inDomain(TRAINING, OnnxFile.node("", operator, inputs, updated)));

        LayerGraph graph = OnnxReader.withDefaults().read(file.write(folder)).graph();

        assertThat(shapes(graph)).hasSize(2 + 2 * moments).containsSequence("[2, 5]", "[3, 5]", "[2, 5]", "[3, 5]");
    }

    @ParameterizedTest
    @CsvSource({"2", "4"})
    void optimiser_inputsThatDoNotFit_isRefused(int count) {
        OnnxFile file = OnnxFile.opset(17).domain(TRAINING, 1).input("x", FLOAT, 5);
        List<String> inputs = Collections.nCopies(count, "x");
        file.node(OnnxFile.inDomain(TRAINING, OnnxFile.node("", "Adagrad", inputs, List.of("y"))))
                .output("y");

        assertThatThrownBy(() -> OnnxReader.withDefaults().read(file.write(folder)))
                .hasMessageContaining("it has " + count + " inputs, which is not 2 and 3 for each tensor");
    }

    // Quantised and normalised values

    @Test
    void quantizeLinear_hasTheTypeOfItsZeroPointOrAttribute() {
        OnnxFile byZero = x(21, "2 3").scalarZero("s", FLOAT).scalarZero("z", INT8);
        OnnxFile byAttribute = x(21, "2 3").scalarZero("s", FLOAT);
        OnnxFile plain = x(21, "2 3").scalarZero("s", FLOAT);

        assertThat(type(byZero, List.of("x", "s", "z"))).isEqualTo(ElementType.INT8);
        assertThat(type(byAttribute, List.of("x", "s"), integer("output_dtype", INT8)))
                .isEqualTo(ElementType.INT8);
        assertThat(type(plain, List.of("x", "s"))).isEqualTo(ElementType.UINT8);
    }

    private ElementType type(OnnxFile file, List<String> inputs, Message... attributes) {
        return model(file, "QuantizeLinear", inputs, attributes)
                .graph()
                .outputs()
                .get(0)
                .type();
    }

    @Test
    void dynamicQuantizeLinear_deliversScaleAndZeroPoint() {
        List<String> outputs = List.of("y", "s", "z");
        OnnxFile file = x(17, "2 3").node("DynamicQuantizeLinear", List.of("x"), outputs);
        outputs.forEach(file::output);

        LayerGraph graph = OnnxReader.withDefaults().read(file.write(folder)).graph();

        assertThat(shapes(graph)).containsExactly("[2, 3]", "[]", "[]");
        assertThat(graph.outputs())
                .extracting(tensor -> tensor.type())
                .containsExactly(ElementType.UINT8, ElementType.FLOAT32, ElementType.UINT8);
    }

    @Test
    void layerNormalization_statistics_haveOneNumberForEachRow() {
        List<String> outputs = List.of("y", "mean", "deviation");
        OnnxFile file = x(17, "2 3 4 5")
                .weight("s", FLOAT, 4, 5)
                .node("LayerNormalization", List.of("x", "s"), outputs, integer("axis", 2));
        outputs.forEach(file::output);

        assertThat(shapes(OnnxReader.withDefaults().read(file.write(folder)).graph()))
                .containsExactly("[2, 3, 4, 5]", "[2, 3, 1, 1]", "[2, 3, 1, 1]");
    }

    @ParameterizedTest
    @CsvSource({"s", "b", "m", "v"})
    void batchNormalization_statisticsThatDoNotFit_isRefused(String wrong) {
        OnnxFile file = x(15, "2 3 5");
        List.of("s", "b", "m", "v").forEach(name -> file.weight(name, FLOAT, name.equals(wrong) ? 5 : 3));

        assertThatThrownBy(() -> shape(file, "BatchNormalization", List.of("x", "s", "b", "m", "v")))
                .hasMessageContaining("input '" + wrong + "' of shape [5] does not fit the 3 channels");
    }

    @Test
    void quantizedConvolution_ofWholeNumbers_isOfThirtyTwoBits() {
        OnnxFile file = OnnxFile.opset(17).input("x", UINT8, 1, 2, 5, 5).weight("w", UINT8, 4, 2, 3, 3);

        LayerGraph graph = model(file, "ConvInteger", List.of("x", "w")).graph();

        assertThat(graph.outputs().get(0).type()).isEqualTo(ElementType.INT32);
        assertThat(shapes(graph)).containsExactly("[1, 4, 3, 3]");
        assertThat(graph.macs()).isEqualTo(4 * 9 * 2 * 9);
        assertThat(graph.parameters()).isEqualTo(72);
    }

    /** The weights are those of a convolution; the offsets of each place are computed. */
    @Test
    void deformableConvolution_countsLikeAPlainOne() {
        OnnxFile file = x(19, "1 2 5 5")
                .weight("w", FLOAT, 4, 2, 3, 3)
                .input("o", FLOAT, 1, 18, 3, 3)
                .weight("b", FLOAT, 4);

        LayerGraph graph =
                model(file, "DeformConv", List.of("x", "w", "o", "b")).graph();

        assertThat(shapes(graph)).containsExactly("[1, 4, 3, 3]");
        assertThat(graph.macs()).isEqualTo(4 * 9 * 2 * 9);
        assertThat(graph.parameters()).isEqualTo(72 + 4);
    }

    @Test
    void convolution_weightsThatDoNotFit_areRefused() {
        OnnxFile groups = x(17, "1 4 5 5").weight("w", FLOAT, 5, 2, 3, 3);
        OnnxFile channels = x(17, "1 4 5 5").weight("w", FLOAT, 4, 3, 3, 3);
        OnnxFile kernel = x(17, "1 4 5 5").weight("w", FLOAT, 4, 4, 3, 3);

        assertThatThrownBy(() -> shape(groups, "Conv", List.of("x", "w"), integer("group", 2)))
                .hasMessageContaining("in 2 groups do not fit the input");
        assertThatThrownBy(() -> shape(channels, "Conv", List.of("x", "w")))
                .hasMessageContaining("in 1 groups do not fit the input");
        assertThatThrownBy(() -> shape(kernel, "Conv", List.of("x", "w"), ints("kernel_shape", 3, 2)))
                .hasMessageContaining("attribute 'kernel_shape' is [3, 2], but the weights are");
    }
}
