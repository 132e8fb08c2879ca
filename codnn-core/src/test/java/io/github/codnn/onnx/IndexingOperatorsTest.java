package io.github.codnn.onnx;

import static io.github.codnn.onnx.NumberText.extents;
import static io.github.codnn.onnx.NumberText.whole;
import static io.github.codnn.testing.OnnxFile.DOUBLE;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.UINT8;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that make, cut, repeat, look up and multiply tensors: shapes and types by their definitions. */
class IndexingOperatorsTest {

    @TempDir
    private Path folder;

    private LayerGraph graph(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return OnnxReader.withDefaults()
                .read(file.node(operator, inputs, "y", attributes).output("y").write(folder))
                .graph();
    }

    private String shape(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return graph(file, operator, inputs, attributes)
                .outputs()
                .get(0)
                .shape()
                .toString();
    }

    private ElementType type(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return graph(file, operator, inputs, attributes).outputs().get(0).type();
    }

    private static OnnxFile x(long opset, String extents) {
        return OnnxFile.opset(opset).input("x", FLOAT, extents(extents));
    }

    @ParameterizedTest
    @CsvSource({"2 8, '', '[2, 8]'", "3, 1, '[4, 3]'", "3, -2, '[3, 6]'"})
    void centerCropPad_hasTheExtentsAskedFor(String wanted, String axes, String shape) {
        Message[] attributes = axes.isEmpty() ? new Message[0] : new Message[] {ints("axes", whole(axes))};

        assertThat(shape(x(18, "4 6").whole("n", whole(wanted)), "CenterCropPad", List.of("x", "n"), attributes))
                .isEqualTo(shape);
    }

    @Test
    void centerCropPad_extentsThatDoNotFit_isRefused() {
        assertThatThrownBy(() -> shape(x(18, "4 6").whole("n", 3), "CenterCropPad", List.of("x", "n")))
                .hasMessageContaining("extents [3] do not fit axes [0, 1]");
    }

    /** 9 rows without 2 above and 4 below, 8 columns without 1 left and 3 right. */
    @Test
    void crop_borderOrScale_leavesTheRest() {
        assertThat(shape(x(1, "1 2 9 8"), "Crop", List.of("x"), ints("border", 1, 2, 3, 4)))
                .isEqualTo("[1, 2, 3, 4]");
        assertThat(shape(x(1, "1 2 9 8"), "Crop", List.of("x"), ints("border", 1, 2, 0, 0), ints("scale", 5, 6)))
                .isEqualTo("[1, 2, 5, 6]");
    }

    @ParameterizedTest
    @CsvSource({"3, '[2, 6]'", "4, '[4, 3]'"})
    void concat_withoutAxis_joinsTheSecondInTheFirstOperatorSets(long opset, String shape) {
        assertThat(shape(x(opset, "2 3"), "Concat", List.of("x", "x"))).isEqualTo(shape);
    }

    @Test
    void pad_withoutPads_isRefused() {
        assertThatThrownBy(() -> shape(x(17, "2 3"), "Pad", List.of("x")))
                .hasMessageContaining("it does not say how much");
    }

