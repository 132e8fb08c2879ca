package io.github.codnn.testing;

import static io.github.codnn.testing.OnnxFile.FLOAT;
import static io.github.codnn.testing.OnnxFile.INT8;
import static io.github.codnn.testing.OnnxFile.UINT8;
import static io.github.codnn.testing.OnnxFile.integer;
import static io.github.codnn.testing.OnnxFile.ints;
import static io.github.codnn.testing.OnnxFile.string;

import io.github.codnn.testing.OnnxFile.Message;
import java.util.ArrayList;
import java.util.List;

/** Cases of convolutional networks: convolutions, pooling, normalisation, resizing and quantised convolutions. */
public final class OnnxImageCases {

    private final List<OnnxCase> cases = new ArrayList<>();

    private OnnxImageCases() {}

    /**
     * Returns all cases.
     *
     * @return the cases
     */
    public static List<OnnxCase> all() {
        OnnxImageCases all = new OnnxImageCases();
        all.convolutions();
        all.transposedConvolutions();
        all.pooling();
        all.normalizations();
        all.resizing();
        all.quantized();
        return List.copyOf(all.cases);
    }

    /** A model of one node with input x and output y. */
    static OnnxFile single(int opset, Object[] extents, String operator, List<String> inputs, Message... attributes) {
        return OnnxFile.opset(opset)
                .input("x", FLOAT, extents)
                .node(operator, inputs, "y", attributes)
                .output("y");
    }

    private static Object[] x(Object... extents) {
        return extents;
    }

    private void add(OnnxCase one) {
        cases.add(one);
    }

    private static OnnxCase convolution(
            String name, Object[] input, long[] weights, String shape, Message... attributes) {
        return OnnxCase.of(
                name,
                single(13, input, "Conv", List.of("x", "w", "b"), attributes)
                        .weight("w", FLOAT, weights)
                        .weight("b", FLOAT, weights[0]),
                shape);
    }

    private void convolutions() {
        long[] square = {8, 4, 3, 3};
        add(convolution("Conv", x(2, 4, 9, 9), square, "[2, 8, 7, 7]")
                .macs(2 * 8 * 49 * 4 * 9)
                .parameters(8 * 4 * 9 + 8));
        add(convolution("Conv padded", x(1, 4, 9, 9), square, "[1, 8, 9, 9]", ints("pads", 1, 1, 1, 1))
                .macs(8 * 81 * 36)
                .parameters(296));
        add(convolution(
                        "Conv strided and dilated",
                        x(1, 4, 17, 15),
                        square,
                        "[1, 8, 7, 6]",
                        ints("strides", 2, 2),
                        ints("dilations", 2, 2))
                .macs(8 * 42 * 36)
                .parameters(296));
        add(convolution("Conv grouped", x(1, 4, 5, 5), new long[] {6, 2, 3, 3}, "[1, 6, 3, 3]", integer("group", 2))
                .macs(6 * 9 * 2 * 9)
                .parameters(6 * 18 + 6));
        add(convolution("Conv depthwise", x(1, 4, 5, 5), new long[] {4, 1, 3, 3}, "[1, 4, 3, 3]", integer("group", 4))
                .macs(4 * 9 * 9)
                .parameters(40));
        add(convolution("Conv over time", x(1, 3, 20), new long[] {5, 3, 4}, "[1, 5, 17]")
                .macs(5 * 17 * 12)
                .parameters(65));
        add(convolution("Conv over a volume", x(1, 2, 6, 7, 8), new long[] {3, 2, 3, 3, 3}, "[1, 3, 4, 5, 6]")
                .macs(3 * 120 * 54)
                .parameters(165));
        for (String side : List.of("SAME_UPPER", "SAME_LOWER")) {
            add(convolution(
                            "Conv " + side,
                            x(1, 4, 10, 11),
                            square,
                            "[1, 8, 5, 6]",
                            string("auto_pad", side),
                            ints("strides", 2, 2))
                    .macs(8 * 30 * 36)
                    .parameters(296));
        }
        add(convolution(
                        "Conv VALID",
                        x(1, 4, 10, 11),
                        square,
                        "[1, 8, 4, 5]",
                        string("auto_pad", "VALID"),
                        ints("strides", 2, 2))
                .macs(8 * 20 * 36)
                .parameters(296));
    }

