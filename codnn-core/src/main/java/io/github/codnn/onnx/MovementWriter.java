package io.github.codnn.onnx;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a layer that moves elements; what it moves where follows from the shapes before and after. */
final class MovementWriter {

    private final Layer layer;
    private final GraphBuilder graph;
    private final Tensor input;
    private final Tensor output;
    private final TensorShape in;
    private final TensorShape out;

    MovementWriter(Layer layer, GraphBuilder graph) {
        if (layer.inputs().isEmpty() || layer.outputs().isEmpty()) {
            throw new IllegalArgumentException("it reads or writes nothing");
        }
        this.layer = layer;
        this.graph = graph;
        this.input = layer.inputs().get(0);
        this.output = layer.outputs().get(0);
        this.in = input.shape();
        this.out = output.shape();
    }

    void write(String kind) {
        switch (kind) {
            case "Identity", "Dropout" -> graph.node(node(kind));
            case "Flatten" -> flatten();
            case "Reshape", "Squeeze", "Unsqueeze" -> graph.node(node("Reshape", integers("shape", out.dimensions())));
            case "Transpose" -> graph.node(node(kind).with("perm", AxisMatching.permutation(in, out)));
            case "Expand" -> graph.node(node(kind, integers("shape", out.dimensions())));
            case "Tile" -> graph.node(node(kind, integers("repeats", ratios(in, out))));
            case "Slice" -> slice();
            case "Split" -> split();
            case "Pad" -> pad();
            case "Gather" -> gather();
            case "Resize", "Upsample" -> resize();
            case "DepthToSpace" -> graph.node(node(kind).with("blocksize", out.dimension(2) / in.dimension(2)));
            case "SpaceToDepth" -> graph.node(node(kind).with("blocksize", in.dimension(2) / out.dimension(2)));
            default -> throw new IllegalArgumentException("the shapes do not tell its settings");
        }
    }

    private NodeSpec node(String kind, String... more) {
        List<String> inputs = new ArrayList<>(List.of(input.name()));
        inputs.addAll(List.of(more));
        return NodeSpec.of(kind, layer.name(), inputs, output.name());
    }

    private String integers(String part, List<Long> values) {
        return graph.integers(layer.name() + "." + part, values);
    }

    private void flatten() {
        for (int axis = 0; axis <= in.rank(); axis++) {
            TensorShape before = new TensorShape(in.dimensions().subList(0, axis));
            TensorShape after = new TensorShape(in.dimensions().subList(axis, in.rank()));
            if (out.equals(TensorShape.of(before.elements(), after.elements()))) {
                graph.node(node("Flatten").with("axis", (long) axis));
                return;
            }
        }
        throw new IllegalArgumentException(in + " does not flatten to " + out);
    }

    /** Takes every n-th row and column of an image if n times as many are there, else the first elements. */
    private void slice() {
        List<Long> ends = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < in.rank(); axis++) {
            long extent = out.dimension(axis);
            long step = axis < 2 ? 1 : Math.max(1, in.dimension(axis) / Math.max(1, extent));
            axes.add((long) axis);
            steps.add(step);
            ends.add(extent * step);
        }
        List<Long> starts = Collections.nCopies(axes.size(), 0L);
        graph.node(node(
                "Slice",
                integers("starts", starts),
                integers("ends", ends),
                integers("axes", axes),
                integers("steps", steps)));
    }

    private void split() {
        int axis = layer.outputs().size() == 1 ? 0 : AxisMatching.differing(in, out);
        List<Long> extents = layer.outputs().stream()
                .map(part -> part.shape().dimension(axis))
                .toList();
        List<String> names = layer.outputs().stream().map(Tensor::name).toList();
        graph.node(new NodeSpec(
                        "Split", layer.name(), List.of(input.name(), integers("extents", extents)), names, List.of())
                .with("axis", (long) axis));
    }

    private void pad() {
        List<Long> pads = new ArrayList<>(Collections.nCopies(in.rank(), 0L));
        for (int axis = 0; axis < in.rank(); axis++) {
            pads.add(out.dimension(axis) - in.dimension(axis));
        }
        graph.node(node("Pad", integers("pads", pads)));
    }

    private void resize() {
        NodeSpec node = node("Resize", "", "", integers("sizes", out.dimensions()));
        graph.node(node.with("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor"));
    }

    /** Looks up rows of weights, picks one element along an axis, or the first few. */
    private void gather() {
        if (layer.parameters() > 0) {
            long columns = out.dimension(-1);
            TensorShape shape = TensorShape.of(layer.parameters() / columns, columns);
            if (shape.elements() != layer.parameters() || out.rank() != in.rank() + 1) {
                throw new IllegalArgumentException(
                        "its " + layer.parameters() + " parameters are no rows of " + columns);
            }
            String rows = graph.weight(WrittenWeight.bias(layer.name() + ".rows", shape));
            graph.node(NodeSpec.of("Gather", layer.name(), List.of(rows, input.name()), output.name()));
        } else if (in.rank() == out.rank() + 1) {
            List<Long> removed = AxisMatching.reduced(in, out);
            String first = graph.integers(layer.name() + ".index", TensorShape.scalar(), 0);
            graph.node(node("Gather", first).with("axis", removed.get(0)));
        } else {
            int axis = AxisMatching.differing(in, out);
            List<Long> indices = new ArrayList<>();
            for (long index = 0; index < out.dimension(axis); index++) {
                indices.add(index % Math.max(1, in.dimension(axis)));
            }
            graph.node(node("Gather", integers("indices", indices)).with("axis", (long) axis));
        }
    }

    private static List<Long> ratios(TensorShape in, TensorShape out) {
        List<Long> ratios = new ArrayList<>();
        for (int axis = 0; axis < in.rank(); axis++) {
            ratios.add(out.dimension(axis) / in.dimension(axis));
        }
        return ratios;
    }
}