    @Test
    void tile_ofOldOperatorSets_repeatsOneAxis() {
        OnnxFile old = x(5, "2 3").wholeScalar("n", 4).wholeScalar("axis", 1);

        assertThat(shape(old, "Tile", List.of("x", "n", "axis"))).isEqualTo("[2, 12]");
        assertThat(shape(x(6, "2 3").whole("n", 4, 5), "Tile", List.of("x", "n")))
                .isEqualTo("[8, 15]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5 2, '[5, 4]'",
        "0, 5 3, '[5]'",
        "0, 5 0, '[5, 2, 3, 4]'",
        "1, 2 5 1, '[2, 5, 4]'",
        "1, 2 5 2, '[2, 5]'",
        "2, 2 3 1, '[2, 3]'"
    })
    void gatherNd_takesWhatItsPositionsLeave(long batch, String indices, String shape) {
        OnnxFile file = x(17, "2 3 4").input("i", INT64, extents(indices));

        assertThat(shape(file, "GatherND", List.of("x", "i"), integer("batch_dims", batch)))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"0, 5 4, do not fit data", "1, 2 5 3, do not fit data", "3, 2 3 1, must lie between 0 and 2"})
    void gatherNd_positionsThatDoNotFit_isRefused(long batch, String indices, String reason) {
        OnnxFile file = x(17, "2 3 4").input("i", INT64, extents(indices));

        assertThatThrownBy(() -> shape(file, "GatherND", List.of("x", "i"), integer("batch_dims", batch)))
                .hasMessageContaining(reason);
    }

    // Other shapes of the same elements

    @Test
    void reshaping_withoutItsSetting_isRefused() {
        assertThatThrownBy(() -> shape(x(17, "2 3"), "Reshape", List.of("x")))
                .hasMessageContaining("it does not say which shape");
        assertThatThrownBy(() -> shape(x(17, "2 3"), "Unsqueeze", List.of("x")))
                .hasMessageContaining("it does not say which axes");
    }

    @ParameterizedTest
    @CsvSource({"-1 0, '[2, 3]'", "0 -1, '[2, 3]'", "6, '[6]'", "3 1 -1, '[3, 1, 2]'"})
    void reshape_openAndCopiedExtents_followFromTheInput(String wanted, String shape) {
        assertThat(shape(x(17, "2 3").whole("n", whole(wanted)), "Reshape", List.of("x", "n")))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "-1 -1, it asks for the shape",
        "-2 3, it asks for the shape",
        "1 1 0, it copies extent 2",
        "4 -1, cannot take the shape",
        "5, cannot take the shape"
    })
    void reshape_thatDoesNotFit_isRefused(String wanted, String reason) {
        assertThatThrownBy(() -> shape(x(17, "2 3").whole("n", whole(wanted)), "Reshape", List.of("x", "n")))
                .hasMessageContaining(reason);
    }

    @Test
    void blocks_thatDoNotFit_areRefused() {
        assertThatThrownBy(() -> shape(x(17, "1 6 2 2"), "DepthToSpace", List.of("x"), integer("blocksize", 2)))
                .hasMessageContaining("cannot be spread over blocks of 2");
        for (String image : List.of("1 1 3 2", "1 1 2 3")) {
            assertThatThrownBy(() -> shape(x(17, image), "SpaceToDepth", List.of("x"), integer("blocksize", 2)))
                    .hasMessageContaining("cannot be cut into blocks of 2");
        }
    }

    @Test
    void reverseSequence_keepsTheShape() {
        OnnxFile file = x(17, "5 2 3").input("n", INT64, 2);

        assertThat(shape(file, "ReverseSequence", List.of("x", "n"))).isEqualTo("[5, 2, 3]");
    }

    @ParameterizedTest
    @CsvSource({"9, FLOAT32", "10, BOOL"})
    void dropout_mask_isOfTruthsSinceOperatorSetTen(long opset, ElementType mask) {
        OnnxFile file = x(opset, "2 3")
                .node("Dropout", List.of("x"), List.of("y", "m"))
                .output("y")
                .output("m");

        LayerGraph graph = OnnxReader.withDefaults().read(file.write(folder)).graph();

        assertThat(graph.outputs()).extracting(tensor -> tensor.type()).containsExactly(ElementType.FLOAT32, mask);
    }

    // Generators

    @ParameterizedTest
    @CsvSource({"EyeLike", "RandomNormalLike", "RandomUniformLike"})
    void like_anotherTensor_hasItsShapeAndTypeUnlessToldOtherwise(String operator) {
        assertThat(shape(x(17, "2 3"), operator, List.of("x"))).isEqualTo("[2, 3]");
        assertThat(type(x(17, "2 3"), operator, List.of("x"))).isEqualTo(ElementType.FLOAT32);
        assertThat(type(x(17, "2 3"), operator, List.of("x"), integer("dtype", DOUBLE)))
                .isEqualTo(ElementType.FLOAT64);
    }

    @ParameterizedTest
    @CsvSource({"RandomNormal", "RandomUniform"})
    void random_hasItsShape(String operator) {
        assertThat(shape(OnnxFile.opset(17), operator, List.of(), ints("shape", 4, 5)))
                .isEqualTo("[4, 5]");
        assertThat(type(OnnxFile.opset(17), operator, List.of(), ints("shape", 4), integer("dtype", DOUBLE)))
                .isEqualTo(ElementType.FLOAT64);
        assertThatThrownBy(() -> shape(OnnxFile.opset(17), operator, List.of()))
                .hasMessageContaining("it has no shape");
    }

    @Test
    void multinomial_drawsForEachRow() {
        assertThat(shape(x(17, "3 9"), "Multinomial", List.of("x"))).isEqualTo("[3, 1]");
        assertThat(shape(x(17, "3 9"), "Multinomial", List.of("x"), integer("sample_size", 5)))
                .isEqualTo("[3, 5]");
        assertThat(type(x(17, "3 9"), "Multinomial", List.of("x"))).isEqualTo(ElementType.INT32);
    }

    @ParameterizedTest
    @CsvSource({"BlackmanWindow", "HannWindow", "HammingWindow"})
    void window_hasItsLength(String operator) {
        OnnxFile file = x(17, "1").wholeScalar("n", 16).node(operator, List.of("n"), "w");

        assertThat(shape(file, "Add", List.of("w", "x"))).isEqualTo("[16]");
    }

    @Test
    void window_ofAnotherType_hasThat() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", DOUBLE, 1)
                .wholeScalar("n", 16)
                .node("HannWindow", List.of("n"), "w", integer("output_datatype", DOUBLE));

        assertThat(type(file, "Add", List.of("w", "x"))).isEqualTo(ElementType.FLOAT64);
    }

    /** Frequencies of a transform of length 16 up to half of it, in 8 bands. */
    @Test
    void melWeightMatrix_hasARowForEachFrequency() {
        OnnxFile file = x(17, "1")
                .wholeScalar("bands", 8)
                .wholeScalar("length", 16)
                .wholeScalar("rate", 8000)
                .realScalar("low", 0)
                .realScalar("high", 4000)
                .node("MelWeightMatrix", List.of("bands", "length", "rate", "low", "high"), "w");

        assertThat(shape(file, "Add", List.of("w", "x"))).isEqualTo("[9, 8]");
    }

    // Matrices

    @Test
    void qLinearMatMul_hasTheTypeOfItsZeroPoint() {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", OnnxFile.INT8, 2, 3)
                .weight("w", OnnxFile.INT8, 3, 5)
                .scalarZero("s", FLOAT)
                .scalarZero("z", OnnxFile.INT8)
                .scalarZero("to", UINT8);

        LayerGraph graph = graph(file, "QLinearMatMul", List.of("x", "s", "z", "w", "s", "z", "s", "to"));

        assertThat(graph.outputs().get(0).type()).isEqualTo(ElementType.UINT8);
        assertThat(graph.outputs().get(0).shape()).hasToString("[2, 5]");
        assertThat(graph.macs()).isEqualTo(2 * 3 * 5);
        assertThat(graph.parameters()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({"5 3 3, '[5]'", "3 3, '[]'"})
    void det_ofMatrices_isOneNumberEach(String extents, String shape) {
        assertThat(shape(x(17, extents), "Det", List.of("x"))).isEqualTo(shape);
    }

    @Test
    void gemm_ofOldOperatorSets_takesImagesForRows() {
        LayerGraph graph = graph(x(5, "2 3 2 2").weight("w", FLOAT, 12, 5), "Gemm", List.of("x", "w"));

        assertThat(graph.outputs().get(0).shape()).hasToString("[2, 5]");
        assertThat(graph.macs()).isEqualTo(2 * 12 * 5);
        assertThatThrownBy(() -> graph(x(6, "2 3 2 2").weight("w", FLOAT, 12, 5), "Gemm", List.of("x", "w")))
                .hasMessageContaining("must have 2 axes");
    }

    /** What each index is used for once, in alphabetical order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ij,jk | 2 3 | 3 5 | [2, 5]",
                "kj,ji | 2 3 | 3 5 | [5, 2]",
                "...ij,...jk | 7 2 3 | 3 5 | [7, 2, 5]",
                "ij,ij | 2 3 | 2 3 | []",
                "ij,ij->ij | 2 3 | 1 3 | [2, 3]"
            })
    void einsum_withoutArrow_deliversIndicesUsedOnce(String equation, String a, String b, String shape) {
        OnnxFile file = x(17, a).input("b", FLOAT, extents(b));

        assertThat(shape(file, "Einsum", List.of("x", "b"), OnnxFile.string("equation", equation)))
                .isEqualTo(shape);
    }

    /** Index i is needed again by the last operand: 2 x 3 x 5 + 2 x 5 x 7 + 2 x 7 x 4. */
    @Test
    void einsum_indexThatALaterOperandNeeds_staysUntilThen() {
        OnnxFile file =
                x(17, "2 3").input("b", FLOAT, 3, 5).input("c", FLOAT, 5, 7).input("d", FLOAT, 2, 4);

        LayerGraph graph =
                graph(file, "Einsum", List.of("x", "b", "c", "d"), OnnxFile.string("equation", "ij,jk,kl,im->lm"));

        assertThat(graph.outputs().get(0).shape()).hasToString("[7, 4]");
        assertThat(graph.macs()).isEqualTo(30 + 70 + 56);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ij,jk->ik | index 'j' is both 3 and 4",
                "ij->i | does not fit 2 inputs",
                "ij,kl->im | delivers an index that no input has",
                "ij,k->i | term 'k' does not fit an input [4, 5]"
            })
    void einsum_thatDoesNotFit_isRefused(String equation, String reason) {
        OnnxFile file = x(17, "2 3").input("b", FLOAT, 4, 5);

        assertThatThrownBy(() -> shape(file, "Einsum", List.of("x", "b"), OnnxFile.string("equation", equation)))
                .hasMessageContaining(reason);
    }
}