    private static OnnxCase transposed(String name, String shape, Message... attributes) {
        return OnnxCase.of(
                        name,
                        single(13, x(1, 4, 5, 6), "ConvTranspose", List.of("x", "w"), attributes)
                                .weight("w", FLOAT, 4, 3, 3, 3),
                        shape)
                .macs(4 * 30 * 3 * 9)
                .parameters(108);
    }

    private void transposedConvolutions() {
        add(transposed("ConvTranspose", "[1, 3, 7, 8]"));
        add(transposed("ConvTranspose strided", "[1, 3, 11, 13]", ints("strides", 2, 2)));
        add(transposed(
                "ConvTranspose padded",
                "[1, 3, 10, 12]",
                ints("strides", 2, 2),
                ints("pads", 1, 1, 1, 1),
                ints("output_padding", 1, 1)));
        add(transposed(
                "ConvTranspose to a shape", "[1, 3, 10, 12]", ints("strides", 2, 2), ints("output_shape", 10, 12)));
        add(transposed(
                "ConvTranspose SAME", "[1, 3, 10, 12]", ints("strides", 2, 2), string("auto_pad", "SAME_UPPER")));
        add(transposed("ConvTranspose dilated", "[1, 3, 9, 10]", ints("dilations", 2, 2)));
        add(OnnxCase.of(
                        "ConvTranspose grouped",
                        single(13, x(1, 4, 5, 5), "ConvTranspose", List.of("x", "w"), integer("group", 2))
                                .weight("w", FLOAT, 4, 3, 2, 2),
                        "[1, 6, 6, 6]")
                .macs(4 * 25 * 3 * 4)
                .parameters(48));
    }

    private void pool(String name, String operator, int opset, String shape, Message... attributes) {
        add(OnnxCase.of(name, single(opset, x(1, 3, 14, 15), operator, List.of("x"), attributes), shape));
    }

    private void pooling() {
        Message kernel = ints("kernel_shape", 3, 3);
        Message strides = ints("strides", 2, 2);
        pool("MaxPool", "MaxPool", 12, "[1, 3, 6, 7]", kernel, strides);
        pool("MaxPool of the first set", "MaxPool", 1, "[1, 3, 6, 7]", kernel, strides);
        pool("MaxPool ceil", "MaxPool", 12, "[1, 3, 7, 7]", kernel, strides, integer("ceil_mode", 1));
        pool("MaxPool dilated", "MaxPool", 12, "[1, 3, 10, 11]", kernel, ints("dilations", 2, 2));
        pool("MaxPool SAME", "MaxPool", 12, "[1, 3, 7, 8]", kernel, strides, string("auto_pad", "SAME_UPPER"));
        pool("AveragePool", "AveragePool", 11, "[1, 3, 7, 8]", kernel, strides, ints("pads", 1, 1, 1, 1));
        pool(
                "AveragePool ceil in the padding",
                "AveragePool",
                19,
                "[1, 3, 8, 8]",
                ints("kernel_shape", 2, 2),
                strides,
                ints("pads", 1, 1, 1, 1),
                integer("ceil_mode", 1));
        pool("LpPool", "LpPool", 11, "[1, 3, 12, 13]", kernel);
        pool("GlobalAveragePool", "GlobalAveragePool", 1, "[1, 3, 1, 1]");
        pool("GlobalMaxPool", "GlobalMaxPool", 1, "[1, 3, 1, 1]");
        pool("GlobalLpPool", "GlobalLpPool", 2, "[1, 3, 1, 1]");
        add(OnnxCase.of(
                "MaxPool with indices",
                OnnxFile.opset(12)
                        .input("x", FLOAT, 1, 3, 8, 8)
                        .node("MaxPool", List.of("x"), List.of("y", "i"), ints("kernel_shape", 2, 2))
                        .output("y")
                        .output("i"),
                "[1, 3, 7, 7]",
                "[1, 3, 7, 7]"));
        add(OnnxCase.of(
                "RoiAlign",
                OnnxFile.opset(16)
                        .input("x", FLOAT, 1, 3, 8, 8)
                        .input("r", FLOAT, 5, 4)
                        .whole("i", 0, 0, 0, 0, 0)
                        .node(
                                "RoiAlign",
                                List.of("x", "r", "i"),
                                "y",
                                integer("output_height", 2),
                                integer("output_width", 3))
                        .output("y"),
                "[5, 3, 2, 3]"));
    }

