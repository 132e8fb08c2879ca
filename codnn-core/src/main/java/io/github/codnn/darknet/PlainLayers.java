package io.github.codnn.darknet;

import io.github.codnn.graph.Operator.Normalization;
import io.github.codnn.graph.Tensor;
import io.github.codnn.zoo.SequenceLayers;

/** The sections that do not care where in an image an element lies. */
final class PlainLayers {

    private PlainLayers() {}

    static Tensor connected(NetworkAssembler network, CfgSection section, String name) {
        int outputs = section.outputs("output");
        Tensor x = network.vector(name);
        if (section.flag("batch_normalize")) {
            x = new SequenceLayers(network.net()).project(name, x, outputs);
            x = network.net().batchNormCountingStatistics(name + "/bn", x);
        } else {
            x = network.net().fullyConnected(name, x, outputs);
        }
        return Activations.add(network, section, name, x, "logistic");
    }

    static Tensor batchNorm(NetworkAssembler network, CfgSection section, String name) {
        return network.net().batchNormCountingStatistics(name, network.current());
    }

    static Tensor normalization(NetworkAssembler network, CfgSection section, String name) {
        return network.net().lrn(name, network.image(name));
    }

    static Tensor l2Norm(NetworkAssembler network, CfgSection section, String name) {
        return network.net().parameterised(name, network.current(), new Normalization("LpNormalization"), 0);
    }

    static Tensor activation(NetworkAssembler network, CfgSection section, String name) {
        String function = section.text("activation", "linear");
        return network.net().activation(name, network.current(), Activations.kind(function));
    }

    static Tensor logistic(NetworkAssembler network, CfgSection section, String name) {
        return network.net().activation(name, network.current(), "Sigmoid");
    }

    static Tensor softmax(NetworkAssembler network, CfgSection section, String name) {
        return network.net().softmax(name, network.current());
    }

    static Tensor dropout(NetworkAssembler network, CfgSection section, String name) {
        return network.net().dropout(name, network.current());
    }

    /** Passes on what there is: the section matters to training only, or not at all. */
    static Tensor nothing(NetworkAssembler network, CfgSection section, String name) {
        return network.current();
    }

    /** Passes on what there is: the section is a loss, which matters to training only. */
    static Tensor contrastive(NetworkAssembler network, CfgSection section, String name) {
        section.positive("classes", 1000);
        return network.current();
    }
}
