package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the pattern of segments. A symbol is a 64-bit hash of the multiset of layers, each hashed with its operator
 * kind and the hashes of what it reads; operands of sums, products and concatenations may come in any order.
 */
final class PatternFinder {

    private static final int MAX_DEPTH = 8; // keeps the time linear for deeply nested blocks
    private static final String UNNAMED = "Block<";
    private static final String DEPTHWISE = "DepthwiseConv";
    private static final Set<String> COMMUTATIVE = Set.of("Add", "Sum", "Mul", "Concat");

    private PatternFinder() {}

    static BlockPattern pattern(List<Layer> segment) {
        return pattern(segment, 0);
    }

    private static BlockPattern pattern(List<Layer> segment, int depth) {
        Layer last = segment.get(segment.size() - 1);
        if (segment.size() == 1) {
            String kind = kind(last);
            return new BlockPattern(kind, kind, kind, BlockPattern.Join.NONE, List.of());
        }
        String symbol = symbol(segment);
        return switch (last.operator().kind()) {
            case "Add", "Sum" -> sum(segment, symbol, depth);
            case "Concat" -> concat(segment, symbol);
            case "Mul" -> product(segment, symbol);
            default -> new BlockPattern(symbol, symbol, unnamed(symbol), BlockPattern.Join.OTHER, List.of());
        };
    }

    /** The operator's kind; convolutions are divided into the kinds that identify blocks. */
    static String kind(Layer layer) {
        if (layer.operator() instanceof Operator.Convolution conv && !conv.transposed()) {
            if (conv.groups() > 1
                    && conv.groups() == layer.inputs().get(0).shape().dimension(1)) {
                return DEPTHWISE;
            }
            return conv.window().elements() == 1 ? "PointwiseConv" : "Conv";
        }
        return layer.operator().kind();
    }

    static boolean isDepthwise(String symbol) {
        return symbol.equals(DEPTHWISE);
    }

    private static BlockPattern sum(List<Layer> segment, String symbol, int depth) {
        List<Layer> inner = segment.subList(0, segment.size() - 1);
        List<Tensor> operands = segment.get(inner.size()).inputs();
        BlockPattern other = new BlockPattern(symbol, symbol, unnamed(symbol), BlockPattern.Join.SUM, List.of());
        if (operands.size() != 2 || depth == MAX_DEPTH) {
            return other;
        }
        List<Layer> body = Segments.leadingTo(inner, operands.get(0).name());
        List<Layer> shortcut = Segments.leadingTo(inner, operands.get(1).name());
        if (body.size() < shortcut.size()) {
            List<Layer> swap = body;
            body = shortcut;
            shortcut = swap;
        }
        boolean disjoint =
                body.size() + shortcut.size() == inner.size() && Collections.disjoint(names(body), names(shortcut));
        if (!disjoint
                || !shortcut.stream().allMatch(PatternFinder::isProjection)
                || !shareEntry(body, shortcut, operands)) {
            return other;
        }
        List<String> symbols = new ArrayList<>();
        for (List<Layer> part : Segments.of(body)) {
            symbols.add(pattern(part, depth + 1).symbol());
        }
        String label = residual(body) + (shortcut.isEmpty() ? "" : "(projection)");
        return new BlockPattern(symbol, "Residual " + symbols, label, BlockPattern.Join.SUM, List.copyOf(symbols));
    }

    private static Set<String> names(List<Layer> layers) {
        return layers.stream().map(Layer::name).collect(Collectors.toSet());
    }

    private static boolean shareEntry(List<Layer> body, List<Layer> shortcut, List<Tensor> operands) {
        Set<Tensor> entries = new HashSet<>(operands);
        shortcut.forEach(layer -> entries.addAll(layer.inputs()));
        return body.stream().anyMatch(layer -> !Collections.disjoint(layer.inputs(), entries));
    }

    private static boolean isProjection(Layer layer) {
        return layer.operator() instanceof Operator.Convolution
                || layer.operator() instanceof Operator.Normalization
                || layer.operator() instanceof Operator.Pooling
                || layer.operator() instanceof Operator.DataMovement;
    }

    private static String residual(List<Layer> body) {
        boolean convolves = body.stream().anyMatch(layer -> layer.operator() instanceof Operator.Convolution);
        if (convolves) {
            boolean depthwise = body.stream().anyMatch(layer -> isDepthwise(kind(layer)));
            return depthwise ? BlockPattern.INVERTED_RESIDUAL : "Residual";
        }
        if (body.stream().anyMatch(layer -> layer.operator() instanceof Operator.Softmax)) {
            return BlockPattern.ATTENTION;
        }
        boolean multiplies = body.stream()
                .anyMatch(layer -> layer.operator() instanceof Operator.MatMul
                        || layer.operator() instanceof Operator.FullyConnected);
        return multiplies ? BlockPattern.FEED_FORWARD : "Residual";
    }

    static boolean isTransformer(String label) {
        return label.equals(BlockPattern.ATTENTION) || label.equals(BlockPattern.FEED_FORWARD);
    }

