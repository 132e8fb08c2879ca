package io.github.codnn.onnx;

import static io.github.codnn.onnx.NumberText.whole;
import static io.github.codnn.testing.OnnxFile.BOOL;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.testing.OnnxFile;
import io.github.codnn.testing.OnnxFile.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shapes that a file computes from constants: the values of each operator, worked out by hand from its definition. They
 * become visible as the extents of a tensor.
 */
class FoldedValuesTest {

    private static final long SHIFT = 10; // so that numbers down to -9 are extents, too

    @TempDir
    private Path folder;

    private static float[] real(String text) {
        String[] parts = text.split(" ", -1);
        float[] values = new float[parts.length];
        for (int index = 0; index < parts.length; index++) {
            values[index] = Float.parseFloat(parts[index]);
        }
        return values;
    }

    /** Whole numbers in rows. */
    private static OnnxFile grid(OnnxFile file, String name, long[] extents, String values) {
        return file.initializer(OnnxFile.tensor(name, INT64, extents).packed(7, whole(values)));
    }

    private ImportedModel read(OnnxFile file, String computed) {
        return OnnxReader.withDefaults()
                .read(file.input("x", FLOAT, 1)
                        .whole("shift", SHIFT)
                        .whole("flat", -1)
                        .node("Cast", List.of(computed), "c", integer("to", INT64))
                        .node("Add", List.of("c", "shift"), "sum")
                        .node("Reshape", List.of("sum", "flat"), "target")
                        .node("Expand", List.of("x", "target"), "y")
                        .output("y")
                        .write(folder));
    }

    /** The computed values, cut off towards zero. */
    private String values(OnnxFile file, String computed) {
        ImportedModel model = read(file, computed);
        assertThat(model.notices()).isEmpty();
        TensorShape shape = model.graph().outputs().get(0).shape();
        return IntStream.range(0, shape.rank())
                .mapToObj(axis -> String.valueOf(shape.dimension(axis) - SHIFT))
                .collect(Collectors.joining(" "));
    }

    private String values(OnnxFile file, String operator, List<String> inputs, Message... attributes) {
        return values(file.node(operator, inputs, "r", attributes), "r");
    }

