package io.github.codnn.onnx;

import io.github.codnn.graph.OpenDimension;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.internal.Checks;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gives extents to the dimensions that a file leaves open: those that the caller has set, those that follow from
 * computed shapes or from an expression of others, and the default for the rest.
 */
final class OpenDimensions {

    private final ImportSettings settings;
    private final Map<String, Long> learned = new HashMap<>();
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private final Set<String> mentioned = new LinkedHashSet<>();
    private final Set<String> applied = new LinkedHashSet<>();

    /** The tensors for which a dimension was needed. */
    private record Use(Set<String> tensors, long extent, boolean assumed) {}

    OpenDimensions(ImportSettings settings) {
        this.settings = settings;
    }

    /** The shape that the file declares for a tensor, with defaults if need be, or nothing if it declares none. */
    Optional<TensorShape> shape(ValueInfo info) {
        List<Dimension> dimensions = info.dimensions();
        if (dimensions == null) {
            return Optional.empty();
        }
        long[] extents = new long[dimensions.size()];
        for (int axis = 0; axis < extents.length; axis++) {
            Dimension dimension = dimensions.get(axis);
            extents[axis] = dimension.isKnown() ? dimension.value() : needed(info.name(), symbol(info, axis));
        }
        return Optional.of(ShapeArithmetic.of(extents));
    }

    /** The shape that the file declares for a tensor, or nothing if any extent would have to be assumed. */
    Optional<TensorShape> knownShape(ValueInfo info) {
        List<Dimension> dimensions = info.dimensions();
        if (dimensions == null) {
            return Optional.empty();
        }
        long[] extents = new long[dimensions.size()];
        for (int axis = 0; axis < extents.length; axis++) {
            OptionalLong extent = knownExtent(info, axis);
            if (extent.isEmpty()) {
                return Optional.empty();
            }
            extents[axis] = extent.getAsLong();
        }
        return Optional.of(ShapeArithmetic.of(extents));
    }

    /** One declared extent, or nothing if it would have to be assumed; the tensor must have that axis. */
    OptionalLong knownExtent(ValueInfo info, int axis) {
        List<Dimension> dimensions = info.dimensions();
        if (dimensions == null || axis >= dimensions.size()) {
            return OptionalLong.empty();
        }
        Dimension dimension = dimensions.get(axis);
        return dimension.isKnown() ? OptionalLong.of(dimension.value()) : known(symbol(info, axis));
    }

    private static String symbol(ValueInfo info, int axis) {
        List<Dimension> dimensions = info.dimensions();
        String symbol = dimensions == null ? "" : dimensions.get(axis).symbol();
        return symbol.isBlank() ? info.name() + "[" + axis + "]" : symbol;
    }

    /** Takes notice of the open dimensions that a file names, whether or not they are needed. */
    void mention(ValueInfo info) {
        List<Dimension> dimensions = info.dimensions();
        for (int axis = 0; dimensions != null && axis < dimensions.size(); axis++) {
            if (!dimensions.get(axis).isKnown()) {
                String symbol = symbol(info, axis);
                mentioned.add(symbol);
                DimensionExpression.value(symbol, operand -> bound(operand).or(() -> Optional.of(1L)));
            }
        }
    }

    /** Takes the open dimensions of a tensor from its shape, where the file says what they are called. */
    void learn(ValueInfo info, TensorShape shape) {
        List<Dimension> dimensions = info.dimensions();
        if (dimensions == null || dimensions.size() != shape.rank()) {
            return;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!dimensions.get(axis).isKnown()) {
                learned.putIfAbsent(symbol(info, axis), shape.dimension(axis));
            }
        }
    }

    /** An extent that depends on values which are not known before the run, as a dimension of its own name. */
    long open(String tensor, int axis) {
        String symbol = tensor + "[" + axis + "]";
        mentioned.add(symbol);
        return needed(tensor, symbol);
    }

    private long needed(String tensor, String symbol) {
        OptionalLong known = known(symbol);
        Use use = uses.get(symbol);
        if (use == null && (known.isEmpty() || settings.dimensions().containsKey(symbol))) {
            use = new Use(new LinkedHashSet<>(), known.orElse(settings.otherwise()), known.isEmpty() && !chosen());
            uses.put(symbol, use);
        }
        if (use != null) {
            use.tensors().add(tensor);
            return use.extent();
        }
        return known.getAsLong();
    }

    private boolean chosen() {
        return settings.isDefaultChosen();
    }

    private OptionalLong known(String symbol) {
        Optional<Long> own = bound(symbol).or(() -> Optional.ofNullable(learned.get(symbol)));
        return own.isPresent() ? OptionalLong.of(own.get()) : DimensionExpression.value(symbol, this::operand);
    }

    private Optional<Long> bound(String symbol) {
        Long extent = settings.dimensions().get(symbol);
        if (extent != null) {
            applied.add(symbol);
        }
        return Optional.ofNullable(extent);
    }

    private Optional<Long> operand(String symbol) {
        return bound(symbol)
                .or(() -> Optional.ofNullable(uses.get(symbol)).map(Use::extent))
                .or(() -> Optional.ofNullable(learned.get(symbol)));
    }

    /** Refuses a dimension that the caller has set and that the file does not have. */
    void checkAllUsed() {
        for (String name : settings.dimensions().keySet()) {
            if (!mentioned.contains(name) && !applied.contains(name)) {
                throw new ImportFailure("it has no open dimension '" + name + "'. "
                        + (mentioned.isEmpty() ? "All are fixed." : "It has " + Checks.some(mentioned, 8)));
            }
        }
    }

    /** The open dimensions that were needed. */
    List<OpenDimension> all() {
        List<OpenDimension> all = new ArrayList<>();
        uses.forEach((name, use) ->
                all.add(new OpenDimension(name, List.copyOf(use.tensors()), use.extent(), use.assumed())));
        return all;
    }

    /** Names the dimensions that got the default, if any. */
    Optional<String> notice() {
        return withDefault().map(names -> "Open dimensions taken as " + settings.otherwise() + ": " + names + ".");
    }

    /** What may help if an extent is too small: other sizes of the dimensions that got the default, if any. */
    String advice() {
        return withDefault()
                .map(names -> ". The file leaves dimensions open, taken as " + settings.otherwise() + ": " + names
                        + ". --dim NAME=SIZE gives one another size")
                .orElse("");
    }

    private Optional<String> withDefault() {
        List<String> names = uses.keySet().stream()
                .filter(name -> !settings.dimensions().containsKey(name))
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(Checks.some(names, 8));
    }
}