    private void normalizations() {
        add(OnnxCase.of(
                        "BatchNormalization",
                        single(15, x(1, 6, 4, 4), "BatchNormalization", List.of("x", "s", "b", "m", "v"))
                                .weight("s", FLOAT, 6)
                                .weight("b", FLOAT, 6)
                                .weight("m", FLOAT, 6)
                                .weight("v", FLOAT, 6),
                        "[1, 6, 4, 4]")
                .parameters(12));
        add(OnnxCase.of(
                        "InstanceNormalization",
                        single(6, x(1, 6, 4, 4), "InstanceNormalization", List.of("x", "s", "b"))
                                .weight("s", FLOAT, 6)
                                .weight("b", FLOAT, 6),
                        "[1, 6, 4, 4]")
                .parameters(12));
        add(OnnxCase.of(
                        "GroupNormalization",
                        single(
                                        21,
                                        x(1, 6, 4, 4),
                                        "GroupNormalization",
                                        List.of("x", "s", "b"),
                                        integer("num_groups", 2))
                                .weight("s", FLOAT, 6)
                                .weight("b", FLOAT, 6),
                        "[1, 6, 4, 4]")
                .parameters(12));
        add(OnnxCase.of("LRN", single(13, x(1, 6, 4, 4), "LRN", List.of("x"), integer("size", 3)), "[1, 6, 4, 4]"));
        add(OnnxCase.of("LpNormalization", single(1, x(1, 6, 4, 4), "LpNormalization", List.of("x")), "[1, 6, 4, 4]"));
        add(OnnxCase.of(
                "MeanVarianceNormalization",
                single(13, x(1, 6, 4, 4), "MeanVarianceNormalization", List.of("x")),
                "[1, 6, 4, 4]"));
        add(OnnxCase.of(
                        "PRelu",
                        single(16, x(1, 6, 4, 4), "PRelu", List.of("x", "s")).weight("s", FLOAT, 6, 1, 1),
                        "[1, 6, 4, 4]")
                .parameters(6));
    }

    private void resizing() {
        add(OnnxCase.of(
                "Upsample by input",
                single(9, x(1, 3, 4, 5), "Upsample", List.of("x", "s")).real("s", 1, 1, 2, 3),
                "[1, 3, 8, 15]"));
        add(OnnxCase.of(
                "Upsample by attribute",
                single(7, x(1, 3, 4, 5), "Upsample", List.of("x"), OnnxFile.reals("scales", 1, 1, 2, 2.5f)),
                "[1, 3, 8, 12]"));
        add(OnnxCase.of(
                "Resize of set 10",
                single(10, x(1, 3, 4, 5), "Resize", List.of("x", "s")).real("s", 1, 1, 1.5f, 0.5f),
                "[1, 3, 6, 2]"));
        add(OnnxCase.of(
                "Resize by scales",
                single(13, x(1, 3, 4, 5), "Resize", List.of("x", "", "s")).real("s", 1, 1, 2, 2),
                "[1, 3, 8, 10]"));
        add(OnnxCase.of(
                "Resize to sizes",
                single(13, x(1, 3, 4, 5), "Resize", List.of("x", "", "", "s")).whole("s", 1, 3, 7, 11),
                "[1, 3, 7, 11]"));
        add(OnnxCase.of(
                "Resize of two axes",
                single(18, x(1, 3, 4, 5), "Resize", List.of("x", "", "", "s"), ints("axes", 2, 3))
                        .whole("s", 7, 11),
                "[1, 3, 7, 11]"));
        add(OnnxCase.of(
                "Resize not larger",
                single(
                                18,
                                x(1, 3, 4, 8),
                                "Resize",
                                List.of("x", "", "", "s"),
                                ints("axes", 2, 3),
                                string("keep_aspect_ratio_policy", "not_larger"))
                        .whole("s", 12, 12),
                "[1, 3, 6, 12]"));
        add(OnnxCase.of(
                "DepthToSpace",
                single(13, x(1, 12, 3, 4), "DepthToSpace", List.of("x"), integer("blocksize", 2)),
                "[1, 3, 6, 8]"));
        add(OnnxCase.of(
                "SpaceToDepth",
                single(13, x(1, 3, 6, 8), "SpaceToDepth", List.of("x"), integer("blocksize", 2)),
                "[1, 12, 3, 4]"));
        add(OnnxCase.of(
                "GridSample",
                OnnxFile.opset(16)
                        .input("x", FLOAT, 1, 3, 6, 8)
                        .input("g", FLOAT, 1, 4, 5, 2)
                        .node("GridSample", List.of("x", "g"), "y")
                        .output("y"),
                "[1, 3, 4, 5]"));
        add(OnnxCase.of(
                "Pad of set 2",
                single(2, x(1, 3, 4, 5), "Pad", List.of("x"), ints("pads", 0, 0, 1, 2, 0, 0, 3, 4)),
                "[1, 3, 8, 11]"));
        add(OnnxCase.of(
                "Pad by input",
                single(13, x(1, 3, 4, 5), "Pad", List.of("x", "p")).whole("p", 0, 0, 1, 2, 0, 0, 3, -1),
                "[1, 3, 8, 6]"));
        add(OnnxCase.of(
                "Pad of some axes",
                single(18, x(1, 3, 4, 5), "Pad", List.of("x", "p", "", "a"))
                        .whole("p", 1, 2, 3, 4)
                        .whole("a", 2, -1),
                "[1, 3, 8, 11]"));
    }

