package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Minimum-image support of one pattern: decides whether it is frequent, and if so, counts its exact support.
 *
 * <p>Starts from filtered domains and from embeddings of the parent pattern, most of which can be extended, and
 * searches only for images without such a witness. First decides frequency: counts every node only up to the threshold
 * (the lazy search of GraMi) and postpones hard searches until they are needed. The exact support then needs a full
 * count only for the node with the fewest images.
 *
 * <p>Not thread-safe; one instance per pattern.
 */
final class SupportEvaluator {

    private final PatternShape shape;
    private final DomainFilter filter;
    private final long[][] domains;
    private final int minSupport;
    private final EmbeddingSearch search;

    /** For each node the lowest node of its orbit; counts and witnesses are stored there. */
    private final int[] orbit;

    private final long[][] proven;
    private final int[] provenCount;
    private final IntList embeddings = new IntList();

    /** Uses domains that {@code filter} has already reduced. */
    SupportEvaluator(PatternShape shape, DomainFilter filter, Job job) {
        this.shape = shape;
        this.filter = filter;
        this.domains = job.domains;
        this.minSupport = job.minSupport;
        this.search = new EmbeddingSearch(shape, filter, domains, job.meter);
        this.orbit = new Orbits(shape.graph).representatives();
        this.proven = new long[shape.nodes()][];
        this.provenCount = new int[shape.nodes()];
        for (int v = 0; v < proven.length; v++) {
            proven[v] = orbit[v] == v ? new long[domains[v].length] : proven[orbit[v]];
        }
    }

    /** Hard searches are postponed until they are known to be needed. */
    private enum Effort {
        EASY,
        FULL
    }

    /** What to evaluate: domains, threshold, and the meter that counts the work. */
    static final class Job {

        private final long[][] domains;
        private final int minSupport;
        private final WorkMeter meter;

        Job(long[][] domains, int minSupport, WorkMeter meter) {
            this.domains = domains;
            this.minSupport = minSupport;
            this.meter = meter;
        }
    }

    /** The pattern if it is frequent, else null. {@code parent} is the pattern without the last edge, if any. */
    @Nullable
    PatternState evaluate(DfsCode code, @Nullable PatternState parent) {
        if (!shareAmongOrbits()) {
            return null;
        }
        if (parent != null) {
            inherit(code, parent);
        }
        if (shape.isTreeOfDistinctLabels()) {
            // All labels differ, so that arc consistency alone is exact on a tree.
            return new PatternState(code, smallestDomain(), domains, embeddings.toArray());
        }
        boolean frequent = proveFrequent(Effort.EASY) && proveFrequent(Effort.FULL);
        return frequent ? new PatternState(code, exactSupport(), domains, embeddings.toArray()) : null;
    }

    /** An image excluded for one node of an orbit is excluded for all of them. */
    private boolean shareAmongOrbits() {
        long dirty = 0;
        for (int v = 0; v < orbit.length; v++) {
            if (BitSets.retainAll(domains[orbit[v]], domains[v])) {
                dirty |= filter.affectedBy(orbit[v]);
            }
        }
        for (int v = 0; v < orbit.length; v++) {
            if (BitSets.retainAll(domains[v], domains[orbit[v]])) {
                dirty |= filter.affectedBy(v);
            }
        }
        return filter.filter(domains, dirty, minSupport);
    }

    /** Extends the embeddings of the parent by the new edge of the pattern. */
    private void inherit(DfsCode code, PatternState parent) {
        int oldNodes = parent.code.nodes();
        int[] image = new int[shape.nodes()];
        int last = code.edges() - 1;
        for (int at = 0; at < parent.embeddings.length; at += oldNodes) {
            System.arraycopy(parent.embeddings, at, image, 0, oldNodes);
            if (isWithinDomains(image, oldNodes)) {
                if (code.isForward(last)) {
                    inheritForward(code, image);
                } else if (lastRelation(code).contains(image[code.from[last]], image[code.to[last]])) {
                    record(image);
                }
            }
        }
    }

    private void inheritForward(DfsCode code, int[] image) {
        int anchor = code.from[code.edges() - 1];
        int added = code.to[code.edges() - 1];
        Relation relation = lastRelation(code);
        int end = relation.offset[image[anchor] + 1];
        for (int i = relation.offset[image[anchor]]; i < end; i++) {
            int vertex = relation.target[i];
            if (BitSets.contains(domains[added], vertex) && isFree(code, image, vertex)) {
                image[added] = vertex;
                record(image);
            }
        }
    }

