package io.github.codnn.testing;

import static io.github.codnn.testing.OnnxFile.BOOL;
import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT64;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static io.github.codnn.testing.OnnxFile.string;

import io.github.codnn.testing.OnnxFile.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Cases of transformers and recurrent networks: matrices, shape arithmetic, indexing, reductions and element-wise work.
 */
public final class OnnxSequenceCases {

    private final List<OnnxCase> cases = new ArrayList<>();

    private OnnxSequenceCases() {}

    /**
     * Returns all cases.
     *
     * @return the cases
     */
    public static List<OnnxCase> all() {
        OnnxSequenceCases all = new OnnxSequenceCases();
        all.matrices();
        all.recurrent();
        all.reshaping();
        all.shapeArithmetic();
        all.indexing();
        all.reductions();
        all.elementwise();
        all.control();
        return List.copyOf(all.cases);
    }

    private void add(OnnxCase one) {
        cases.add(one);
    }

    private static Object[] x(Object... extents) {
        return extents;
    }

    private static OnnxFile single(int opset, Object[] x, String operator, List<String> inputs, Message... attributes) {
        return OnnxImageCases.single(opset, x, operator, inputs, attributes);
    }

    private static OnnxFile two(int opset, Object[] a, Object[] b, String operator, Message... attributes) {
        return OnnxFile.opset(opset)
                .input("a", FLOAT, a)
                .input("b", FLOAT, b)
                .node(operator, List.of("a", "b"), "y", attributes)
                .output("y");
    }

    private void matrices() {
        add(OnnxCase.of(
                        "Gemm",
                        single(13, x(3, 4), "Gemm", List.of("x", "w", "b"), integer("transB", 1))
                                .weight("w", FLOAT, 5, 4)
                                .weight("b", FLOAT, 5),
                        "[3, 5]")
                .macs(60)
                .parameters(25));
        add(OnnxCase.of(
                        "Gemm of a transposed input",
                        single(13, x(4, 3), "Gemm", List.of("x", "w"), integer("transA", 1))
                                .weight("w", FLOAT, 4, 5),
                        "[3, 5]")
                .macs(60)
                .parameters(20));
        add(OnnxCase.of("MatMul of two inputs", two(13, x(2, 1, 3, 4), x(5, 4, 6), "MatMul"), "[2, 5, 3, 6]")
                .macs(10 * 3 * 4 * 6));
        add(OnnxCase.of("MatMul of vectors", two(13, x(4), x(4), "MatMul"), "[]")
                .macs(4));
        add(OnnxCase.of("MatMul with a vector", two(13, x(2, 3, 4), x(4), "MatMul"), "[2, 3]")
                .macs(24));
        add(OnnxCase.of(
                        "MatMul with weights",
                        single(13, x(2, 3, 4), "MatMul", List.of("x", "w")).weight("w", FLOAT, 4, 5),
                        "[2, 3, 5]")
                .macs(120)
                .parameters(20));
        add(OnnxCase.of(
                        "Einsum of attention",
                        two(12, x(2, 3, 4, 5), x(2, 6, 4, 5), "Einsum", string("equation", "bqhd,bkhd->bhqk")),
                        "[2, 4, 3, 6]")
                .macs(2 * 4 * 3 * 6 * 5));
        add(OnnxCase.of(
                        "Einsum with an ellipsis",
                        two(12, x(7, 2, 3), x(7, 3, 5), "Einsum", string("equation", "...ij,...jk->...ik")),
                        "[7, 2, 5]")
                .macs(7 * 2 * 3 * 5));
    }

    private static OnnxCase recurrent(String operator, int gates, int directions, Message... attributes) {
        return OnnxCase.of(
                        operator + " " + directions,
                        OnnxFile.opset(14)
                                .input("x", FLOAT, 7, 2, 5)
                                .weight("w", FLOAT, directions, gates * 3L, 5)
                                .weight("r", FLOAT, directions, gates * 3L, 3)
                                .weight("b", FLOAT, directions, gates * 6L)
                                .node(operator, List.of("x", "w", "r", "b"), List.of("y", "h"), attributes)
                                .output("y")
                                .output("h"),
                        "[7, " + directions + ", 2, 3]",
                        "[" + directions + ", 2, 3]")
                .macs(7L * 2 * directions * gates * 3 * (5 + 3))
                .parameters(3L * directions * gates * (5 + 3 + 2));
    }

