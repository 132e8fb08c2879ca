package io.github.codnn.darknet;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The kinds of sections, by the names that Darknet knows them by. */
final class SectionKinds {

    private static final Map<String, SectionKind> BY_NAME = new HashMap<>();

    static {
        rule(ImageLayers::convolutional, "convolutional", "conv");
        rule(ImageLayers::deconvolutional, "deconvolutional", "deconv");
        rule(ImageLayers::local, "local");
        rule(ImageLayers::maxPool, "maxpool", "max");
        rule(ImageLayers::localAveragePool, "local_avgpool", "local_avg");
        rule(ImageLayers::averagePool, "avgpool", "avg");
        rule(ImageLayers::crop, "crop");
        rule(ImageLayers::reorg, "reorg", "reorg_old", "reorg3d");
        rule(ImageLayers::upsample, "upsample");
        rule(ImageLayers::history, "history");
        rule(ImageLayers::implicit, "implicit");
        rule(PlainLayers::connected, "connected", "conn");
        rule(PlainLayers::batchNorm, "batchnorm");
        rule(PlainLayers::normalization, "normalization", "lrn");
        rule(PlainLayers::l2Norm, "l2norm");
        rule(PlainLayers::activation, "activation", "activ");
        rule(PlainLayers::logistic, "logistic", "logxent");
        rule(PlainLayers::softmax, "softmax", "soft");
        rule(PlainLayers::dropout, "dropout");
        rule(PlainLayers::nothing, "cost");
        rule(PlainLayers::contrastive, "contrastive");
        rule(PlainLayers::nothing, "empty", "silence");
        rule(JoinLayers::route, "route");
        rule(JoinLayers::shortcut, "shortcut");
        rule(JoinLayers::scaleChannels, "scale_channels");
        rule(JoinLayers::attention, "sam");
        rule(RecurrentLayers::rnn, "rnn");
        rule(RecurrentLayers::gru, "gru");
        rule(RecurrentLayers::lstm, "lstm");
        rule(RecurrentLayers::crnn, "crnn");
        rule(RecurrentLayers::convLstm, "conv_lstm");
        rule(DetectionHeads::yolo, "yolo");
        rule(DetectionHeads::gaussianYolo, "gaussian_yolo", "Gaussian_yolo");
        rule(DetectionHeads::region, "region");
        rule(DetectionHeads::detection, "detection");
        rule(DetectionHeads::instanceSegmentation, "iseg");
    }

    private SectionKinds() {}

    private static void rule(SectionKind.Rule rule, String title, String... synonyms) {
        SectionKind section = new SectionKind(title, rule);
        BY_NAME.put(title, section);
        for (String synonym : synonyms) {
            BY_NAME.put(synonym, section);
        }
    }

    static SectionKind named(String type) {
        SectionKind section = BY_NAME.get(type);
        if (section == null) {
            throw new IllegalArgumentException(
                    "unknown section. Known are " + String.join(", ", new TreeSet<>(BY_NAME.keySet())));
        }
        return section;
    }
}
