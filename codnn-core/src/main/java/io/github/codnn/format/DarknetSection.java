package io.github.codnn.format;

import io.github.codnn.graph.Tensor;

/**
 * What one kind of section stands for.
 *
 * @param title its full name in Darknet
 * @param rule how it adds its layers
 */
record DarknetSection(String title, Rule rule) {

    /** Adds the layers of a section to a network and returns what they deliver. */
    @FunctionalInterface
    interface Rule {
        /** Adds layers under a name that is unique to the section. */
        Tensor add(DarknetNetwork network, CfgSection section, String name);
    }

    Tensor add(DarknetNetwork network, CfgSection section, String name) {
        return rule.add(network, section, name);
    }
}
