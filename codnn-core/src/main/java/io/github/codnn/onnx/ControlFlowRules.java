package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code If}, {@code Loop}, {@code Scan} and {@code SequenceMap}: one layer each. The shapes and multiply-accumulates
 * of a body are inferred like those of the main graph; where that is not possible, the file's declarations count for
 * the shapes, and the work is unknown. Whatever is assumed becomes a notice.
 */
final class ControlFlowRules {

    private static final Set<String> OPERATORS = Set.of("If", "Loop", "Scan", "SequenceMap");

    /** More runs than these stand for "until the condition fails". */
    private static final long MOST_TRIPS = 1L << 31;

    private final NodeAssembler nodes;
    private final TensorScope scope;
    private final Set<String> notices;

    ControlFlowRules(NodeAssembler nodes) {
        this.nodes = nodes;
        this.scope = nodes.scope();
        this.notices = nodes.notices();
    }

    static boolean isControl(Node node) {
        return node.domain().isEmpty() && OPERATORS.contains(node.operator()) && hasBody(node);
    }

    static boolean hasBody(Node node) {
        return bodies(node).findAny().isPresent();
    }

    /** Tells whether the work of a layer with a body is not counted, or a part of it only. */
    static boolean isUncounted(Layer layer) {
        return layer.operator() instanceof Operator.Other other
                && OPERATORS.contains(other.kind())
                && (layer.macs() == 0 || other.isPartial());
    }

    static Stream<Graph> bodies(Node node) {
        return node.attributes().values().stream().map(Attribute::graph).flatMap(Stream::ofNullable);
    }

    /** The layer, given a node whose inputs are followed by what its bodies take from around it. */
    Inference infer(ResolvedNode node) {
        return switch (node.operator()) {
            case "If" -> branches(node);
            case "Loop" -> loop(node);
            case "SequenceMap" -> mapped(node);
            default -> scan(node);
        };
    }

