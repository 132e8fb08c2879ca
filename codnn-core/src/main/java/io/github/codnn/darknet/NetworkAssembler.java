package io.github.codnn.darknet;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.zoo.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A Darknet network under construction: the output of each section so far, by Darknet's number of the section. */
final class NetworkAssembler {

    private final NetworkBuilder net;
    private final int sections;
    private final List<Tensor> outputs = new ArrayList<>();
    private Tensor current;

    /** What the caller chose in place of the figures in the file. */
    record Input(int batch, OptionalInt width, OptionalInt height) {}

    private NetworkAssembler(NetworkBuilder net, Tensor input, int sections) {
        this.net = net;
        this.current = input;
        this.sections = sections;
    }

    /** Reads the [net] section, the first of all. */
    static NetworkAssembler start(String name, List<CfgSection> sections, Input input) {
        CfgSection first = sections.get(0);
        if (!first.type().equals("net") && !first.type().equals("network")) {
            throw new IllegalArgumentException("the first section must be [net]");
        }
        NetworkBuilder net = NetworkBuilder.named(name);
        return new NetworkAssembler(net, input(net, first, input), sections.size() - 1);
    }

    private static Tensor input(NetworkBuilder net, CfgSection section, Input chosen) {
        long batch = Math.multiplyExact((long) chosen.batch(), (long) section.positive("time_steps", 1));
        int height = chosen.height().orElseGet(() -> section.nonNegative("height", 0));
        int width = chosen.width().orElseGet(() -> section.nonNegative("width", 0));
        int channels = section.nonNegative("channels", 0);
        int inputs = section.nonNegative("inputs", 0);
        if (height > 0 && width > 0 && channels > 0) {
            return net.input("input", batch, channels, height, width);
        }
        if (inputs > 0) {
            return net.input("input", batch, inputs);
        }
        throw new IllegalArgumentException("the input needs width, height and channels, or inputs, but has width "
                + width + ", height " + height + ", channels " + channels + " and inputs " + inputs);
    }

    /** Adds the layers of a section after [net]. */
    Tensor add(CfgSection section) {
        SectionKind rule = SectionKinds.named(section.type());
        current = rule.add(this, section, rule.title() + "_" + outputs.size());
        outputs.add(current);
        return current;
    }

    /** Makes the graph, and finds counts that fit a {@code long} for each layer but not in sum. */
    LayerGraph build() {
        LayerGraph graph = net.build();
        long most = sums(graph);
        for (Layer layer : graph.layers()) {
            most = Math.max(most, Math.addExact(layer.inputBytes(), layer.outputBytes()));
        }
        // Planners add a few such figures.
        if (most > Long.MAX_VALUE / 2) {
            throw new ArithmeticException("overflow");
        }
        return graph;
    }

    private static long sums(LayerGraph graph) {
        try {
            return Math.max(graph.macs(), graph.parameterBytes());
        } catch (CodnnException e) {
            throw new IllegalArgumentException(e.getMessage(), e); // The reader adds the name of the file.
        }
    }

    NetworkBuilder net() {
        return net;
    }

    /** Returns what the section before delivers. */
    Tensor current() {
        return current;
    }

    boolean isLast() {
        return outputs.size() == sections - 1;
    }

    /** Returns what the section before delivers as an image; a vector becomes an image of one pixel. */
    Tensor image(String name) {
        return current.shape().rank() == 4
                ? current
                : net.reshape(
                        name + "/image",
                        current,
                        current.shape().dimension(0),
                        current.shape().dimension(1),
                        1,
                        1);
    }

    /** Returns what the section before delivers as a vector. */
    Tensor vector(String name) {
        return current.shape().rank() == 2 ? current : net.flatten(name + "/flatten", current);
    }

    /** Returns what a section delivers: the n-th one from the front, or counted back from here if negative. */
    Tensor at(int number) {
        long index = number < 0 ? outputs.size() + (long) number : number;
        if (index < 0 || index >= outputs.size()) {
            throw new IllegalArgumentException(
                    "there is no layer " + number + " before layer " + outputs.size() + ", which refers to it");
        }
        return outputs.get((int) index);
    }
}
