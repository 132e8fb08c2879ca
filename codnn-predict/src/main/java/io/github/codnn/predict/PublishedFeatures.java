package io.github.codnn.predict;

import java.util.List;

/** The features of the published sets, by family; {@link LayerFeatures} names their sources. */
final class PublishedFeatures {

    private static final Feature INPUT = new Feature("S_in", LayerWork::inputElements);
    private static final Feature OUTPUT = new Feature("S_out", LayerWork::outputElements);
    private static final Feature INPUT_TIMES_OUTPUT =
            new Feature("S_in S_out", w -> w.inputElements() * w.outputElements());

    private static final List<Feature> PRINTED_WINDOW = List.of(
            Feature.CONSTANT,
            new Feature(
                    "S_in K^2 C K^2/S",
                    w -> w.inputElements() * w.windowElements() * channels(w) * w.windowElements() / w.stride()));
    private static final List<Feature> MEANT_CONVOLUTION = List.of(
            Feature.CONSTANT,
            new Feature(
                    "S_in K^2 C/(S^2 groups)",
                    w -> w.inputElements() * w.windowElements() * w.m() / (w.stride() * w.stride())));
    private static final List<Feature> MEANT_POOLING = List.of(
            Feature.CONSTANT,
            new Feature("K^2 C H_out W_out", w -> w.windowElements() * w.outputElements()),
            INPUT,
            OUTPUT);
    private static final List<Feature> NEUROSURGEON_CONVOLUTION = List.of(
            Feature.CONSTANT,
            INPUT,
            new Feature("(K/S)^2 C", w -> w.windowElements() / (w.stride() * w.stride()) * channels(w)));

    private PublishedFeatures() {}

    static List<Feature> paperAsPrinted(OperatorFamily family) {
        return switch (family) {
            case CONVOLUTION, POOLING -> PRINTED_WINDOW;
            case FULLY_CONNECTED -> List.of(Feature.CONSTANT, INPUT);
            case OTHER -> List.of(Feature.CONSTANT, INPUT_TIMES_OUTPUT);
        };
    }

    static List<Feature> paperAsMeant(OperatorFamily family) {
        return switch (family) {
            case CONVOLUTION -> MEANT_CONVOLUTION;
            case POOLING -> MEANT_POOLING;
            case FULLY_CONNECTED -> List.of(Feature.CONSTANT, INPUT_TIMES_OUTPUT, INPUT, OUTPUT);
            case OTHER -> List.of(Feature.CONSTANT, INPUT);
        };
    }

    static List<Feature> neurosurgeon(OperatorFamily family) {
        return switch (family) {
            case CONVOLUTION -> NEUROSURGEON_CONVOLUTION;
            case POOLING, FULLY_CONNECTED -> List.of(Feature.CONSTANT, INPUT, OUTPUT);
            case OTHER -> List.of(Feature.CONSTANT, INPUT);
        };
    }

    private static double channels(LayerWork work) {
        double rows = work.outputHeight();
        return rows == 0 ? 0 : work.outputRows() / rows;
    }
}
