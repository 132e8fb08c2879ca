package io.github.codnn.darknet;

import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;

/** The sections that end a detector: they squash the scores of the section before, which must have the right number. */
final class DetectionHeads {

    private DetectionHeads() {}

    static Tensor yolo(NetworkAssembler network, CfgSection section, String name) {
        return anchored(network, section, name, "Yolo", 5);
    }

    static Tensor gaussianYolo(NetworkAssembler network, CfgSection section, String name) {
        return anchored(network, section, name, "GaussianYolo", 9);
    }

    /** Each anchor box has {@code values} values of its own, and one score per class. */
    private static Tensor anchored(NetworkAssembler network, CfgSection section, String name, String kind, int values) {
        long all = section.positive("num", 1);
        long boxes = section.has("mask") ? section.integers("mask").size() : all;
        long perBox = section.nonNegative("classes", 20) + (long) values;
        return head(network, name, kind, checked(network.image(name), Math.multiplyExact(boxes, perBox)));
    }

    static Tensor region(NetworkAssembler network, CfgSection section, String name) {
        long perBox = section.nonNegative("coords", 4) + (long) section.nonNegative("classes", 20) + 1;
        long channels = Math.multiplyExact(section.positive("num", 1), perBox);
        return head(network, name, "Region", checked(network.image(name), channels));
    }

    static Tensor instanceSegmentation(NetworkAssembler network, CfgSection section, String name) {
        long channels = section.nonNegative("classes", 20) + (long) section.nonNegative("ids", 32);
        return head(network, name, "InstanceSegmentation", checked(network.image(name), channels));
    }

    static Tensor detection(NetworkAssembler network, CfgSection section, String name) {
        long side = section.positive("side", 7);
        long perBox = section.nonNegative("coords", 1) + 1L;
        long perCell = Math.addExact(Math.multiplyExact(perBox, (long) section.positive("num", 1)), (long)
                section.nonNegative("classes", 1));
        return head(
                network,
                name,
                "Detection",
                checked(network.vector(name), Math.multiplyExact(perCell, Math.multiplyExact(side, side))));
    }

    private static Tensor checked(Tensor x, long channels) {
        if (x.shape().dimension(1) != channels) {
            throw new IllegalArgumentException(
                    "the section expects " + channels + " channels, but the one before delivers " + x.shape()
                            + ". Maybe its 'filters' do not match the classes and boxes here.");
        }
        return x;
    }

    private static Tensor head(NetworkAssembler network, String name, String kind, Tensor x) {
        return network.net().parameterised(name, x, new Operator.Other(kind), 0);
    }
}
