package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;

/** Converts canonical codes to public patterns: replaces numbers by labels. */
record PatternFactory(boolean directed, Labels labels, Labels edgeLabels) {

    Pattern pattern(DfsCode code) {
        List<String> nodes = new ArrayList<>();
        for (int label : code.label) {
            nodes.add(labels.name(label));
        }
        List<Pattern.Edge> edges = new ArrayList<>();
        for (int e = 0; e < code.edges(); e++) {
            boolean arriving = EdgeKind.isArriving(code.kind[e]);
            int from = arriving ? code.to[e] : code.from[e];
            int to = arriving ? code.from[e] : code.to[e];
            edges.add(new Pattern.Edge(from, to, edgeLabels.name(EdgeKind.label(code.kind[e]))));
        }
        return Pattern.ofCanonical(directed, nodes, edges);
    }
}
