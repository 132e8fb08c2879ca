package io.github.codnn.predict;

import java.util.List;

/** The features of the regression over all kinds, for operators without measurements. */
final class GeneralFeatures {

    static final List<Feature> ALL = List.of(
            Feature.CONSTANT,
            new Feature("MACs", LayerWork::macs),
            new Feature("input bytes", LayerWork::inputBytes),
            new Feature("output bytes", LayerWork::outputBytes),
            new Feature("weight bytes", LayerWork::weightBytes));

    private GeneralFeatures() {}
}