    @ParameterizedTest
    @CsvSource({
        "Add, 2 3, 4 -5, 6 -2",
        "Sub, 7 3, 4 5, 3 -2",
        "Sub, 7 3, 2, 5 1",
        "Mul, 2 3, 4 -1, 8 -3",
        "Div, 9 -7, 2 2, 4 -3",
        "Mod, 7 -7 7, 4 4 -4, 3 1 -1",
        "Max, 2 5, 4 3, 4 5",
        "Min, 2 5, 4 3, 2 3",
        "Pow, 2 3, 3 2, 8 9",
        "Equal, 1 2 3, 2 2 2, 0 1 0",
        "Less, 1 2 3, 2 2 2, 1 0 0",
        "Greater, 1 2 3, 2 2 2, 0 0 1",
        "LessOrEqual, 1 2 3, 2 2 2, 1 1 0",
        "GreaterOrEqual, 1 2 3, 2 2 2, 0 1 1",
    })
    void binary_ofWholeNumbers_isExact(String operator, String a, String b, String expected) {
        OnnxFile file = OnnxFile.opset(17).whole("a", whole(a)).whole("b", whole(b));

        assertThat(values(file, operator, List.of("a", "b"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Add, 1.5 2, 2.5 -4, 4 -2",
        "Sub, 7.5 2, 4.5 5, 3 -3",
        "Mul, 1.5 2, 4 -2, 6 -4",
        "Div, 7 1, 2 0.25, 3 4",
        "Max, 2 5, 4.5 3, 4 5",
        "Min, 2.5 5, 4 3, 2 3",
        "Pow, 2 9, 3 0.5, 8 3",
        "Equal, 1.5 1.25, 1.5 1.5, 1 0",
        "Less, 1.25 1.5 1.75, 1.5, 1 0 0",
        "Greater, 1.25 1.5 1.75, 1.5, 0 0 1",
        "LessOrEqual, 1.25 1.5 1.75, 1.5, 1 1 0",
        "GreaterOrEqual, 1.25 1.5 1.75, 1.5, 0 1 1",
    })
    void binary_ofRealNumbers_isComputed(String operator, String a, String b, String expected) {
        OnnxFile file = OnnxFile.opset(17).real("a", real(a)).real("b", real(b));

        assertThat(values(file, operator, List.of("a", "b"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"And, 0 0 0 1", "Or, 0 1 1 1"})
    void binary_ofTruths_isComputed(String operator, String expected) {
        OnnxFile file = OnnxFile.opset(17)
                .whole("a", 0, 0, 7, 7)
                .whole("b", 0, -3, 0, 1)
                .node("Cast", List.of("a"), "p", integer("to", BOOL))
                .node("Cast", List.of("b"), "q", integer("to", BOOL));

        assertThat(values(file, operator, List.of("p", "q"))).isEqualTo(expected);
    }

    /** The remainder has the sign of the dividend, as in C. */
    @Test
    void mod_asInC_hasTheSignOfTheDividend() {
        OnnxFile whole = OnnxFile.opset(17).whole("a", 7, -7).whole("b", 4, 4);
        OnnxFile real = OnnxFile.opset(17).real("a", 7.5f, -7).real("b", 4, 4);

        assertThat(values(whole, "Mod", List.of("a", "b"), integer("fmod", 1))).isEqualTo("3 -3");
        assertThat(values(real, "Mod", List.of("a", "b"), integer("fmod", 1))).isEqualTo("3 -3");
    }

    @Test
    void pow_baseAndExponentOfDifferentTypes_isComputedAsReal() {
        OnnxFile realBase = OnnxFile.opset(17).real("a", 1.5f, 3).whole("b", 2, 2);
        OnnxFile realExponent = OnnxFile.opset(17).whole("a", 4, 9).real("b", 0.5f, 0.5f);

        assertThat(values(realBase, "Pow", List.of("a", "b"))).isEqualTo("2 9");
        assertThat(values(realExponent, "Pow", List.of("a", "b"))).isEqualTo("2 3");
    }

    @ParameterizedTest
    @CsvSource({"Div", "Mod"})
    void binary_divisionByZero_isRefused(String operator) {
        OnnxFile file = OnnxFile.opset(17).whole("a", 4, 4).whole("b", 2, 0).node(operator, List.of("a", "b"), "r");

        assertThatThrownBy(() -> read(file, "r")).hasMessageContaining("it divides by 0");
    }

    @ParameterizedTest
    @CsvSource({
        "Neg, 3 -4, -3 4",
        "Abs, 3 -4, 3 4",
        "Floor, 3 -4, 3 -4",
        "Ceil, 3 -4, 3 -4",
        "Round, 3 -4, 3 -4",
        "Sqrt, 9 16, 3 4",
        "Reciprocal, 1 2, 1 0",
        "Identity, 5 6, 5 6",
    })
    void unary_ofWholeNumbers_isExact(String operator, String a, String expected) {
        assertThat(values(OnnxFile.opset(17).whole("a", whole(a)), operator, List.of("a")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Neg, 1.5 -2, -1 2",
        "Abs, -1.5 2, 1 2",
        "Floor, 1.5 -1.5, 1 -2",
        "Ceil, 1.5 -1.5, 2 -1",
        "Round, 1.5 2.5 -1.75, 2 2 -2",
        "Sqrt, 9 20.25, 3 4",
        "Reciprocal, 0.5 0.25, 2 4",
    })
    void unary_ofRealNumbers_isComputed(String operator, String a, String expected) {
        assertThat(values(OnnxFile.opset(17).real("a", real(a)), operator, List.of("a")))
                .isEqualTo(expected);
    }

    @Test
    void not_ofTruths_isTheOpposite() {
        OnnxFile file = OnnxFile.opset(17).whole("a", 0, 7).node("Cast", List.of("a"), "p", integer("to", BOOL));

        assertThat(values(file, "Not", List.of("p"))).isEqualTo("1 0");
    }

    @Test
    void cast_toTruths_isWhetherNotZero() {
        OnnxFile file = OnnxFile.opset(17).real("a", 0, 0.5f, -2);

        assertThat(values(file, "Cast", List.of("a"), integer("to", BOOL))).isEqualTo("0 1 1");
    }

    @Test
    void where_truths_takesFromEither() {
        OnnxFile file = OnnxFile.opset(17)
                .whole("t", 1, 0, 1)
                .whole("a", 1, 2, 3)
                .whole("b", 4, 5, 6)
                .node("Cast", List.of("t"), "p", integer("to", BOOL));

        assertThat(values(file, "Where", List.of("p", "a", "b"))).isEqualTo("1 5 3");
    }

    @ParameterizedTest
    @CsvSource({"ReduceProd, 24, 12", "ReduceSum, 9, 7", "ReduceMax, 4, 4", "ReduceMin, 2, 1"})
    void reduction_ofAll_isOneNumber(String operator, String ofWhole, String ofReal) {
        OnnxFile whole = OnnxFile.opset(17).whole("a", 2, 3, 4);
        OnnxFile real = OnnxFile.opset(17).real("a", 1.5f, 2, 4);

        assertThat(values(whole, operator, List.of("a"))).isEqualTo(ofWhole);
        assertThat(values(real, operator, List.of("a"))).isEqualTo(ofReal);
    }

    /** Sums of rows and the product of no numbers are not computed: shapes are not made of them. */
    @Test
    void reduction_ofRowsOrOfNothing_staysUnknown() {
        OnnxFile rows = grid(OnnxFile.opset(17), "a", new long[] {2, 2}, "1 2 3 4")
                .whole("axis", 1)
                .node("ReduceSum", List.of("a", "axis"), "r");
        OnnxFile nothing = OnnxFile.opset(17).whole("a").node("ReduceProd", List.of("a"), "r");

        for (OnnxFile file : List.of(rows, nothing)) {
            assertThatThrownBy(() -> read(file, "r")).hasMessageContaining("depends on the values of 'target'");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 7, 2, 1 3 5", "1, 6, 2, 1 3 5", "3, 0, -1, 3 2 1"})
    void range_wholeNumbers_countsInSteps(long start, long limit, long step, String expected) {
        OnnxFile file = OnnxFile.opset(17)
                .wholeScalar("a", start)
                .wholeScalar("b", limit)
                .wholeScalar("d", step);

        assertThat(values(file, "Range", List.of("a", "b", "d"))).isEqualTo(expected);
    }

    @Test
    void range_realNumbers_countsInSteps() {
        OnnxFile file =
                OnnxFile.opset(17).realScalar("a", 1.5f).realScalar("b", 6).realScalar("d", 1.5f);

        assertThat(values(file, "Range", List.of("a", "b", "d"))).isEqualTo("1 3 4");
    }

    @Test
    void constantOfShape_isFilledWithItsValueOrZeros() {
        OnnxFile filled = OnnxFile.opset(17).whole("n", 2);
        OnnxFile zeros = OnnxFile.opset(17).whole("n", 2);

        assertThat(values(
                        filled, "ConstantOfShape", List.of("n"), OnnxFile.tensorValue("value", OnnxFile.wholes("", 7))))
                .isEqualTo("7 7");
        assertThat(values(zeros, "ConstantOfShape", List.of("n"))).isEqualTo("0 0");
    }

    @Test
    void shapeAndSize_ofAnInput_areItsExtentsAndTheirProduct() {
        OnnxFile shape = OnnxFile.opset(17).input("in", FLOAT, 2, 3, 4);
        OnnxFile part = OnnxFile.opset(17).input("in", FLOAT, 2, 3, 4);
        OnnxFile size = OnnxFile.opset(17).input("in", FLOAT, 2, 3, 4);

        assertThat(values(shape, "Shape", List.of("in"))).isEqualTo("2 3 4");
        assertThat(values(part, "Shape", List.of("in"), integer("start", 1), integer("end", -1)))
                .isEqualTo("3");
        assertThat(values(size, "Size", List.of("in"))).isEqualTo("24");
    }

    @Test
    void constant_ofAnAttribute_isItsNumbers() {
        assertThat(constant(integer("value_int", 7))).isEqualTo("7");
        assertThat(constant(OnnxFile.floating("value_float", 2.5f))).isEqualTo("2");
        assertThat(constant(ints("value_ints", 3, 4))).isEqualTo("3 4");
        assertThat(constant(OnnxFile.reals("value_floats", 1.5f, 4))).isEqualTo("1 4");
        assertThat(constant(OnnxFile.tensorValue("value", OnnxFile.wholes("", 5, 6))))
                .isEqualTo("5 6");
        assertThatThrownBy(() -> constant(OnnxFile.string("value_string", "a")))
                .hasMessageContaining("it has no number for a value");
    }

    private String constant(Message attribute) {
        return values(OnnxFile.opset(17), "Constant", List.of(), attribute);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 1 0, 4 5 6 1 2 3",
        "1, 2, 2 0, 3 1 6 4",
        "1, 2, -1 0, 3 1 6 4",
        "-1, 1, 1, 2 5",
        "0, 1, -1, 4 5 6"
    })
    void gather_alongAnAxis_picksThere(long axis, long count, String indices, String expected) {
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6");
        grid(file, "i", new long[] {count}, indices);

        assertThat(values(file, "Gather", List.of("a", "i"), integer("axis", axis)))
                .isEqualTo(expected);
    }

    @Test
    void gather_rowsOfIndices_putsTheirAxesThere() {
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6");
        grid(file, "i", new long[] {2, 2}, "0 1 2 0");
        OnnxFile inner = grid(OnnxFile.opset(17), "a", new long[] {2, 3, 2}, "1 2 3 4 5 6 7 8 9 10 11 12");
        grid(inner, "i", new long[] {1, 2}, "2 0");

        assertThat(values(file, "Gather", List.of("a", "i"), integer("axis", 1)))
                .isEqualTo("1 2 3 1 4 5 6 4");
        assertThat(values(inner, "Gather", List.of("a", "i"), integer("axis", 1)))
                .isEqualTo("5 6 1 2 11 12 7 8");
    }

    /** Number (i, j, k) of 2 x 3 x 2 is 6 i + 2 j + k + 1. */
    @Test
    void transpose_permutesAxes() {
        OnnxFile plain = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6");
        OnnxFile three = grid(OnnxFile.opset(17), "a", new long[] {2, 3, 2}, "1 2 3 4 5 6 7 8 9 10 11 12");

        assertThat(values(plain, "Transpose", List.of("a"))).isEqualTo("1 4 2 5 3 6");
        assertThat(values(three, "Transpose", List.of("a"), ints("perm", 1, 2, 0)))
                .isEqualTo("1 7 2 8 3 9 4 10 5 11 6 12");
    }

    @Test
    void tile_repeatsWhole() {
        OnnxFile file =
                grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6").whole("n", 1, 2);
        OnnxFile rows =
                grid(OnnxFile.opset(17), "a", new long[] {2, 2}, "1 2 3 4").whole("n", 2, 1);

        assertThat(values(file, "Tile", List.of("a", "n"))).isEqualTo("1 2 3 1 2 3 4 5 6 4 5 6");
        assertThat(values(rows, "Tile", List.of("a", "n"))).isEqualTo("1 2 3 4 1 2 3 4");
    }

    @Test
    void expand_repeatsAlongAxesOfOne() {
        OnnxFile column =
                grid(OnnxFile.opset(17), "a", new long[] {2, 1}, "1 2").whole("n", 2, 3);
        OnnxFile row = grid(OnnxFile.opset(17), "a", new long[] {3}, "1 2 3").whole("n", 2, 3);

        assertThat(values(column, "Expand", List.of("a", "n"))).isEqualTo("1 1 1 2 2 2");
        assertThat(values(row, "Expand", List.of("a", "n"))).isEqualTo("1 2 3 1 2 3");
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 1, 2 3 5 6", "-1, -4, -1, 3 2 1 6 5 4", "0, 3, 2, 1 3 4 6"})
    void slice_ofColumns_picksInSteps(long start, long end, long step, String expected) {
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6")
                .whole("from", start)
                .whole("to", end)
                .whole("axes", 1)
                .whole("steps", step);

        assertThat(values(file, "Slice", List.of("a", "from", "to", "axes", "steps")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1 2 3 7 4 5 6 8, '2,1'", "0, 1 2 3 4 5 6 7 8 9, '1,3'"})
    void concat_alongAnAxis_joinsThere(long axis, String expected, String extents) {
        long[] shape = whole(extents.replace(',', ' '));
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6");
        grid(file, "b", shape, axis == 1 ? "7 8" : "7 8 9");

        assertThat(values(file, "Concat", List.of("a", "b"), integer("axis", axis)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"first, 1 4", "second, 2 3 5 6"})
    void split_ofColumns_deliversItsParts(String output, String expected) {
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {2, 3}, "1 2 3 4 5 6")
                .whole("n", 1, 2)
                .node("Split", List.of("a", "n"), List.of("first", "second"), integer("axis", 1));

        assertThat(values(file, output)).isEqualTo(expected);
    }

    @Test
    void scatterNd_intoAVector_replacesNumbers() {
        OnnxFile file = OnnxFile.opset(17).whole("a", 1, 2, 3, 4).whole("u", 9, 8);
        grid(file, "i", new long[] {2, 1}, "1 -1");

        assertThat(values(file, "ScatterND", List.of("a", "i", "u"))).isEqualTo("1 9 3 8");
    }

    @ParameterizedTest
    @CsvSource({"Flatten", "Squeeze", "Reshape", "Unsqueeze", "Dropout"})
    void otherShape_keepsTheOrder(String operator) {
        OnnxFile file = grid(OnnxFile.opset(17), "a", new long[] {1, 2, 2}, "4 3 2 1")
                .whole("axes", 0)
                .whole("to", 4);
        List<String> inputs = switch (operator) {
            case "Squeeze", "Unsqueeze" -> List.of("a", "axes");
            case "Reshape" -> List.of("a", "to");
            default -> List.of("a");
        };

        assertThat(values(file, operator, inputs)).isEqualTo("4 3 2 1");
    }
}
