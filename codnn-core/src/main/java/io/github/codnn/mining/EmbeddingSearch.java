package io.github.codnn.mining;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an embedding maps a given node to a given vertex. Depth-first search along pattern edges with
 * conflict-directed backjumping (Prosser, Computational Intelligence 9(3), 1993): a dead end reports the earlier nodes
 * that caused it, and the search does not retry choices for other nodes. Without it, a failure in one branch of a
 * tree-like pattern repeats for every combination of images in the other branches.
 *
 * <p>Not thread-safe; uses plain arrays and allocates nothing per step, because hard instances spend most of their time
 * here.
 */
final class EmbeddingSearch {

    /** Results of a search. */
    enum Outcome {
        FOUND,
        NONE,
        GAVE_UP
    }

    /** Nearly all successful searches need no more steps than this. */
    private static final int EASY_STEPS = 256;

    /** Failures that cost fewer steps are cheaper to repeat than to store. */
    private static final int WORTH_KEEPING = 4;

    /** Results of {@link #extend}; sets of nodes are never negative because they do not use the sign bit. */
    private static final long FOUND = -1L;

    private static final long GAVE_UP = -2L;

    private final PatternShape shape;
    private final DomainFilter filter;
    private final WorkMeter meter;
    private final long[][] allDomains;
    private final @Nullable SearchOrder[] orders;
    private final int[] image;

    private long[][] domains;
    private SearchOrder order;
    private @Nullable NogoodStore nogoods;
    private long stepsLeft;

    /** Second part of the explanation of a failure, see {@link #extend}. */
    private long blockers;

    /** Searches within domains, which may shrink between calls. */
    EmbeddingSearch(PatternShape shape, DomainFilter filter, long[][] domains, WorkMeter meter) {
        this.shape = shape;
        this.filter = filter;
        this.meter = meter;
        this.allDomains = domains;
        this.domains = domains;
        this.orders = new SearchOrder[shape.nodes()];
        this.order = orderFrom(0);
        this.image = new int[shape.nodes()];
    }

    /** Images of the nodes after {@link Outcome#FOUND}; overwritten by the next call. */
    int[] embedding() {
        return image;
    }

    /** Searches with a small step limit. */
    Outcome findEasily(int root, int vertex) {
        order = orderFrom(root);
        domains = allDomains;
        nogoods = null;
        return run(root, vertex, EASY_STEPS);
    }

    /**
     * Searches without a step limit. First fixes the image of the root and filters all domains for it, which enforces
     * that cycles close; then stores failures.
     */
    Outcome findForSure(int root, int vertex) {
        domains = BitSets.copy(allDomains);
        Arrays.fill(domains[root], 0);
        BitSets.add(domains[root], vertex);
        if (!filter.filter(domains, filter.neighbours(root), 1)) {
            return Outcome.NONE;
        }
        order = new SearchOrder(shape, domains, root);
        nogoods = new NogoodStore(shape);
        return run(root, vertex, Long.MAX_VALUE);
    }

    private SearchOrder orderFrom(int root) {
        SearchOrder known = orders[root];
        if (known == null) {
            known = new SearchOrder(shape, allDomains, root);
            orders[root] = known;
        }
        return known;
    }

    private Outcome run(int root, int vertex, long stepLimit) {
        stepsLeft = stepLimit;
        image[root] = vertex;
        meter.step();
        long answer = extend(1, NogoodStore.hash(vertex + shape.offset[root]));
        if (answer == FOUND) {
            return Outcome.FOUND;
        }
        return answer == GAVE_UP ? Outcome.GAVE_UP : Outcome.NONE;
    }

    /**
     * Places the node at this depth and all later ones.
     *
     * @param takenHash union of {@link NogoodStore#hash} over the images so far
     * @return FOUND, GAVE_UP or the set of earlier nodes that contribute to the failure as ends of pattern edges;
     *     {@link #blockers} is then the set of nodes that contribute because they occupy an image
     */
    private long extend(int depth, long takenHash) {
        if (depth == image.length) {
            return FOUND;
        }
        SearchOrder.Step step = order.steps[depth];
        if (nogoods == null) {
            return tryAll(step, takenHash);
        }
        long known = nogoods.lookUp(step, image, takenHash);
        if (known != 0) {
            blockers = nogoods.blockers();
            return known;
        }
        long before = stepsLeft;
        long answer = tryAll(step, takenHash);
        if (answer >= 0 && before - stepsLeft >= WORTH_KEEPING) {
            nogoods.add(step, image, answer, blockers);
        }
        return answer;
    }

    private long tryAll(SearchOrder.Step step, long takenHash) {
        long self = 1L << step.node;
        long[] domain = domains[step.node];
        int from = image[step.anchor];
        int end = step.via.offset[from + 1];
        long anchors = 1L << step.anchor;
        long blocked = 0;
        for (int i = step.via.offset[from]; i < end; i++) {
            int vertex = step.via.target[i];
            if (!BitSets.contains(domain, vertex)) {
                continue;
            }
            long obstacle = obstacle(step, vertex);
            if (obstacle != 0) {
                blocked |= blockers;
                anchors |= obstacle & ~blockers;
                continue;
            }
            image[step.node] = vertex;
            meter.step();
            if (--stepsLeft < 0) {
                return GAVE_UP;
            }
            long below = extend(step.depth + 1, takenHash | NogoodStore.hash(vertex + shape.offset[step.node]));
            if (below < 0 || ((below | blockers) & self) == 0) {
                return below;
            }
            anchors |= below;
            blocked |= blockers;
        }
        blockers = blocked & ~self;
        return anchors & ~self;
    }

    /** The node that excludes this image, or 0; it is in {@link #blockers} if it occupies the vertex. */
    private long obstacle(SearchOrder.Step step, int vertex) {
        for (int rival : step.rivals) {
            if (image[rival] == vertex) {
                blockers = 1L << rival;
                return blockers;
            }
        }
        blockers = 0;
        for (int c = 0; c < step.checkNodes.length; c++) {
            if (!step.checks[c].contains(image[step.checkNodes[c]], vertex)) {
                return 1L << step.checkNodes[c];
            }
        }
        return 0;
    }
}