    /** Tells whether a segment is part of a normalisation that an exporter has written as simple operators. */
    static boolean isNormalizing(List<Layer> segment) {
        return segment.stream()
                        .allMatch(layer -> layer.operator() instanceof Operator.Elementwise
                                || layer.operator() instanceof Operator.Reduction
                                || layer.operator().kind().equals("Sqrt"))
                && (segment.size() == 1
                        ? segment.get(0).inputs().size() == 1
                        : segment.stream().anyMatch(layer -> layer.operator() instanceof Operator.Reduction));
    }

    private static BlockPattern concat(List<Layer> segment, String symbol) {
        List<Layer> inner = segment.subList(0, segment.size() - 1);
        if (inner.stream().anyMatch(layer -> layer.operator() instanceof Operator.Concat)) {
            List<List<Layer>> runs = runs(inner);
            List<String> kinds = runs.isEmpty()
                    ? List.of()
                    : runs.get(0).stream().map(PatternFinder::kind).toList();
            if (runs.size() > 1 && runs.stream().allMatch(run -> kinds(run).equals(kinds))) {
                return new BlockPattern(
                        symbol, "Dense " + kinds, BlockPattern.DENSE, BlockPattern.Join.CONCAT, List.copyOf(kinds));
            }
        }
        int operands = segment.get(inner.size()).inputs().size();
        boolean convolves = inner.stream().anyMatch(layer -> layer.operator() instanceof Operator.Convolution);
        String label = unnamed(symbol);
        if (convolves && operands > 2) {
            label = "Inception";
        } else if (convolves && operands == 2 && inner.stream().allMatch(PatternFinder::mayExpand)) {
            label = "Fire";
        }
        return new BlockPattern(symbol, symbol, label, BlockPattern.Join.CONCAT, List.of());
    }

    private static boolean mayExpand(Layer layer) {
        return layer.operator() instanceof Operator.Convolution
                || layer.operator() instanceof Operator.Normalization
                || layer.operator() instanceof Operator.Activation;
    }

    private static BlockPattern product(List<Layer> segment, String symbol) {
        String label = unnamed(symbol);
        if (segment.get(0).operator() instanceof Operator.GlobalPooling) {
            label = "SqueezeExcitation";
        } else if (segment.size() == 2 && segment.get(0).operator().kind().equals("Sigmoid")) {
            label = "Swish";
        }
        return new BlockPattern(symbol, symbol, label, BlockPattern.Join.OTHER, List.of());
    }

    static List<String> kinds(List<Layer> layers) {
        return layers.stream().map(PatternFinder::kind).toList();
    }

    /**
     * Returns the longest runs of at least two layers in which each layer is the only reader of its predecessor's
     * output.
     */
    static List<List<Layer>> runs(List<Layer> layers) {
        Map<String, Integer> uses = new HashMap<>();
        layers.forEach(layer -> layer.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum)));
        Map<String, List<Layer>> open = new HashMap<>(); // by the tensor that the run ends with
        List<List<Layer>> runs = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.inputs().size() != 1 || layer.outputs().size() != 1) {
                continue;
            }
            Tensor input = layer.inputs().get(0);
            List<Layer> run = uses.getOrDefault(input.name(), 0) == 1 ? open.remove(input.name()) : null;
            if (run == null) {
                run = new ArrayList<>();
                runs.add(run);
            }
            run.add(layer);
            open.put(layer.outputs().get(0).name(), run);
        }
        runs.removeIf(run -> run.size() < 2);
        return runs;
    }

    /** Returns the label of a structure that has no name. */
    static String unnamed(String symbol) {
        return UNNAMED + symbol.substring(0, 8) + ">";
    }

    static boolean isUnnamed(String label) {
        return label.startsWith(UNNAMED);
    }

    /** Returns the symbol of a sequence of structures. */
    static String symbolOf(List<String> symbols) {
        long hash = 0;
        for (String symbol : symbols) {
            hash = Seeds.mix(hash * 31 + symbol.hashCode());
        }
        return String.format("%016x", hash);
    }

    /** Returns the symbol of a segment of one layer or more. */
    static String symbol(List<Layer> segment) {
        return segment.size() == 1 ? kind(segment.get(0)) : hash(segment);
    }

    private static String hash(List<Layer> segment) {
        Map<String, Long> hashes = new HashMap<>();
        long sum = 0;
        for (Layer layer : segment) {
            List<Long> operands = new ArrayList<>();
            layer.inputs().forEach(input -> operands.add(hashes.getOrDefault(input.name(), 1L)));
            if (COMMUTATIVE.contains(layer.operator().kind())) {
                Collections.sort(operands);
            }
            long hash = Seeds.mix(kind(layer).hashCode());
            for (long operand : operands) {
                hash = Seeds.mix(hash * 31 + operand);
            }
            for (int index = 0; index < layer.outputs().size(); index++) {
                hashes.put(layer.outputs().get(index).name(), Seeds.mix(hash + index));
            }
            sum += Seeds.mix(~hash); // the order of independent layers makes no difference
        }
        return String.format("%016x", Seeds.mix(sum));
    }
}
