package io.github.codnn.mining;

import java.util.Arrays;

/** A pattern together with the {@link Relation} that each of its half-edges must follow in the large graph. */
final class PatternShape {

    final SmallGraph graph;

    /** {@code relation[v][x]} leads from the images of node v to those of {@code graph.neighbour[v][x]}. */
    final Relation[][] relation;

    /** Offset that makes an image of node v unique among the images of nodes with all labels. */
    final int[] offset;

    PatternShape(SmallGraph graph, LabelIndex index) {
        this.graph = graph;
        offset = Arrays.stream(graph.label).map(index::offset).toArray();
        relation = new Relation[graph.nodes()][];
        for (int v = 0; v < relation.length; v++) {
            relation[v] = new Relation[graph.degree(v)];
            for (int x = 0; x < relation[v].length; x++) {
                relation[v][x] = index.relation(
                        new EdgeType(graph.label[v], graph.kind[v][x], graph.label[graph.neighbour[v][x]]));
            }
        }
    }

    int nodes() {
        return graph.nodes();
    }

    /** Half-edge {@code x} of {@code v} is the first one to that neighbour; parallel edges have later numbers. */
    boolean isFirstToNeighbour(int v, int x) {
        for (int y = 0; y < x; y++) {
            if (graph.neighbour[v][y] == graph.neighbour[v][x]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the pattern has no cycle, no parallel edges and no label twice. */
    boolean isTreeOfDistinctLabels() {
        int halfEdges = Arrays.stream(relation).mapToInt(row -> row.length).sum();
        return halfEdges == 2 * (nodes() - 1)
                && Arrays.stream(graph.label).distinct().count() == nodes();
    }
}
