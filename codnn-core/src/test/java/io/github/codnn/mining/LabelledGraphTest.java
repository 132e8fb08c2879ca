package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelledGraphTest {

    private static LabelledGraph.Builder twoVertices(boolean directed, String first, String second) {
        LabelledGraph.Builder graph = directed ? LabelledGraph.directed() : LabelledGraph.undirected();
        return graph.vertex(first).vertex(second);
    }

    /** The graph numbers labels in another order than that in which they come. */
    @Test
    void build_labelsInAnyOrder_vertexAndEdgeKeepTheirs() {
        LabelledGraph graph = twoVertices(true, "z", "a")
                .vertex("m")
                .edge(1, 0, "y")
                .edge(2, 1, "b")
                .build();

        assertThat(graph.vertexLabel(0)).isEqualTo("z");
        assertThat(graph.vertexLabel(1)).isEqualTo("a");
        assertThat(graph.vertexLabel(2)).isEqualTo("m");
        assertThat(graph.edgeLabel(0)).isEqualTo("y");
        assertThat(graph.edgeLabel(1)).isEqualTo("b");
    }

    @Test
    void equals_sameEdgesInAnyOrder_same() {
        LabelledGraph graph =
                twoVertices(false, "a", "b").edge(0, 1, "x").edge(0, 1, "y").build();
        LabelledGraph same = twoVertices(false, "a", "b")
                .edge(1, 0, "y")
                .edge(1, 0, "x")
                .edge(0, 1, "x")
                .build();

        assertThat(same).isEqualTo(graph).hasSameHashCodeAs(graph);
        assertThat(graph).hasToString("LabelledGraph[undirected, 2 vertices, 2 edges]");
    }

    @ParameterizedTest
    @CsvSource({
        "true, a, b, 0, 1, x",
        "false, a, c, 0, 1, x",
        "false, b, a, 0, 1, x",
        "false, a, b, 0, 1, y",
        "false, a, b, 0, 2, x",
        "false, a, b, 2, 1, x",
    })
    void equals_oneDifference_differ(boolean directed, String first, String second, int from, int to, String label) {
        LabelledGraph graph =
                twoVertices(false, "a", "b").vertex("b").edge(0, 1, "x").build();
        LabelledGraph other = twoVertices(directed, first, second)
                .vertex("b")
                .edge(from, to, label)
                .build();

        assertThat(other).isNotEqualTo(graph);
        assertThat(other.hashCode()).isNotEqualTo(graph.hashCode());
    }

    @Test
    void toString_directedGraph_saysSo() {
        assertThat(twoVertices(true, "a", "b").build()).hasToString("LabelledGraph[directed, 2 vertices, 0 edges]");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, -1", "0, -1, -1", "2, 0, 2", "0, 2, 2"})
    void edge_vertexThatDoesNotExist_named(int from, int to, int wrong) {
        LabelledGraph.Builder graph = twoVertices(true, "a", "b");

        assertThatThrownBy(() -> graph.edge(from, to, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Vertex " + wrong + " does not exist: there are 2 vertices");
    }
}
