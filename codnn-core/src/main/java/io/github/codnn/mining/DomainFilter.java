package io.github.codnn.mining;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes images that cannot belong to any embedding: a vertex stays in the domain of a node only if each neighbour of
 * the node has an adjacent image (arc consistency) and neighbours of equal label can have different images (a matching
 * exists, as in Solnon, "AllDifferent-based filtering for subgraph isomorphism", Artificial Intelligence 174, 2010).
 * The second rule is important because most neighbours in mined patterns have the same label.
 *
 * <p>One pass over a domain costs O(sum of degrees of its vertices); passes repeat until nothing changes.
 */
final class DomainFilter {

    private final PatternShape shape;

    /** {@code rivals[v]}: groups of half-edges of v that lead to different neighbours of one label. */
    private final int[][][] rivals;

    /** {@code hasRivals[v][x]}: half-edge x of v is in such a group; the check of the group includes the first rule. */
    private final boolean[][] hasRivals;

    private final Matching matching;
    private final int[] given;

    DomainFilter(PatternShape shape) {
        this.shape = shape;
        rivals = new int[shape.nodes()][][];
        hasRivals = new boolean[shape.nodes()][];
        int widest = 0;
        for (int v = 0; v < rivals.length; v++) {
            rivals[v] = rivalGroups(v);
            hasRivals[v] = new boolean[shape.graph.degree(v)];
            for (int[] group : rivals[v]) {
                widest = Math.max(widest, group.length);
                for (int x : group) {
                    hasRivals[v][x] = true;
                }
            }
        }
        matching = new Matching(widest);
        given = new int[widest];
    }

    /**
     * Filters in place, starting from some nodes.
     *
     * @param dirty bit set of the nodes to check first
     * @return false as soon as a domain has fewer than {@code minSize} vertices
     */
    boolean filter(long[][] domains, long dirty, int minSize) {
        long open = dirty;
        while (open != 0) {
            int node = Long.numberOfTrailingZeros(open);
            open &= open - 1;
            int removed = revise(domains, node);
            if (removed > 0) {
                open |= neighbours(node);
            }
            if (BitSets.size(domains[node]) < minSize) {
                return false;
            }
        }
        return true;
    }

    /** The nodes to check after the domain of one has shrunk: its neighbours, and the node itself for its size. */
    long affectedBy(int node) {
        return neighbours(node) | (1L << node);
    }

    long neighbours(int node) {
        long set = 0;
        for (int neighbour : shape.graph.neighbour[node]) {
            set |= 1L << neighbour;
        }
        return set;
    }

    private int revise(long[][] domains, int node) {
        long[] domain = domains[node];
        int removed = 0;
        for (int w = 0; w < domain.length; w++) {
            for (long word = domain[w]; word != 0; word &= word - 1) {
                int image = (w << 6) | Long.numberOfTrailingZeros(word);
                if (!isSupported(domains, node, image)) {
                    domain[w] &= ~Long.lowestOneBit(word);
                    removed++;
                }
            }
        }
        return removed;
    }

    private boolean isSupported(long[][] domains, int node, int image) {
        int[] neighbour = shape.graph.neighbour[node];
        Relation[] relation = shape.relation[node];
        for (int x = 0; x < neighbour.length; x++) {
            if (!hasRivals[node][x] && !hasImage(relation[x], image, domains[neighbour[x]])) {
                return false;
            }
        }
        for (int[] group : rivals[node]) {
            if (!differAtOnce(domains, node, image, group) && !canDiffer(domains, node, image, group)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasImage(Relation relation, int image, long[] domain) {
        int end = relation.offset[image + 1];
        for (int i = relation.offset[image]; i < end; i++) {
            if (BitSets.contains(domain, relation.target[i])) {
                return true;
            }
        }
        return false;
    }

    /** Assigns each member of the group the first free vertex: usually sufficient, and much cheaper than a matching. */
    private boolean differAtOnce(long[][] domains, int node, int image, int[] group) {
        for (int member = 0; member < group.length; member++) {
            int x = group[member];
            Relation relation = shape.relation[node][x];
            long[] domain = domains[shape.graph.neighbour[node][x]];
            int end = relation.offset[image + 1];
            int i = relation.offset[image];
            while (i < end && (!BitSets.contains(domain, relation.target[i]) || isGiven(relation.target[i], member))) {
                i++;
            }
            if (i == end) {
                return false;
            }
            given[member] = relation.target[i];
        }
        return true;
    }

    private boolean isGiven(int vertex, int members) {
        for (int member = 0; member < members; member++) {
            if (given[member] == vertex) {
                return true;
            }
        }
        return false;
    }

    private boolean canDiffer(long[][] domains, int node, int image, int[] group) {
        matching.clear(group.length);
        boolean scarce = false;
        for (int member = 0; member < group.length; member++) {
            int x = group[member];
            Relation relation = shape.relation[node][x];
            long[] domain = domains[shape.graph.neighbour[node][x]];
            int end = relation.offset[image + 1];
            for (int i = relation.offset[image]; i < end && !matching.isRich(member); i++) {
                if (BitSets.contains(domain, relation.target[i])) {
                    matching.offer(member, relation.target[i]);
                }
            }
            scarce |= !matching.isRich(member);
        }
        return !scarce || matching.isPerfect();
    }

    private int[][] rivalGroups(int v) {
        List<int[]> groups = new ArrayList<>();
        int degree = shape.graph.degree(v);
        boolean[] grouped = new boolean[degree];
        for (int x = 0; x < degree; x++) {
            if (grouped[x] || !shape.isFirstToNeighbour(v, x)) {
                continue;
            }
            IntList group = new IntList();
            for (int y = x; y < degree; y++) {
                if (labelAt(v, y) == labelAt(v, x) && shape.isFirstToNeighbour(v, y)) {
                    group.add(y);
                    grouped[y] = true;
                }
            }
            if (group.size() > 1) {
                groups.add(group.toArray());
            }
        }
        return groups.toArray(int[][]::new);
    }

    private int labelAt(int v, int x) {
        return shape.graph.label[shape.graph.neighbour[v][x]];
    }
}
