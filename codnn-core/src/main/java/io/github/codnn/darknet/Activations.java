package io.github.codnn.darknet;

import io.github.codnn.graph.Tensor;
import java.util.Map;
import java.util.TreeSet;

/** Darknet's activation functions under their ONNX names, where ONNX has one. */
final class Activations {

    private static final String NONE = "linear";

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("logistic", "Sigmoid"),
            Map.entry("relu", "Relu"),
            Map.entry("relu6", "Clip"),
            Map.entry("leaky", "LeakyRelu"),
            Map.entry("revleaky", "LeakyRelu"),
            Map.entry("elu", "Elu"),
            Map.entry("selu", "Selu"),
            Map.entry("gelu", "Gelu"),
            Map.entry("tanh", "Tanh"),
            Map.entry("hardtan", "Clip"),
            Map.entry("swish", "Swish"),
            // Darknet itself does not know this name of the same function and runs a ReLU; published files use it.
            Map.entry("silu", "Swish"),
            Map.entry("mish", "Mish"),
            Map.entry("hard_mish", "HardMish"),
            Map.entry("loggy", "Loggy"),
            Map.entry("relie", "Relie"),
            Map.entry("ramp", "Ramp"),
            Map.entry("plse", "Plse"),
            Map.entry("stair", "Stair"),
            Map.entry("lhtan", "LeakyHardTanh"),
            Map.entry("normalize_channels", "NormalizeChannels"),
            Map.entry("normalize_channels_softmax", "NormalizeChannelsSoftmax"),
            Map.entry("normalize_channels_softmax_maxval", "NormalizeChannelsSoftmax"));

    private Activations() {}

    /** Adds the activation that a section asks for, if any, under the section's name and its own. */
    static Tensor add(NetworkAssembler network, CfgSection section, String name, Tensor x, String byDefault) {
        String function = section.text("activation", byDefault);
        if (function.equals(NONE)) {
            return x;
        }
        return network.net().activation(name + "/" + function, x, kind(function));
    }

    /** Returns the kind of an activation; one that does nothing is {@code Identity}. */
    static String kind(String function) {
        if (function.equals(NONE)) {
            return "Identity";
        }
        String kind = KINDS.get(function);
        if (kind == null) {
            throw new IllegalArgumentException("'activation' is '" + CfgSection.quoted(function)
                    + "', which is not an activation of Darknet. Known are linear, "
                    + String.join(", ", new TreeSet<>(KINDS.keySet())));
        }
        return kind;
    }

    /** Checks the activation of a layer that applies it within. */
    static void check(CfgSection section, String byDefault) {
        kind(section.text("activation", byDefault));
    }
}
