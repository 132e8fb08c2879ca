package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.github.codnn.onnx.ParsedModel.Attribute;
import io.github.codnn.onnx.ParsedModel.Function;
import io.github.codnn.onnx.ParsedModel.Graph;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ParsedModel.Node;
import io.github.codnn.onnx.ParsedModel.ValueInfo;
import io.github.codnn.onnx.ParsedModel.Weight;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which nodes do not depend on the data: there are an input x, a weight w and a function of its own domain. */
class FreeNodesTest {

    private static Node node(String operator, List<String> inputs, String output) {
        return node(operator, "", inputs, output, Map.of());
    }

    private static Node node(
            String operator, String domain, List<String> inputs, String output, Map<String, Attribute> attributes) {
        return new Node(output, operator, domain, "", inputs, List.of(output), attributes);
    }

    private static List<String> free(Node... nodes) {
        Weight weight = new Weight("w", 1, ImmutableLongArray.of(3), null, null);
        Graph graph = new Graph(
                "net", List.of(nodes), List.of(weight), List.of(new ValueInfo("x", 1, null)), List.of(), List.of());
        Function function = new Function("own", "Twice", "", List.of("a"), List.of("b"), Map.of(), List.of());
        Predicate<Node> isFree = FreeNodes.of(new Model(Map.of("", 17L), List.of(function), graph));
        return List.of(nodes).stream().filter(isFree).map(Node::label).toList();
    }

    @Test
    void of_nodesOfConstants_areFreeAlsoOverOthers() {
        assertThat(free(
                        node("Constant", List.of(), "c"),
                        node("Add", List.of("c", "w"), "sum"),
                        node("Clip", List.of("sum", "", "c"), "most"),
                        node("Mul", List.of("sum", "x"), "product"),
                        node("Relu", List.of("product"), "y")))
                .containsExactly("c", "sum", "most");
    }

    @Test
    void of_shapesOfData_areFree() {
        assertThat(free(
                        node("Shape", List.of("x"), "s"),
                        node("Size", List.of("x"), "n"),
                        node("Add", List.of("s", "n"), "sum"),
                        node("Reshape", List.of("x", "sum"), "y")))
                .containsExactly("s", "n", "sum");
    }

    /** What differs from run to run, or may, is not free, nor what is made of it. */
    @Test
    void of_chanceBodiesAndFunctions_areNotFree() {
        Graph body = new Graph("body", List.of(), List.of(), List.of(), List.of(), List.of());
        Attribute branch = new Attribute(0, 0, "", ImmutableLongArray.of(), ImmutableDoubleArray.of(), null, body, "");

        assertThat(free(
                        node("RandomNormalLike", List.of("w"), "chance"),
                        node("If", "", List.of("w"), "branch", Map.of("then_branch", branch)),
                        node("Twice", "own", List.of("w"), "call", Map.of()),
                        node("Neg", List.of("chance"), "after"),
                        node("Twice", "other", List.of("w"), "y", Map.of())))
                .containsExactly("y");
    }
}
