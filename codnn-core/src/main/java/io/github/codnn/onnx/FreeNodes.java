package io.github.codnn.onnx;

import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the nodes that do not depend on the data, where the shapes of a file cannot be told. */
final class FreeNodes {

    private FreeNodes() {}

    /** The same rule as {@link ConstantFolding#isConstant}, by names only. */
    static Predicate<Node> of(Model model) {
        Set<String> functions = new HashSet<>();
        model.functions().forEach(function -> functions.add(function.domain() + ":" + function.name()));
        Set<String> constants = new HashSet<>(Set.of(""));
        model.graph().initializers().forEach(weight -> constants.add(weight.name()));
        Set<Node> free = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : NodeOrder.of(model.graph().nodes())) {
            boolean varies = functions.contains(node.domain() + ":" + node.operator())
                    || GeneratorRules.RANDOM.contains(node.operator())
                    || ControlFlowRules.hasBody(node);
            boolean ofShape = node.operator().equals("Shape") || node.operator().equals("Size");
            if (!varies && (ofShape || constants.containsAll(node.inputs()))) {
                free.add(node);
                constants.addAll(node.outputs());
            }
        }
        return free::contains;
    }
}
