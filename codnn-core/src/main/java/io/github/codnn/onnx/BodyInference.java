package io.github.codnn.onnx;

import io.github.codnn.graph.ElementType;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.Inference.Output;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one run of a body takes and delivers.
 *
 * @param outputs type and shape of each output of the body
 * @param macs the multiply-accumulates of one run
 * @param isKnown whether every operator inside is known
 */
record BodyInference(List<Output> outputs, long macs, boolean isKnown) {

    /** Infers a body, or returns nothing if its shapes do not follow from its inputs. */
    static Optional<BodyInference> of(NodeAssembler around, ResolvedNode node, Graph body, List<KnownTensor> formal) {
        NodeAssembler inside = around.ofBody();
        try {
            for (int index = 0; index < Math.min(formal.size(), body.inputs().size()); index++) {
                KnownTensor value = formal.get(index);
                String name = body.inputs().get(index).name();
                inside.scope().put(value.flowingAs(name));
            }
            inside.scope().declare(body);
            inside.add(body.nodes());
            return Optional.of(of(around, inside, node, body));
        } catch (ImportFailure | UnknownShape | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static BodyInference of(NodeAssembler around, NodeAssembler inside, ResolvedNode node, Graph body) {
        List<Output> outputs = new ArrayList<>();
        for (ValueInfo info : body.outputs()) {
            KnownTensor value = inside.scope().get(info.name());
            if (value == null) {
                throw new ImportFailure("nothing writes '" + info.name() + "'");
            }
            outputs.add(new Output(value.type(), value.shape(), value.elements()));
        }
        around.notices().addAll(inside.notices());
        if (!inside.unknown().isEmpty()) {
            around.notices()
                    .add("The body of node '" + node.node().label() + "' (" + node.operator()
                            + ") has unknown operators: "
                            + io.github.codnn.internal.Checks.some(
                                    inside.unknown().keySet(), 8) + ".");
        }
        long macs = 0;
        boolean known = inside.unknown().isEmpty();
        for (Layer layer : inside.layers()) {
            macs = Math.addExact(macs, layer.macs());
            known &= !ControlFlowRules.isUncounted(layer);
        }
        return new BodyInference(outputs, macs, known);
    }

    /** A tensor that is not known before the run. */
    static KnownTensor flowing(String name, ElementType type, TensorShape shape) {
        return new KnownTensor(name, type, shape, null, null);
    }

    Optional<Output> output(int index) {
        return index < outputs.size() ? Optional.of(outputs.get(index)) : Optional.empty();
    }
}
