package io.github.codnn.mining;

import java.util.Arrays;

/**
 * The automorphism orbits of a pattern: nodes of one orbit have the same images, so that counting one of them is
 * enough.
 *
 * <p>Colour refinement proposes orbits, and a search for an automorphism confirms them; the search uses the colours and
 * rarely backtracks on patterns of this size.
 */
final class Orbits {

    private final SmallGraph graph;
    private final long[] colour;

    Orbits(SmallGraph graph) {
        this.graph = graph;
        this.colour = refinedColours();
    }

    /** For each node the lowest node of its orbit. */
    int[] representatives() {
        int[] representative = new int[graph.nodes()];
        for (int v = 0; v < representative.length; v++) {
            representative[v] = v;
            for (int w = 0; w < v && representative[v] == v; w++) {
                if (representative[w] == w && mapsTo(w, v, 0)) {
                    representative[v] = w;
                }
            }
        }
        return representative;
    }

    /** Whether an automorphism maps {@code v} to {@code w} and fixes nodes 0 to {@code fixed - 1}. */
    boolean mapsTo(int v, int w, int fixed) {
        if (colour[v] != colour[w]) {
            return false;
        }
        int[] image = new int[graph.nodes()];
        Arrays.fill(image, -1);
        long used = 0;
        for (int i = 0; i < fixed; i++) {
            image[i] = i;
            used |= 1L << i;
        }
        if (image[v] >= 0 || ((used >>> w) & 1) == 1) {
            return false;
        }
        return place(image, used, v, w);
    }

    private boolean place(int[] image, long used, int v, int w) {
        if (!fits(image, v, w)) {
            return false;
        }
        image[v] = w;
        long nowUsed = used | (1L << w);
        int next = nextNode(image);
        if (next < 0) {
            return true;
        }
        for (int candidate = 0; candidate < graph.nodes(); candidate++) {
            if (((nowUsed >>> candidate) & 1) == 0 && place(image, nowUsed, next, candidate)) {
                return true;
            }
        }
        image[v] = -1;
        return false;
    }

    private boolean fits(int[] image, int v, int w) {
        if (colour[v] != colour[w]) {
            return false;
        }
        for (int x = 0; x < graph.degree(v); x++) {
            int mapped = image[graph.neighbour[v][x]];
            if (mapped >= 0 && !graph.hasEdge(w, mapped, graph.kind[v][x])) {
                return false;
            }
        }
        return true;
    }

    /** An unmapped node next to a mapped one, or -1 if all are mapped. */
    private int nextNode(int[] image) {
        int unmapped = -1;
        for (int v = 0; v < image.length; v++) {
            if (image[v] < 0) {
                unmapped = v;
                for (int neighbour : graph.neighbour[v]) {
                    if (image[neighbour] >= 0) {
                        return v;
                    }
                }
            }
        }
        return unmapped;
    }

    /** Refines until colours tell no more nodes apart, which takes few rounds for most patterns. */
    private long[] refinedColours() {
        long[] colours = new long[graph.nodes()];
        Arrays.setAll(colours, v -> mix(graph.label[v]));
        int classes = distinct(colours);
        boolean refines = classes < colours.length;
        while (refines) {
            long[] finer = new long[colours.length];
            for (int v = 0; v < finer.length; v++) {
                long sum = mix(colours[v]);
                for (int x = 0; x < graph.degree(v); x++) {
                    sum += mix(colours[graph.neighbour[v][x]] ^ mix(~(long) graph.kind[v][x]));
                }
                finer[v] = sum;
            }
            int now = distinct(finer);
            refines = now > classes && now < finer.length;
            classes = now;
            colours = finer;
        }
        return colours;
    }

    private static int distinct(long[] colours) {
        return (int) Arrays.stream(colours).distinct().count();
    }

    /** Finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