    private void recurrent() {
        Message hidden = integer("hidden_size", 3);
        add(recurrent("LSTM", 4, 1, hidden));
        add(recurrent("LSTM", 4, 2, hidden, string("direction", "bidirectional")));
        add(recurrent("GRU", 3, 1, hidden));
        add(recurrent("RNN", 1, 2, hidden, string("direction", "bidirectional")));
    }

    private void reshaping() {
        add(OnnxCase.of(
                "Reshape", single(13, x(2, 3, 4), "Reshape", List.of("x", "s")).whole("s", 0, -1), "[2, 12]"));
        add(OnnxCase.of(
                "Reshape by attribute", single(1, x(2, 3, 4), "Reshape", List.of("x"), ints("shape", 6, 4)), "[6, 4]"));
        add(OnnxCase.of("Flatten", single(13, x(2, 3, 4), "Flatten", List.of("x"), integer("axis", 2)), "[6, 4]"));
        add(OnnxCase.of(
                "Flatten from the back",
                single(13, x(2, 3, 4), "Flatten", List.of("x"), integer("axis", -1)),
                "[6, 4]"));
        add(OnnxCase.of("Squeeze", single(13, x(1, 3, 1), "Squeeze", List.of("x")), "[3]"));
        add(OnnxCase.of(
                "Squeeze by input",
                single(13, x(1, 3, 1), "Squeeze", List.of("x", "a")).whole("a", -1),
                "[1, 3]"));
        add(OnnxCase.of(
                "Unsqueeze by attribute",
                single(11, x(2, 3), "Unsqueeze", List.of("x"), ints("axes", 0, -1)),
                "[1, 2, 3, 1]"));
        add(OnnxCase.of(
                "Unsqueeze by input",
                single(13, x(2, 3), "Unsqueeze", List.of("x", "a")).whole("a", 1, 3),
                "[2, 1, 3, 1]"));
        add(OnnxCase.of("Transpose", single(13, x(2, 3, 4), "Transpose", List.of("x")), "[4, 3, 2]"));
        add(OnnxCase.of(
                "Transpose in an order",
                single(13, x(2, 3, 4), "Transpose", List.of("x"), ints("perm", 0, 2, 1)),
                "[2, 4, 3]"));
        add(OnnxCase.of(
                "Expand", single(13, x(3, 1), "Expand", List.of("x", "s")).whole("s", 2, 1, 4), "[2, 3, 4]"));
        add(OnnxCase.of("Tile", single(13, x(3, 2), "Tile", List.of("x", "r")).whole("r", 2, 3), "[6, 6]"));
        add(OnnxCase.of("Identity", single(13, x(3, 2), "Identity", List.of("x")), "[3, 2]"));
        add(OnnxCase.of("Dropout", single(13, x(3, 2), "Dropout", List.of("x")), "[3, 2]"));
        add(OnnxCase.of("Trilu", single(14, x(3, 2), "Trilu", List.of("x")), "[3, 2]"));
    }

