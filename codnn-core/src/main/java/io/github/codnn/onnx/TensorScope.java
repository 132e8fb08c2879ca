package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the tensors of a graph: those met so far, and what the file declares of those to come. */
final class TensorScope {

    private static final int MAX_CONTRADICTIONS = 3;

    private final OpenDimensions dimensions;
    private final ExternalData external;
    private final Map<String, ValueInfo> declared = new HashMap<>();
    private final Map<String, KnownTensor> values = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> greatest = new HashSet<>();
    private final Set<String> assumed = new HashSet<>();
    private final Set<String> delivered = new HashSet<>();
    private final Map<String, String> unreadable = new HashMap<>();
    private final List<String> contradictions;
    private final @Nullable TensorScope around;

    TensorScope(OpenDimensions dimensions, ExternalData external) {
        this(dimensions, external, null, new ArrayList<>());
    }

    private TensorScope(
            OpenDimensions dimensions,
            ExternalData external,
            @Nullable TensorScope around,
            List<String> contradictions) {
        this.dimensions = dimensions;
        this.external = external;
        this.around = around;
        this.contradictions = contradictions;
    }

    /** The scope of a body, which sees the tensors around it. */
    TensorScope inner() {
        return new TensorScope(dimensions, external, this, contradictions);
    }

    /** Takes in what a graph declares; the last word on a tensor counts. */
    void declare(Graph graph) {
        graph.values().stream().filter(info -> !info.isSequence()).forEach(info -> declared.put(info.name(), info));
        graph.outputs().stream()
                .filter(info -> info.dimensions() != null && !info.isSequence())
                .forEach(info -> declared.put(info.name(), info));
        graph.outputs().forEach(info -> readers.merge(info.name(), 1, Integer::sum));
        graph.outputs().forEach(info -> delivered.add(info.name()));
        graph.values().forEach(dimensions::mention);
        graph.outputs().forEach(dimensions::mention);
        graph.initializers().forEach(this::initializer);
    }

    private void initializer(Weight weight) {
        Optional<ElementType> known = ParsedModel.elementType(weight.dataType());
        if (known.isEmpty()) {
            unreadable.put(
                    weight.name(),
                    "it reads tensor '" + weight.name() + "', whose element type " + weight.dataType()
                            + " is not a number type known here");
        }
        known.ifPresent(type -> {
            TensorShape shape = ShapeArithmetic.of(weight.dimensions().toArray());
            SmallTensor small = weight.values() != null ? weight.values() : external.values(weight, type, shape);
            values.put(weight.name(), KnownTensor.constant(weight.name(), type, shape, small));
        });
    }

    /** Takes in an input of the network. */
    Tensor input(ValueInfo info) {
        ElementType type = ParsedModel.elementType(info.dataType())
                .orElseThrow(() -> new ImportFailure("input '" + info.name() + "' is not a tensor of numbers"));
        TensorShape shape =
                dimensions.shape(info).orElseThrow(() -> new ImportFailure("input '" + info.name() + "' has no shape"));
        Tensor tensor = new Tensor(info.name(), shape, type);
        put(KnownTensor.flowing(tensor).withElements(info.isSequence() ? elements(shape) : null));
        return tensor;
    }

    /** The elements of a sequence whose length is its first extent. */
    private static List<TensorShape> elements(TensorShape sequence) {
        if (sequence.dimension(0) > SmallTensor.MAX_ELEMENTS) {
            throw new ImportFailure("a sequence of " + sequence.dimension(0) + " tensors is too long");
        }
        return Collections.nCopies((int) sequence.dimension(0), ShapeArithmetic.part(sequence, 1, sequence.rank()));
    }

    boolean knows(String name) {
        return values.containsKey(name);
    }

    @Nullable
    KnownTensor get(String name) {
        KnownTensor value = values.get(name);
        return value == null && around != null ? around.get(name) : value;
    }

