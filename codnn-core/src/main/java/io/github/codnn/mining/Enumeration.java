package io.github.codnn.mining;

import java.util.function.Predicate;

/**
 * Visits all embeddings of a pattern, one per class of embeddings that automorphisms map to each other: among nodes
 * that can be exchanged while all lower ones are fixed, the lowest node gets the lowest image.
 */
final class Enumeration {

    private final PatternShape shape;
    private final long[][] domains;
    private final int[] image;

    /** {@code above[v]}: bit set of the nodes whose image must be higher than that of v. */
    private final long[] above;

    Enumeration(PatternShape shape, LabelIndex index) {
        this.shape = shape;
        this.image = new int[shape.nodes()];
        this.above = new long[shape.nodes()];
        this.domains = new long[shape.nodes()][];
        Orbits orbits = new Orbits(shape.graph);
        for (int v = 0; v < shape.nodes(); v++) {
            domains[v] = BitSets.full(index.count(shape.graph.label[v]));
            for (int w = v + 1; w < shape.nodes(); w++) {
                above[v] |= orbits.mapsTo(v, w, v) ? 1L << w : 0;
            }
        }
    }

    /**
     * Passes each embedding to the visitor, in one array that the next call overwrites, until the visitor returns
     * false.
     */
    void run(Predicate<int[]> visitor) {
        if (!new DomainFilter(shape).filter(domains, (1L << shape.nodes()) - 1, 1)) {
            return;
        }
        SearchOrder order = new SearchOrder(shape, domains, 0);
        for (int vertex : BitSets.difference(domains[0], new long[domains[0].length])) {
            image[0] = vertex;
            if (!extend(order, 1, visitor)) {
                return;
            }
        }
    }

    private boolean extend(SearchOrder order, int depth, Predicate<int[]> visitor) {
        if (depth == image.length) {
            return visitor.test(image);
        }
        SearchOrder.Step step = order.steps[depth];
        int from = image[step.anchor];
        for (int i = step.via.offset[from]; i < step.via.offset[from + 1]; i++) {
            int vertex = step.via.target[i];
            if (BitSets.contains(domains[step.node], vertex) && fits(step, vertex)) {
                image[step.node] = vertex;
                if (!extend(order, depth + 1, visitor)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean fits(SearchOrder.Step step, int vertex) {
        for (int rival : step.rivals) {
            boolean mustBeHigher = ((above[rival] >>> step.node) & 1) == 1;
            boolean mustBeLower = ((above[step.node] >>> rival) & 1) == 1;
            if (image[rival] == vertex
                    || (mustBeHigher && vertex < image[rival])
                    || (mustBeLower && vertex > image[rival])) {
                return false;
            }
        }
        for (int c = 0; c < step.checkNodes.length; c++) {
            if (!step.checks[c].contains(image[step.checkNodes[c]], vertex)) {
                return false;
            }
        }
        return true;
    }
}