    /** Chains of small nodes as exporters leave them where a shape is computed; only the last node is a layer. */
    private void shapeArithmetic() {
        add(OnnxCase.of(
                "Reshape to heads as PyTorch exports it",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 5, 12)
                        .wholeScalar("zero", 0)
                        .wholeScalar("one", 1)
                        .whole("front", 0)
                        .whole("rest", 3, 4)
                        .node("Shape", List.of("x"), "s")
                        .node("Gather", List.of("s", "zero"), "b")
                        .node("Shape", List.of("x"), "s2")
                        .node("Gather", List.of("s2", "one"), "t")
                        .node("Unsqueeze", List.of("b", "front"), "b1")
                        .node("Unsqueeze", List.of("t", "front"), "t1")
                        .node("Concat", List.of("b1", "t1", "rest"), "target", integer("axis", 0))
                        .node("Reshape", List.of("x", "target"), "y")
                        .output("y"),
                "[2, 5, 3, 4]"));
        add(OnnxCase.of(
                "Resize to twice the size as TensorFlow exports it",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 1, 3, 6, 7)
                        .whole("from", 2)
                        .whole("to", Long.MAX_VALUE)
                        .real("two", 2, 2)
                        .node("Shape", List.of("x"), "s")
                        .node("Slice", List.of("s", "from", "to"), "hw")
                        .node("Cast", List.of("hw"), "f", integer("to", FLOAT))
                        .node("Mul", List.of("f", "two"), "f2")
                        .node("Floor", List.of("f2"), "f3")
                        .node("Cast", List.of("f3"), "big", integer("to", INT64))
                        .whole("from0", 0)
                        .whole("to2", 2)
                        .node("Slice", List.of("s", "from0", "to2"), "nc")
                        .node("Concat", List.of("nc", "big"), "sizes", integer("axis", 0))
                        .node("Resize", List.of("x", "", "", "sizes"), "y")
                        .output("y"),
                "[1, 3, 12, 14]"));
        add(OnnxCase.of(
                "Expand to a shape chosen by Where",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 3, 1)
                        .whole("asked", -1, 4)
                        .whole("minus", -1, -1)
                        .whole("ones", 1, 1)
                        .node("Equal", List.of("asked", "minus"), "open")
                        .node("Where", List.of("open", "ones", "asked"), "target")
                        .node("Expand", List.of("x", "target"), "y")
                        .output("y"),
                "[3, 4]"));
        add(OnnxCase.of(
                        "Range over a length",
                        OnnxFile.opset(13)
                                .input("x", FLOAT, 1, 9)
                                .wholeScalar("one", 1)
                                .wholeScalar("zero", 0)
                                .whole("axis", 0)
                                .node("Shape", List.of("x"), "s")
                                .node("Gather", List.of("s", "one"), "n")
                                .node("Range", List.of("zero", "n", "one"), "r")
                                .node("Cast", List.of("r"), "f", integer("to", FLOAT))
                                .node("Unsqueeze", List.of("f", "axis"), "row")
                                .node("Add", List.of("x", "row"), "y")
                                .output("y"),
                        "[1, 9]")
                .parameters(9));
        add(OnnxCase.of(
                "Constants of a filled shape",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 3)
                        .node("Shape", List.of("x"), "s")
                        .node(
                                "ConstantOfShape",
                                List.of("s"),
                                "c",
                                OnnxFile.tensorValue("value", OnnxFile.zeros("v", INT64, 1)))
                        .node("Cast", List.of("c"), "f", integer("to", BOOL))
                        .node("Where", List.of("f", "x", "x"), "y")
                        .output("y"),
                "[2, 3]"));
    }

    private void indexing() {
        add(OnnxCase.of("Concat", two(13, x(2, 3, 4), x(2, 5, 4), "Concat", integer("axis", 1)), "[2, 8, 4]"));
        add(OnnxCase.of(
                "Slice by attributes",
                single(9, x(8, 9), "Slice", List.of("x"), ints("starts", 1, -3), ints("ends", 100, -1)),
                "[7, 2]"));
        add(OnnxCase.of(
                "Slice backwards",
                single(13, x(8, 9), "Slice", List.of("x", "s", "e", "a", "t"))
                        .whole("s", -1)
                        .whole("e", Long.MIN_VALUE)
                        .whole("a", 1)
                        .whole("t", -2),
                "[8, 5]"));
        add(OnnxCase.of(
                "Split in halves",
                OnnxFile.opset(11)
                        .input("x", FLOAT, 2, 8)
                        .node("Split", List.of("x"), List.of("y", "z"), integer("axis", 1))
                        .output("y")
                        .output("z"),
                "[2, 4]",
                "[2, 4]"));
        add(OnnxCase.of(
                "Split by input",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 8)
                        .whole("s", 3, 5)
                        .node("Split", List.of("x", "s"), List.of("y", "z"), integer("axis", 1))
                        .output("y")
                        .output("z"),
                "[2, 3]",
                "[2, 5]"));
        add(OnnxCase.of(
                "Split with a rest",
                OnnxFile.opset(18)
                        .input("x", FLOAT, 7)
                        .node("Split", List.of("x"), List.of("y", "z"), integer("num_outputs", 2))
                        .output("y")
                        .output("z"),
                "[4]",
                "[3]"));
        add(OnnxCase.of(
                        "Gather from an embedding",
                        OnnxFile.opset(13)
                                .input("x", INT64, 2, 7)
                                .weight("w", FLOAT, 30, 16)
                                .node("Gather", List.of("w", "x"), "y")
                                .output("y"),
                        "[2, 7, 16]")
                .parameters(480));
        add(OnnxCase.of(
                "Gather of one position",
                single(13, x(2, 7, 16), "Gather", List.of("x", "i"), integer("axis", 1))
                        .wholeScalar("i", 0),
                "[2, 16]"));
        add(OnnxCase.of(
                "GatherElements",
                single(13, x(3, 4), "GatherElements", List.of("x", "i")).weight("i", INT64, 2, 4),
                "[2, 4]"));
        add(OnnxCase.of(
                "GatherND",
                single(13, x(3, 4, 5), "GatherND", List.of("x", "i")).weight("i", INT64, 6, 2),
                "[6, 5]"));
        add(OnnxCase.of(
                "ScatterND",
                single(13, x(3, 4), "ScatterND", List.of("x", "i", "u"))
                        .weight("i", INT64, 2, 1)
                        .weight("u", FLOAT, 2, 4),
                "[3, 4]"));
        add(OnnxCase.of(
                "OneHot",
                OnnxFile.opset(11)
                        .input("x", INT64, 2, 3)
                        .wholeScalar("d", 6)
                        .real("v", 0, 1)
                        .node("OneHot", List.of("x", "d", "v"), "y")
                        .output("y"),
                "[2, 3, 6]"));
        add(OnnxCase.of(
                "CumSum", single(14, x(3, 4), "CumSum", List.of("x", "a")).wholeScalar("a", 1), "[3, 4]"));
    }

    private void reductions() {
        add(OnnxCase.of(
                "ReduceMean", single(13, x(2, 3, 4), "ReduceMean", List.of("x"), ints("axes", -1)), "[2, 3, 1]"));
        add(OnnxCase.of(
                "ReduceMean by input",
                single(18, x(2, 3, 4), "ReduceMean", List.of("x", "a")).whole("a", 1),
                "[2, 1, 4]"));
        add(OnnxCase.of(
                "ReduceSum of everything",
                single(13, x(2, 3, 4), "ReduceSum", List.of("x"), integer("keepdims", 0)),
                "[]"));
        add(OnnxCase.of(
                "ReduceSum of nothing",
                single(13, x(2, 3, 4), "ReduceSum", List.of("x"), integer("noop_with_empty_axes", 1)),
                "[2, 3, 4]"));
        add(OnnxCase.of(
                "ArgMax",
                single(13, x(2, 3, 4), "ArgMax", List.of("x"), integer("axis", 2), integer("keepdims", 0)),
                "[2, 3]"));
        add(OnnxCase.of(
                "TopK",
                OnnxFile.opset(11)
                        .input("x", FLOAT, 2, 9)
                        .whole("k", 3)
                        .node("TopK", List.of("x", "k"), List.of("y", "i"))
                        .output("y")
                        .output("i"),
                "[2, 3]",
                "[2, 3]"));
        add(OnnxCase.of(
                        "LayerNormalization",
                        single(17, x(2, 3, 8), "LayerNormalization", List.of("x", "s", "b"))
                                .weight("s", FLOAT, 8)
                                .weight("b", FLOAT, 8),
                        "[2, 3, 8]")
                .parameters(16));
    }

    private void elementwise() {
        for (String operator : List.of("Relu", "Erf", "Sigmoid", "HardSigmoid", "Softplus", "Sqrt", "Exp", "Neg")) {
            add(OnnxCase.of(operator, single(13, x(2, 3), operator, List.of("x")), "[2, 3]"));
        }
        add(OnnxCase.of("Gelu", single(20, x(2, 3), "Gelu", List.of("x")), "[2, 3]"));
        add(OnnxCase.of("HardSwish", single(14, x(2, 3), "HardSwish", List.of("x")), "[2, 3]"));
        add(OnnxCase.of(
                "Clip of set 6", single(6, x(2, 3), "Clip", List.of("x"), OnnxFile.floating("min", 0)), "[2, 3]"));
        add(OnnxCase.of("Softmax", single(13, x(2, 3), "Softmax", List.of("x"), integer("axis", -1)), "[2, 3]"));
        add(OnnxCase.of("Add stretched", two(13, x(2, 1, 4), x(3, 1), "Add"), "[2, 3, 4]"));
        add(OnnxCase.of(
                "Add of set 6",
                two(6, x(2, 3, 4), x(3), "Add", integer("broadcast", 1), integer("axis", 1)),
                "[2, 3, 4]"));
        add(OnnxCase.of("Less", two(13, x(2, 1), x(3), "Less"), "[2, 3]"));
        add(OnnxCase.of(
                        "Mul by a learnt scale and a number",
                        single(13, x(2, 3), "Mul", List.of("x", "s"))
                                .weight("s", FLOAT, 3)
                                .real("half", 0.5f)
                                .node("Mul", List.of("y", "half"), "z")
                                .output("z"),
                        "[2, 3]",
                        "[2, 3]")
                .parameters(3));
        add(OnnxCase.of(
                "Sum of three",
                OnnxFile.opset(13)
                        .input("a", FLOAT, 2, 3)
                        .input("b", FLOAT, 3)
                        .input("c", FLOAT, 2, 1)
                        .node("Sum", List.of("a", "b", "c"), "y")
                        .output("y"),
                "[2, 3]"));
        add(OnnxCase.of("Cast", single(13, x(2, 3), "Cast", List.of("x"), integer("to", INT64)), "[2, 3]"));
    }

    private static Message branch(String name, Message node, Object... extents) {
        return OnnxFile.body(
                name,
                new Message().message(1, node).text(2, name).message(12, OnnxFile.valueInfo("r", FLOAT, extents)));
    }

    private void control() {
        add(OnnxCase.of(
                "If whose condition is a known shape",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 1, 3)
                        .wholeScalar("one", 1)
                        .whole("axis", 1)
                        .node("Shape", List.of("x"), "s")
                        .node("Gather", List.of("s", "one"), "n")
                        .node("Equal", List.of("n", "one"), "c")
                        .node(
                                "If",
                                List.of("c"),
                                "y",
                                branch(
                                        "then_branch",
                                        OnnxFile.node("", "Squeeze", List.of("x", "axis"), List.of("r")),
                                        2,
                                        3),
                                branch(
                                        "else_branch",
                                        OnnxFile.node("", "Identity", List.of("x"), List.of("r")),
                                        2,
                                        1,
                                        3))
                        .output("y"),
                "[2, 3]"));
        add(OnnxCase.of(
                "If that the data decide",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 3)
                        .input("c", BOOL, 1)
                        .node(
                                "If",
                                List.of("c"),
                                "y",
                                branch("then_branch", OnnxFile.node("", "Relu", List.of("x"), List.of("r")), 2, 3),
                                branch("else_branch", OnnxFile.node("", "Tanh", List.of("x"), List.of("r")), 2, 3))
                        .output("y"),
                "[2, 3]"));
        Message square = new Message()
                .text(1, "Square")
                .text(4, "v")
                .text(5, "w")
                .message(7, OnnxFile.node("", "Relu", List.of("v"), List.of("t")))
                .message(7, OnnxFile.node("", "Mul", List.of("t", "t"), List.of("w")))
                .message(9, new Message().text(1, "").number(2, 13))
                .text(10, "own");
        add(OnnxCase.of(
                "A function of the file",
                OnnxFile.opset(13)
                        .domain("own", 1)
                        .input("x", FLOAT, 2, 3)
                        .node(OnnxFile.inDomain("own", OnnxFile.node("f1", "Square", List.of("x"), List.of("u"))))
                        .node(OnnxFile.inDomain("own", OnnxFile.node("f2", "Square", List.of("u"), List.of("y"))))
                        .function(square)
                        .output("y"),
                "[2, 3]"));
    }
}