    private void quantized() {
        add(OnnxCase.of(
                        "QLinearConv",
                        OnnxFile.opset(13)
                                .input("x", UINT8, 1, 4, 9, 9)
                                .real("xs", 1)
                                .scalarZero("xz", UINT8)
                                .weight("w", INT8, 8, 4, 3, 3)
                                .real("ws", 1)
                                .scalarZero("wz", INT8)
                                .real("ys", 1)
                                .scalarZero("yz", UINT8)
                                .weight("b", OnnxFile.INT32, 8)
                                .node("QLinearConv", List.of("x", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"), "y")
                                .output("y"),
                        "[1, 8, 7, 7]")
                .macs(8 * 49 * 36)
                .parameters(296));
        add(OnnxCase.of(
                        "ConvInteger",
                        OnnxFile.opset(13)
                                .input("x", UINT8, 1, 4, 9, 9)
                                .weight("w", INT8, 8, 4, 3, 3)
                                .node("ConvInteger", List.of("x", "w"), "y")
                                .output("y"),
                        "[1, 8, 7, 7]")
                .macs(8 * 49 * 36)
                .parameters(288));
        add(OnnxCase.of(
                        "Conv with dequantised weights",
                        single(13, x(1, 4, 9, 9), "Conv", List.of("x", "w"))
                                .weight("q", INT8, 8, 4, 3, 3)
                                .realScalar("s", 1)
                                .scalarZero("z", INT8)
                                .node("DequantizeLinear", List.of("q", "s", "z"), "w"),
                        "[1, 8, 7, 7]")
                .macs(8 * 49 * 36)
                .parameters(288));
        add(OnnxCase.of(
                "QuantizeLinear and back",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 1, 4)
                        .realScalar("s", 1)
                        .scalarZero("z", UINT8)
                        .node("QuantizeLinear", List.of("x", "s", "z"), "q")
                        .node("DequantizeLinear", List.of("q", "s", "z"), "y")
                        .output("y"),
                "[1, 4]"));
        add(OnnxCase.of(
                "DynamicQuantizeLinear",
                OnnxFile.opset(13)
                        .input("x", FLOAT, 2, 4)
                        .node("DynamicQuantizeLinear", List.of("x"), List.of("y", "s", "z"))
                        .output("y")
                        .output("s")
                        .output("z"),
                "[2, 4]",
                "[]",
                "[]"));
        add(OnnxCase.of(
                        "MatMulInteger",
                        OnnxFile.opset(13)
                                .input("x", UINT8, 5, 4)
                                .weight("w", INT8, 4, 6)
                                .node("MatMulInteger", List.of("x", "w"), "y")
                                .output("y"),
                        "[5, 6]")
                .macs(120)
                .parameters(24));
    }
}
