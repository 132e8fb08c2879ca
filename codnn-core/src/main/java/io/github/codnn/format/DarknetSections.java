package io.github.codnn.format;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The kinds of sections, by the names that Darknet knows them by. */
final class DarknetSections {

    private static final Map<String, DarknetSection> BY_NAME = new HashMap<>();

    static {
        rule(DarknetImageLayers::convolutional, "convolutional", "conv");
        rule(DarknetImageLayers::deconvolutional, "deconvolutional", "deconv");
        rule(DarknetImageLayers::local, "local");
        rule(DarknetImageLayers::maxPool, "maxpool", "max");
        rule(DarknetImageLayers::localAveragePool, "local_avgpool");
        rule(DarknetImageLayers::averagePool, "avgpool", "avg");
        rule(DarknetImageLayers::crop, "crop");
        rule(DarknetImageLayers::reorg, "reorg", "reorg_old", "reorg3d");
        rule(DarknetImageLayers::upsample, "upsample");
        rule(DarknetPlainLayers::connected, "connected", "conn");
        rule(DarknetPlainLayers::batchNorm, "batchnorm");
        rule(DarknetPlainLayers::normalization, "normalization", "lrn");
        rule(DarknetPlainLayers::l2Norm, "l2norm");
        rule(DarknetPlainLayers::activation, "activation", "activ");
        rule(DarknetPlainLayers::logistic, "logistic", "logxent");
        rule(DarknetPlainLayers::softmax, "softmax", "soft");
        rule(DarknetPlainLayers::dropout, "dropout");
        rule(DarknetPlainLayers::nothing, "cost");
        rule(DarknetPlainLayers::nothing, "empty", "silence");
        rule(DarknetJoins::route, "route");
        rule(DarknetJoins::shortcut, "shortcut");
        rule(DarknetJoins::scaleChannels, "scale_channels");
        rule(DarknetJoins::attention, "sam");
        rule(DarknetRecurrentLayers::rnn, "rnn");
        rule(DarknetRecurrentLayers::gru, "gru");
        rule(DarknetRecurrentLayers::lstm, "lstm");
        rule(DarknetRecurrentLayers::crnn, "crnn");
        rule(DarknetRecurrentLayers::convLstm, "conv_lstm");
        rule(DarknetHeads::yolo, "yolo");
        rule(DarknetHeads::gaussianYolo, "gaussian_yolo", "Gaussian_yolo");
        rule(DarknetHeads::region, "region");
        rule(DarknetHeads::detection, "detection");
        rule(DarknetHeads::instanceSegmentation, "iseg");
    }

    private DarknetSections() {}

    private static void rule(DarknetSection.Rule rule, String title, String... synonyms) {
        DarknetSection section = new DarknetSection(title, rule);
        BY_NAME.put(title, section);
        for (String synonym : synonyms) {
            BY_NAME.put(synonym, section);
        }
    }

    static DarknetSection named(String type) {
        DarknetSection section = BY_NAME.get(type);
        if (section == null) {
            throw new IllegalArgumentException(
                    "unknown section. Known are " + String.join(", ", new TreeSet<>(BY_NAME.keySet())));
        }
        return section;
    }
}
