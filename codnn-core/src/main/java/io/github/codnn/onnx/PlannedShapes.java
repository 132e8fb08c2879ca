package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.ParsedModel.Dimension;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sizes of the network that a plan was made from. The figures of the plan hold for these only. */
final class PlannedShapes {

    private PlannedShapes() {}

    /** Gives open inputs the shapes of the plan as far as it tells them, unless the caller has set dimensions. */
    static ImportSettings settings(ImportSettings given, Model model, LayerGraph planned) {
        if (given.isDefaultChosen() || !given.dimensions().isEmpty()) {
            return given;
        }
        Map<String, ValueInfo> declared = new HashMap<>();
        model.graph().inputs().forEach(info -> declared.put(info.name(), info));
        ImportSettings settings = given;
        for (Tensor input : planned.inputs()) {
            ValueInfo info = declared.get(input.name());
            boolean isSet = given.inputShapes().containsKey(input.name())
                    || given.inputValues().containsKey(input.name());
            if (info != null && !isSet) {
                List<Long> shape = shape(info, input);
                settings = shape.isEmpty() ? settings : settings.withInputShape(input.name(), shape);
            }
        }
        return settings;
    }

    /** The shape of an input in the plan; nothing if all is fixed, or if its bytes allow several. */
    private static List<Long> shape(ValueInfo info, Tensor planned) {
        Optional<ElementType> type = ParsedModel.elementType(info.dataType());
        List<Dimension> declared = info.dimensions();
        if (type.isEmpty() || declared == null || declared.stream().allMatch(Dimension::isKnown)) {
            return List.of();
        }
        if (planned.type() == type.get() && planned.shape().rank() == declared.size()) {
            return planned.shape().dimensions();
        }
        // A plan file states bytes only.
        long fixed = 1;
        int open = 0;
        for (Dimension dimension : declared) {
            open += dimension.isKnown() ? 0 : 1;
            fixed = Math.multiplyExact(fixed, dimension.isKnown() ? dimension.value() : 1);
        }
        if (open != 1 || fixed == 0 || planned.bytes() % type.get().bytes(fixed) != 0) {
            return List.of();
        }
        long extent = planned.bytes() / type.get().bytes(fixed);
        return declared.stream()
                .map(each -> each.isKnown() ? each.value() : extent)
                .toList();
    }

    /** Refuses a model whose tensors do not have the sizes of the plan; inputs first. O(tensors). */
    static void check(LayerGraph planned, LayerGraph read) {
        Map<String, Tensor> tensors = new HashMap<>();
        read.inputs().forEach(input -> tensors.put(input.name(), input));
        for (Layer layer : read.layers()) {
            layer.outputs().forEach(output -> tensors.put(output.name(), output));
        }
        for (Tensor input : planned.inputs()) {
            check("input '" + input.name() + "'", input, tensors, "--input '" + input.name() + "=SHAPE'");
        }
        for (Layer layer : planned.layers()) {
            for (Tensor output : layer.outputs()) {
                check(
                        "tensor '" + output.name() + "' of layer '" + layer.name() + "'",
                        output,
                        tensors,
                        "--dim, --input and --value");
            }
        }
    }

    private static void check(String what, Tensor planned, Map<String, Tensor> tensors, String option) {
        Tensor read = tensors.getOrDefault(planned.name(), planned);
        if (planned.bytes() != read.bytes()) {
            throw new ImportFailure(what + " has " + read.bytes() + " bytes, " + shown(read.shape()) + " of "
                    + read.type() + ", but the plan was made with " + planned.bytes() + " bytes. Give " + option
                    + " as for the plan, or plan again.");
        }
    }

    private static String shown(TensorShape shape) {
        return shape.rank() == 0
                ? "()"
                : shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