    private Inference branches(ResolvedNode node) {
        List<Optional<BodyInference>> branches = bodies(node.node())
                .map(body -> BodyInference.of(nodes, node, body, List.of()))
                .toList();
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < node.node().outputs().size(); index++) {
            outputs.add(branchOutput(node, branches, index));
        }
        boolean known = branches.stream()
                .allMatch(branch -> branch.isPresent() && branch.get().isKnown());
        long macs = branches.stream()
                .flatMap(Optional::stream)
                .mapToLong(BodyInference::macs)
                .max()
                .orElse(0);
        if (known && macs > 0) {
            notices.add(label(node) + " runs one of two branches; the one with more multiply-accumulates is counted.");
        }
        return made(node, outputs, macs, known);
    }

    private Output branchOutput(ResolvedNode node, List<Optional<BodyInference>> branches, int index) {
        List<Output> computed = new ArrayList<>();
        for (Optional<BodyInference> branch : branches) {
            branch.flatMap(body -> body.output(index)).ifPresent(computed::add);
        }
        if (computed.isEmpty() || computed.size() < branches.size()) {
            return declared(node, index, OptionalLong.empty(), 0);
        }
        Output greatest = computed.get(0);
        for (Output other : computed) {
            greatest = shape(other).elements() > shape(greatest).elements() ? other : greatest;
        }
        if (computed.stream().map(Output::shape).distinct().count() > 1) {
            notices.add("The branches of " + inner(node) + " deliver '"
                    + node.node().outputs().get(index) + "' in different shapes; " + greatest.shape()
                    + ", the greatest, is taken.");
        }
        return greatest;
    }

    private static TensorShape shape(Output output) {
        return Objects.requireNonNull(output.shape());
    }

    private Inference loop(ResolvedNode node) {
        OptionalLong trips = trips(node);
        if (trips.isEmpty()) {
            notices.add("How often the body of " + inner(node) + " runs is not known; one run is assumed.");
            scope.markAssumed(node.node().outputs());
        }
        List<KnownTensor> formal = new ArrayList<>();
        formal.add(BodyInference.flowing("", ElementType.INT64, TensorShape.scalar()));
        formal.add(BodyInference.flowing("", ElementType.BOOL, TensorShape.scalar()));
        for (int input = 2; input < node.node().inputs().size(); input++) {
            formal.add(node.input(input));
        }
        return repeated(
                node,
                formal,
                trips,
                1,
                IntStream.range(0, outputCount(node)).map(index -> 0).toArray());
    }

    private OptionalLong trips(ResolvedNode node) {
        OptionalLong count = node.values(0).stream()
                .filter(values -> values.size() == 1)
                .mapToLong(values -> values.whole(0))
                .filter(trips -> trips >= 0 && trips < MOST_TRIPS)
                .findFirst();
        for (int index = carriedCount(node); count.isEmpty() && index < outputCount(node); index++) {
            Optional<ValueInfo> declared = scope.declared(node.node().outputs().get(index));
            count = declared.isPresent() ? scope.dimensions().knownExtent(declared.get(), 0) : count;
        }
        return count;
    }

    private Inference scan(ResolvedNode node) {
        int inputs = node.node().inputs().size();
        int states = carriedCount(node);
        if (node.opset() < 9 || states < 0 || states >= inputs) {
            return opaque(node, OptionalLong.empty());
        }
        long[] axes = node.numbers("scan_input_axes", inputs - states, 0);
        List<KnownTensor> formal = new ArrayList<>();
        long steps = 0;
        for (int input = 0; input < inputs; input++) {
            KnownTensor value = node.input(input);
            if (input < states) {
                formal.add(value);
            } else {
                int axis = ResolvedNode.axis(axes[input - states], value.shape().rank());
                steps = value.shape().dimension(axis);
                formal.add(BodyInference.flowing("", value.type(), without(value.shape(), axis)));
            }
        }
        long[] outAxes = node.numbers("scan_output_axes", outputCount(node) - states, 0);
        int[] gathered = new int[outputCount(node)];
        for (int index = states; index < gathered.length; index++) {
            gathered[index] = Math.toIntExact(outAxes[index - states]);
        }
        return repeated(node, formal, OptionalLong.of(steps), 0, gathered);
    }

    /** One run of the body for each element of the first sequence; the outputs are sequences of as many elements. */
    private Inference mapped(ResolvedNode node) {
        int runs = SequenceRules.elements(node, 0).size();
        Map<List<KnownTensor>, Optional<BodyInference>> inferred = new HashMap<>(); // elements are mostly alike
        List<List<TensorShape>> shapes = Stream.<List<TensorShape>>generate(ArrayList::new)
                .limit(outputCount(node))
                .toList();
        ElementType[] types = new ElementType[outputCount(node)];
        Arrays.fill(types, ElementType.FLOAT32);
        long macs = 0;
        boolean known = true;
        for (int run = 0; run < runs; run++) {
            int index = run;
            List<KnownTensor> formal = IntStream.range(0, node.node().inputs().size())
                    .mapToObj(input -> SequenceRules.element(node, input, index))
                    .toList();
            BodyInference body = inferred.computeIfAbsent(formal, any -> body(node, formal))
                    .orElseThrow(() -> new ImportFailure("the shapes in its body do not follow from its inputs"));
            for (int output = 0; output < types.length; output++) {
                Output delivered =
                        body.output(output).orElseThrow(() -> new ImportFailure("its body delivers too little"));
                types[output] = delivered.type();
                shapes.get(output).add(shape(delivered));
            }
            macs = Math.addExact(macs, body.macs());
            known &= body.isKnown();
        }
        List<Output> outputs = IntStream.range(0, types.length)
                .mapToObj(output -> Output.sequence(types[output], shapes.get(output)))
                .toList();
        return made(node, outputs, macs, known);
    }

    private static TensorShape without(TensorShape shape, int axis) {
        return ShapeArithmetic.joined(
                ShapeArithmetic.part(shape, 0, axis), ShapeArithmetic.part(shape, axis + 1, shape.rank()));
    }

    /** A body that runs several times; the outputs after the states gather one value of each run along an axis. */
    private Inference repeated(
            ResolvedNode node, List<KnownTensor> formal, OptionalLong trips, int lead, int[] gatherAxes) {
        Optional<BodyInference> body = body(node, formal);
        if (body.isEmpty()) {
            return opaque(node, trips);
        }
        List<Output> outputs = new ArrayList<>();
        boolean stable = true;
        for (int index = 0; index < outputCount(node); index++) {
            Optional<Output> inner = body.get().output(index + lead);
            if (inner.isEmpty()) {
                outputs.add(declared(node, index, trips, lead));
            } else if (index < carriedCount(node)) {
                outputs.add(inner.get());
                stable &= keepsShape(node, index, inner.get());
            } else {
                outputs.add(gathered(inner.get(), gatherAxes[index], trips.orElse(1)));
            }
        }
        boolean known = stable && trips.isPresent() && body.get().isKnown();
        return made(node, outputs, Inference.product(trips.orElse(1), body.get().macs()), known);
    }

    private Optional<BodyInference> body(ResolvedNode node, List<KnownTensor> formal) {
        return bodies(node.node()).findFirst().flatMap(graph -> BodyInference.of(nodes, node, graph, formal));
    }

    private boolean keepsShape(ResolvedNode node, int index, Output output) {
        boolean keeps = carried(node, index)
                .filter(first -> first.shape().equals(output.shape()))
                .isPresent();
        if (!keeps) {
            notices.add("The body of " + inner(node) + " changes the shape of '"
                    + node.node().outputs().get(index) + "'; " + output.shape()
                    + ", the shape after one run, is taken.");
        }
        return keeps;
    }

    private static Output gathered(Output inner, int axis, long count) {
        TensorShape shape = shape(inner);
        int at = axis < 0 ? axis + shape.rank() + 1 : axis;
        if (at < 0 || at > shape.rank()) {
            throw new ImportFailure("it gathers along axis " + axis + " of a tensor of " + shape.rank() + " axes");
        }
        return new Output(
                inner.type(),
                ShapeArithmetic.joined(
                        ShapeArithmetic.part(shape, 0, at),
                        ShapeArithmetic.of(count),
                        ShapeArithmetic.part(shape, at, shape.rank())));
    }

    private Inference opaque(ResolvedNode node, OptionalLong trips) {
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < outputCount(node); index++) {
            outputs.add(declared(node, index, trips, node.operator().equals("Loop") ? 1 : 0));
        }
        return made(node, outputs, 0, false);
    }

    private Inference made(ResolvedNode node, List<Output> outputs, long macs, boolean isKnown) {
        boolean isPartial = macs > 0 && !isKnown;
        if (isPartial) {
            notices.add(label(node) + " is kept as one layer; only the known part of its body is counted.");
        } else if (macs == 0) {
            notices.add(label(node) + " is kept as one layer; what happens in its body is not counted.");
        }
        return new Inference(new Operator.Other(node.operator(), isPartial), outputs, macs, weightInputs(node));
    }

    private static String label(ResolvedNode node) {
        return "Node '" + node.node().label() + "' (" + node.operator() + ")";
    }

    private static String inner(ResolvedNode node) {
        return "node '" + node.node().label() + "' (" + node.operator() + ")";
    }

    private static int outputCount(ResolvedNode node) {
        return node.node().outputs().size();
    }

    /** Which inputs are weights for an operator of which nothing is known: real constants of more than one number. */
    static List<Integer> weightInputs(ResolvedNode node) {
        return IntStream.range(0, node.inputCount())
                .filter(node::has)
                .filter(index -> SmallTensor.holdsReal(node.type(index)))
                .filter(index -> node.shape(index).elements() > 1)
                .boxed()
                .toList();
    }

    /** An output as the file declares it, of the node or of its body; known extents win over assumed ones. */
    private Output declared(ResolvedNode node, int index, OptionalLong trips, int lead) {
        String name = node.node().outputs().get(index);
        Optional<ValueInfo> outer = scope.declared(name);
        Optional<ValueInfo> inner = innerOutput(node, index + lead);
        ElementType type = scope.declaredType(name)
                .or(() -> inner.flatMap(info -> ParsedModel.elementType(info.dataType())))
                .or(() -> carried(node, index).map(KnownTensor::type))
                .orElse(ElementType.FLOAT32);
        TensorShape shape = outer.flatMap(scope.dimensions()::knownShape)
                .or(() -> inner.flatMap(scope.dimensions()::knownShape).map(it -> collected(node, index, it, trips)))
                .or(() -> carried(node, index).map(KnownTensor::shape))
                .or(() -> outer.flatMap(scope::shape))
                .or(() -> inner.flatMap(scope::shape).map(it -> collected(node, index, it, trips)))
                .orElse(null);
        return new Output(type, shape);
    }

    /** What the bodies declare of the tensor that becomes an output: the greatest of several. */
    private Optional<ValueInfo> innerOutput(ResolvedNode node, int index) {
        return bodies(node.node())
                .filter(body -> index < body.outputs().size())
                .map(body -> body.outputs().get(index))
                .filter(info -> info.dimensions() != null)
                .max((first, second) -> Long.compare(elements(first), elements(second)));
    }

    private long elements(ValueInfo info) {
        return scope.dimensions().knownShape(info).map(TensorShape::elements).orElse(0L);
    }

    /** A state of a loop begins with the type and shape of an input. */
    private static Optional<KnownTensor> carried(ResolvedNode node, int index) {
        int input = node.operator().equals("Loop") ? index + 2 : index;
        return index < carriedCount(node) && node.has(input) ? Optional.of(node.input(input)) : Optional.empty();
    }

    private static int carriedCount(ResolvedNode node) {
        int inputs = node.node().inputs().size();
        return switch (node.operator()) {
            case "Loop" -> inputs - 2;
            case "Scan" -> inputs - node.number("num_scan_inputs", 0, 0, Integer.MAX_VALUE);
            default -> 0;
        };
    }

    /** What is gathered over the runs of a body has one axis more than in the body. */
    private static TensorShape collected(ResolvedNode node, int index, TensorShape inner, OptionalLong trips) {
        if (node.operator().equals("If") || index < carriedCount(node)) {
            return inner;
        }
        if (node.operator().equals("Scan")) {
            KnownTensor scanned = node.input(node.node().inputs().size() - 1);
            return ShapeArithmetic.joined(ShapeArithmetic.of(scanned.shape().dimension(0)), inner);
        }
        return ShapeArithmetic.joined(ShapeArithmetic.of(trips.orElse(1)), inner);
    }
}
