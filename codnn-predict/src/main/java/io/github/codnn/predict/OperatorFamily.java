package io.github.codnn.predict;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kinds of operator that share one set of features, and what stands in for a kind that was never fitted. */
enum OperatorFamily {
    CONVOLUTION,
    FULLY_CONNECTED,
    POOLING,
    OTHER;

    private static final Map<String, OperatorFamily> BY_KIND = Map.of(
            "Conv", CONVOLUTION,
            "ConvGroup", CONVOLUTION,
            "ConvTranspose", CONVOLUTION,
            "MatMul", CONVOLUTION,
            "Gemm", FULLY_CONNECTED,
            "MaxPool", POOLING,
            "AveragePool", POOLING,
            "LpPool", POOLING);

    // Each list: kinds whose cost is alike. The first fitted one stands in for the others.
    private static final List<List<String>> RELATIVES = List.of(
            List.of("Conv", "ConvGroup", "ConvTranspose", "MatMul"),
            List.of("MaxPool", "AveragePool", "LpPool"),
            List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "ReduceMean", "ReduceSum", "ReduceMax"),
            List.of("Relu", "LeakyRelu", "PRelu", "Clip", "Relu6", "ThresholdedRelu", "Neg", "Abs"),
            List.of(
                    "Sigmoid",
                    "Tanh",
                    "Elu",
                    "Selu",
                    "Celu",
                    "Softplus",
                    "HardSigmoid",
                    "HardSwish",
                    "Gelu",
                    "Erf",
                    "Exp",
                    "Log",
                    "Sqrt",
                    "Mish",
                    "Swish",
                    "Silu"),
            List.of("Add", "Mul", "Sub", "Div", "Max", "Min", "Sum", "Mean", "Pow", "Where"),
            List.of("BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization"),
            List.of("Softmax", "LogSoftmax", "Hardmax"),
            List.of("Concat", "Transpose", "Slice", "Split", "Pad", "Gather", "Resize", "Upsample", "Tile", "Expand"),
            List.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout", "Shape"));

    static OperatorFamily of(String kind) {
        return BY_KIND.getOrDefault(kind, OTHER);
    }

    /** Returns the fitted kind that stands in for one that is not, or the kind itself if there is none. */
    static String standInFor(String kind, Set<String> fitted) {
        for (List<String> relatives : RELATIVES) {
            if (relatives.contains(kind)) {
                for (String relative : relatives) {
                    if (fitted.contains(relative)) {
                        return relative;
                    }
                }
            }
        }
        return kind;
    }
}