    void put(KnownTensor value) {
        values.put(value.name(), value);
        ValueInfo info = declared.get(value.name());
        if (info == null || info.dimensions() == null) {
            return;
        }
        if (contradicts(info, info.dimensions(), value.shape())) {
            contradictions.add("'" + value.name() + "' is " + value.shape());
        }
        if (around == null) { // Names in a body may stand for another extent in each run or branch.
            dimensions.learn(info, value.shape());
        }
    }

    private boolean contradicts(ValueInfo info, List<Dimension> declaredDimensions, TensorShape shape) {
        if (declaredDimensions.size() != shape.rank()) {
            return true;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean compared = around == null || declaredDimensions.get(axis).isKnown();
            OptionalLong extent = compared ? dimensions.knownExtent(info, axis) : OptionalLong.empty();
            if (extent.isPresent() && extent.getAsLong() != shape.dimension(axis)) {
                return true;
            }
        }
        return false;
    }

    /** Names the tensors whose shapes are not what the file declares, if any. */
    Optional<String> notice() {
        if (contradictions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(contradictions.size() + " tensor(s) are declared with another shape than they have: "
                + Checks.some(contradictions, MAX_CONTRADICTIONS) + ".");
    }

    /** What is known of tensors that a node reads, with nothing for inputs that are left out. */
    List<@Nullable KnownTensor> known(Collection<String> names) {
        List<@Nullable KnownTensor> known = new ArrayList<>(names.size());
        for (String name : names) {
            KnownTensor value = get(name);
            if (value == null && !name.isEmpty()) {
                throw new ImportFailure(
                        unreadable.getOrDefault(name, "it reads tensor '" + name + "', which nothing writes"));
            }
            known.add(value);
        }
        return known;
    }

    /** Notes which tensors nodes read. */
    void addReaders(Collection<Node> nodes) {
        nodes.forEach(node -> NodeOrder.reads(node).forEach(name -> readers.merge(name, 1, Integer::sum)));
    }

    boolean isRead(String name) {
        return readers.containsKey(name);
    }

    /** Tells whether a node is the only one that reads its first input. */
    boolean isReadOnce(Node node) {
        return !node.inputs().isEmpty() && readers.getOrDefault(node.inputs().get(0), 0) == 1;
    }

    /** Notes that the shape of a tensor is the greatest that the data can make. */
    void markGreatest(String name) {
        greatest.add(name);
    }

    /** Notes that extents of tensors are assumed, so that they may be smaller than the true ones. */
    void markAssumed(Collection<String> names) {
        greatest.addAll(names);
        assumed.addAll(names);
    }

    boolean hasAssumed(Collection<String> names) {
        return !assumed.isEmpty() && names.stream().anyMatch(assumed::contains);
    }

    boolean hasGreatest() {
        return !greatest.isEmpty();
    }

    boolean hasGreatest(Collection<String> names) {
        return !greatest.isEmpty() && names.stream().anyMatch(greatest::contains);
    }

    /** Tells whether the graph delivers one of some tensors. */
    boolean delivers(Collection<String> names) {
        return names.stream().anyMatch(delivered::contains);
    }

    /** The shape that the file declares of a tensor without an open dimension. */
    Optional<TensorShape> fixedShape(String name) {
        return Optional.ofNullable(declared.get(name))
                .filter(info ->
                        info.dimensions() != null && info.dimensions().stream().allMatch(Dimension::isKnown))
                .flatMap(dimensions::shape);
    }

    Optional<TensorShape> declaredShape(String name) {
        return Optional.ofNullable(declared.get(name)).flatMap(dimensions::shape);
    }

    Optional<TensorShape> shape(ValueInfo info) {
        return dimensions.shape(info);
    }

    /** What the file declares of a tensor. */
    Optional<ValueInfo> declared(String name) {
        return Optional.ofNullable(declared.get(name));
    }

    OpenDimensions dimensions() {
        return dimensions;
    }

    /** Names files that are missing and that hold values of some tensors, or nothing. */
    String missingFiles(Collection<String> tensors) {
        return external.missing(tensors);
    }

    Optional<ElementType> declaredType(String name) {
        return Optional.ofNullable(declared.get(name)).flatMap(info -> ParsedModel.elementType(info.dataType()));
    }
}
