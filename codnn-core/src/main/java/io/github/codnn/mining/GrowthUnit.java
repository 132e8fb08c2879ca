package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frequent patterns with one edge more than a given one, by rightmost extension. It extends only the
 * canonical code of a pattern, so that units are independent.
 *
 * <p>Results for an extension of the parent also hold for this pattern with the same extension: if it was infrequent
 * there, it is infrequent here, and images that were excluded there are excluded here. (GraMi's push-down pruning
 * passes invalid images from parent to child; this also passes them from every sibling.)
 */
final class GrowthUnit extends Unit {

    /** Domains of an extension known to be infrequent. */
    private static final long[][] INFREQUENT = {};

    private final LabelIndex index;
    private final int minSupport;
    private final PatternState state;

    /** Results for the parent's extensions, and the number of its nodes. */
    private final Map<Extension, long[][]> siblings;

    private final int parentNodes;

    /** Extends a pattern of one edge. */
    GrowthUnit(LabelIndex index, int minSupport, PatternState state) {
        this.index = index;
        this.minSupport = minSupport;
        this.state = state;
        this.siblings = Map.of();
        this.parentNodes = 0;
    }

    private GrowthUnit(GrowthUnit parent, PatternState state, Map<Extension, long[][]> siblings) {
        this.index = parent.index;
        this.minSupport = parent.minSupport;
        this.state = state;
        this.siblings = siblings;
        this.parentNodes = parent.state.code.nodes();
    }

    @Override
    void work(WorkMeter meter, Outcome outcome) {
        Map<Extension, long[][]> known = new HashMap<>();
        for (Extension extension : extensions()) {
            meter.step();
            outcome.countCandidate();
            long[][] inherited = siblings.get(asSeenByParent(extension));
            if (inherited == INFREQUENT) {
                known.put(extension, INFREQUENT);
                continue;
            }
            Candidate candidate = new Candidate(state.code.extended(extension));
            long[][] domains = candidate.startDomains(extension, inherited);
            if (!candidate.filter(domains)) {
                known.put(extension, INFREQUENT);
            } else if (!CanonicalCode.isLeast(candidate.code, candidate.shape.graph)) {
                known.put(extension, domains);
            } else {
                PatternState child = candidate.evaluate(domains, meter);
                known.put(extension, child == null ? INFREQUENT : child.domains);
                if (child != null) {
                    outcome.add(child, new GrowthUnit(this, child, known));
                }
            }
        }
    }

    private Extension asSeenByParent(Extension extension) {
        return extension.isForward()
                ? new Extension(extension.from(), parentNodes, extension.kind(), extension.label())
                : extension;
    }

    private List<Extension> extensions() {
        List<Extension> extensions = new ArrayList<>();
        int[] path = state.code.rightmostPath();
        SmallGraph graph = SmallGraph.of(state.code, index.isDirected());
        addBackward(extensions, path, graph);
        for (int node : path) {
            for (EdgeType type : index.typesFrom(state.code.label[node])) {
                if (mayFollow(type) && hasRoom(graph, node, type.kind())) {
                    extensions.add(new Extension(node, state.code.nodes(), type.kind(), type.target()));
                }
            }
        }
        return extensions;
    }

    /** Whether vertices of the graph have more edges of a kind than a node of the pattern. */
    private boolean hasRoom(SmallGraph graph, int node, int kind) {
        return graph.degree(node, kind) < index.maxDegree(graph.label[node], kind);
    }

    private void addBackward(List<Extension> extensions, int[] path, SmallGraph graph) {
        DfsCode code = state.code;
        int newest = path[path.length - 1];
        for (int ancestor : Arrays.copyOf(path, path.length - 1)) {
            for (EdgeType type : index.typesFrom(code.label[newest])) {
                if (type.target() == code.label[ancestor]
                        && mayFollow(type)
                        && hasRoom(graph, newest, type.kind())
                        && !graph.hasEdge(newest, ancestor, type.kind())) {
                    Extension extension = new Extension(newest, ancestor, type.kind(), type.target());
                    if (isAfterLastBackward(extension)) {
                        extensions.add(extension);
                    }
                }
            }
        }
    }

    private boolean isAfterLastBackward(Extension extension) {
        DfsCode code = state.code;
        int last = code.edges() - 1;
        return code.isForward(last)
                || code.to[last] < extension.to()
                || (code.to[last] == extension.to() && code.kind[last] < extension.kind());
    }

    /** A pattern with an edge that is less than the first one of the code starts with the wrong edge. */
    private boolean mayFollow(EdgeType type) {
        EdgeType first = state.code.firstType();
        return type.compareTo(first) >= 0 && type.reversed(index.isDirected()).compareTo(first) >= 0;
    }

    /** The pattern with one edge more. */
    private final class Candidate {

        private final DfsCode code;
        private final PatternShape shape;
        private final DomainFilter filter;

        /** Bit set of the nodes whose domains have to be filtered. */
        private long dirty;

        Candidate(DfsCode code) {
            this.code = code;
            this.shape = new PatternShape(SmallGraph.of(code, index.isDirected()), index);
            this.filter = new DomainFilter(shape);
        }

        /** Images that the parent allows, intersected with those of the sibling with the same extension. */
        long[][] startDomains(Extension extension, long @Nullable [][] inherited) {
            long[][] domains = Arrays.copyOf(BitSets.copy(state.domains), code.nodes());
            int oldNodes = state.code.nodes();
            if (extension.isForward()) {
                domains[oldNodes] = inherited == null
                        ? BitSets.full(index.count(extension.label()))
                        : inherited[parentNodes].clone();
            }
            // The parent's domains are already filtered, so only changed domains need another check.
            dirty = (1L << extension.from()) | (1L << extension.to());
            if (inherited != null) {
                for (int v = 0; v < Math.min(parentNodes, oldNodes); v++) {
                    if (BitSets.retainAll(domains[v], inherited[v])) {
                        dirty |= filter.affectedBy(v);
                    }
                }
            }
            if (!extension.isForward()) {
                new ComponentFilter(index).filter(shape.graph, domains);
                dirty = (1L << code.nodes()) - 1;
            }
            return domains;
        }

        boolean filter(long[][] domains) {
            return filter.filter(domains, dirty, minSupport);
        }

        @Nullable
        PatternState evaluate(long[][] domains, WorkMeter meter) {
            SupportEvaluator.Job job = new SupportEvaluator.Job(domains, minSupport, meter);
            return new SupportEvaluator(shape, filter, job).evaluate(code, state);
        }
    }
}
