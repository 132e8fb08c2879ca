package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Nodes are in one component if and only if a cycle of at least three nodes has both. */
final class BiconnectedComponentsTest {

    @Test
    void of_twoTrianglesWithCommonCorner_oneComponentEach() {
        int[][] neighbours = {{1, 2}, {0, 2}, {0, 1, 3, 4, 5}, {2, 4}, {2, 3}, {2}};

        assertThat(BiconnectedComponents.of(neighbours))
                .map(component -> Arrays.stream(component).sorted().boxed().toList())
                .containsExactlyInAnyOrder(List.of(0, 1, 2), List.of(2, 3, 4));
    }

    @Property(tries = 300)
    void of_randomGraph_nodesOnACommonCycle(
            @ForAll @IntRange(min = 2, max = 8) int nodes, @ForAll @IntRange(max = 11) int edges, @ForAll long seed) {
        int[][] neighbours = neighbours(nodes, edges, new SplittableRandom(seed));
        Set<List<Integer>> together = new HashSet<>();
        for (int[] component : BiconnectedComponents.of(neighbours)) {
            assertThat(component).hasSizeGreaterThan(2).doesNotHaveDuplicates();
            addPairs(component, component.length, together);
        }
        Set<List<Integer>> expected = new HashSet<>();
        for (int start = 0; start < nodes; start++) {
            int[] path = new int[nodes];
            path[0] = start;
            addCycles(neighbours, path, 1, expected);
        }
        assertThat(together).isEqualTo(expected);
    }

    /** Some edges twice, as parallel edges are. */
    private static int[][] neighbours(int nodes, int edges, SplittableRandom random) {
        IntList[] rows = new IntList[nodes];
        Arrays.setAll(rows, v -> new IntList());
        for (int e = 0; e < edges; e++) {
            int from = random.nextInt(nodes);
            int to = (from + 1 + random.nextInt(nodes - 1)) % nodes;
            rows[from].add(to);
            rows[to].add(from);
        }
        return Arrays.stream(rows).map(IntList::toArray).toArray(int[][]::new);
    }

    /** Extends a path from its first node in every way; a path of three nodes or more that can return is a cycle. */
    private static void addCycles(int[][] neighbours, int[] path, int length, Set<List<Integer>> pairs) {
        for (int next : neighbours[path[length - 1]]) {
            if (next == path[0] && length > 2) {
                addPairs(path, length, pairs);
            } else if (Arrays.stream(path, 0, length).noneMatch(v -> v == next)) {
                path[length] = next;
                addCycles(neighbours, path, length + 1, pairs);
            }
        }
    }

    private static void addPairs(int[] nodes, int length, Set<List<Integer>> pairs) {
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
                if (nodes[i] < nodes[j]) {
                    pairs.add(List.of(nodes[i], nodes[j]));
                }
            }
        }
    }
}
