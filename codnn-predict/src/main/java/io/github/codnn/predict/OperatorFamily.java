package io.github.codnn.predict;

import io.github.codnn.graph.OperatorKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kinds of operator that share one set of features, and the substitutes of kinds without a fit. */
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

    // Each list: kinds with similar costs. The first fitted one substitutes for the others.
    private static final List<List<String>> RELATIVES = List.of(
            List.of("Conv", "ConvGroup", "ConvTranspose", "MatMul"),
            List.of("MaxPool", "AveragePool", "LpPool"),
            List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "ReduceMean", "ReduceSum", "ReduceMax"),
            OperatorKinds.CHEAP_ACTIVATIONS,
            OperatorKinds.COSTLY_ACTIVATIONS,
            OperatorKinds.ELEMENTWISE,
            OperatorKinds.NORMALIZATIONS,
            OperatorKinds.SOFTMAXES,
            copies(),
            OperatorKinds.RESHAPING);

    private static List<String> copies() {
        List<String> kinds = new ArrayList<>(List.of("Concat"));
        kinds.addAll(OperatorKinds.COPYING);
        return kinds;
    }

    static OperatorFamily of(String kind) {
        return BY_KIND.getOrDefault(kind, OTHER);
    }

    /** Returns the fitted substitute of a kind without a fit, or the kind itself if there is none. */
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
