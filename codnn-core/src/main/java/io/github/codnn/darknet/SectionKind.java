package io.github.codnn.darknet;

import io.github.codnn.graph.Tensor;

/**
 * The layers of one kind of section.
 *
 * @param title its full name in Darknet
 * @param rule how it adds its layers
 */
record SectionKind(String title, Rule rule) {

    /** Adds the layers of a section to a network and returns what they deliver. */
    @FunctionalInterface
    interface Rule {
        /** Adds layers under a name that is unique to the section. */
        Tensor add(NetworkAssembler network, CfgSection section, String name);
    }

    Tensor add(NetworkAssembler network, CfgSection section, String name) {
        return rule.add(network, section, name);
    }
}