    private boolean isFree(DfsCode code, int[] image, int vertex) {
        int added = image.length - 1;
        for (int v = 0; v < added; v++) {
            if (image[v] == vertex && code.label[v] == code.label[added]) {
                return false;
            }
        }
        return true;
    }

    private boolean isWithinDomains(int[] image, int nodes) {
        for (int v = 0; v < nodes; v++) {
            if (!BitSets.contains(domains[v], image[v])) {
                return false;
            }
        }
        return true;
    }

    private Relation lastRelation(DfsCode code) {
        int last = code.edges() - 1;
        int from = code.from[last];
        for (int x = 0; x < shape.graph.degree(from); x++) {
            if (shape.graph.edge[from][x] == last) {
                return shape.relation[from][x];
            }
        }
        throw new IllegalStateException("last edge is not in the pattern");
    }

    /** Counts the images of an embedding; keeps it if one of them is new. */
    private void record(int[] image) {
        boolean isNew = false;
        for (int v = 0; v < image.length; v++) {
            if (!BitSets.contains(proven[v], image[v])) {
                BitSets.add(proven[v], image[v]);
                provenCount[orbit[v]]++;
                isNew = true;
            }
        }
        if (isNew) {
            for (int vertex : image) {
                embeddings.add(vertex);
            }
        }
    }

    /** Counts every node up to the threshold. False if a node cannot reach it. */
    private boolean proveFrequent(Effort effort) {
        for (int node : representativesBySize()) {
            if (provenCount[node] < minSupport && !prove(node, minSupport, effort)) {
                return false;
            }
        }
        return true;
    }

    /** Least number of images; nodes known to have at least as many are not counted completely. */
    private int exactSupport() {
        int support = smallestDomain();
        for (int node : representativesBySize()) {
            if (provenCount[node] < support) {
                prove(node, support, Effort.EASY);
                prove(node, support, Effort.FULL);
                support = Math.min(support, provenCount[node]);
            }
        }
        return support;
    }

    /**
     * Looks for embeddings until {@code enough} images of a node are proven, or all vertices are decided.
     *
     * @return false if some node has fewer possible images than the threshold
     */
    private boolean prove(int node, int enough, Effort effort) {
        int[] undecided = BitSets.difference(domains[node], proven[node]);
        int possible = provenCount[node] + undecided.length;
        boolean removed = false;
        for (int i = 0; i < undecided.length && provenCount[node] < enough && possible >= minSupport; i++) {
            if (BitSets.contains(proven[node], undecided[i])) {
                continue;
            }
            EmbeddingSearch.Outcome outcome = effort == Effort.EASY
                    ? search.findEasily(node, undecided[i])
                    : search.findForSure(node, undecided[i]);
            if (outcome == EmbeddingSearch.Outcome.FOUND) {
                record(search.embedding());
            } else if (outcome == EmbeddingSearch.Outcome.NONE) {
                removeFromOrbit(node, undecided[i]);
                removed = true;
                possible--;
            }
        }
        return possible >= minSupport && (!removed || filter.filter(domains, neighboursOfOrbit(node), minSupport));
    }

    private void removeFromOrbit(int representative, int vertex) {
        for (int v = 0; v < orbit.length; v++) {
            if (orbit[v] == representative) {
                BitSets.remove(domains[v], vertex);
            }
        }
    }

    private long neighboursOfOrbit(int representative) {
        long set = 0;
        for (int v = 0; v < orbit.length; v++) {
            if (orbit[v] == representative) {
                set |= filter.neighbours(v);
            }
        }
        return set;
    }

    private int smallestDomain() {
        int smallest = Integer.MAX_VALUE;
        for (long[] domain : domains) {
            smallest = Math.min(smallest, BitSets.size(domain));
        }
        return smallest;
    }

    /** One node per orbit, fewest possible images first, because there the pattern fails earliest. */
    private int[] representativesBySize() {
        List<Integer> representatives = new ArrayList<>();
        for (int v = 0; v < orbit.length; v++) {
            if (orbit[v] == v) {
                representatives.add(v);
            }
        }
        representatives.sort(Comparator.comparingInt(v -> BitSets.size(domains[v])));
        return representatives.stream().mapToInt(Integer::intValue).toArray();
    }
}
