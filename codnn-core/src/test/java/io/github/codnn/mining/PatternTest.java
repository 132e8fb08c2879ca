package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PatternTest {

    @Test
    void code_directedPattern_readable() {
        Pattern pattern = Pattern.of(
                true,
                List.of("relu", "conv", "conv"),
                List.of(new Pattern.Edge(1, 0, "data"), new Pattern.Edge(0, 2, "data")));
        assertThat(pattern.code()).isEqualTo("0:conv -[data]> 1:relu; 1 -[data]> 2:conv");
        assertThat(pattern.nodeLabels()).containsExactly("conv", "relu", "conv");
        assertThat(pattern.edges()).containsExactly(new Pattern.Edge(0, 1, "data"), new Pattern.Edge(1, 2, "data"));
    }

    @Test
    void code_oppositeEdges_bothThere() {
        Pattern pattern =
                Pattern.of(true, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "x"), new Pattern.Edge(1, 0, "x")));
        assertThat(pattern.code()).isEqualTo("0:a -[x]> 1:a; 1 -[x]> 0");
    }

    @Test
    void code_numbersAsLabels_orderedByValue() {
        Pattern pattern = Pattern.of(false, List.of("10", "9"), List.of(new Pattern.Edge(0, 1, "1")));
        assertThat(pattern.code()).isEqualTo("0:9 -[1]- 1:10");
        assertThat(Pattern.of(false, List.of("100", "20"), pattern.edges()).code())
                .isEqualTo("0:20 -[1]- 1:100");
    }

    @Test
    void code_directedEdgeThatArrives_pointsToTheLeft() {
        Pattern pattern = Pattern.of(true, List.of("b", "a"), List.of(new Pattern.Edge(0, 1, "x")));
        assertThat(pattern.code()).isEqualTo("0:a <[x]- 1:b");
        assertThat(pattern).hasToString(pattern.code());
    }

    @Test
    void code_specialCharacters_cannotImitateAnotherPattern() {
        Pattern pattern = Pattern.of(false, List.of("a", "b]- 2:c"), List.of(new Pattern.Edge(0, 1, "x")));
        assertThat(pattern.code()).isEqualTo("0:a -[x]- 1:b\\]-\\ 2\\:c");
        assertThat(Pattern.of(false, List.of("a", "b\\"), pattern.edges()).code())
                .isEqualTo("0:a -[x]- 1:b\\\\");
    }

    /** A star of 62 equal leaves has 62! automorphisms. */
    @Test
    void of_largestStar_quick() {
        assertThat(star(Pattern.MAX_EDGES).code()).startsWith("0:hub -[x]- 1:leaf; 0 -[x]- 2:leaf");
        assertThatThrownBy(() -> star(Pattern.MAX_EDGES + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 62 edges, but 63");
    }

    private static Pattern star(int leaves) {
        List<String> labels = new ArrayList<>(List.of("hub"));
        List<Pattern.Edge> edges = new ArrayList<>();
        for (int leaf = 1; leaf <= leaves; leaf++) {
            labels.add("leaf");
            edges.add(new Pattern.Edge(0, leaf, "x"));
        }
        return Pattern.of(false, labels, edges);
    }

    @Test
    void equals_otherDirectionLabelsOrEdges_differ() {
        List<Pattern.Edge> edges = List.of(new Pattern.Edge(0, 1, "x"), new Pattern.Edge(1, 0, "y"));
        Pattern pattern = Pattern.of(false, List.of("a", "b"), edges);
        assertThat(pattern)
                .isNotEqualTo(Pattern.of(true, List.of("a", "b"), edges))
                .isNotEqualTo(Pattern.of(false, List.of("a", "c"), edges))
                .isNotEqualTo(Pattern.of(false, List.of("a", "b"), edges.subList(0, 1)));
        assertThat(pattern.hashCode())
                .isNotEqualTo(Pattern.of(false, List.of("a", "c"), edges).hashCode());
    }

    @Property(tries = 200)
    void of_nodesAndEdgesInAnyOrder_equal(
            @ForAll boolean directed, @ForAll @IntRange(min = 2, max = 8) int nodes, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> labels = new ArrayList<>();
        List<Pattern.Edge> edges = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            labels.add("l" + random.nextInt(2));
            if (v > 0) {
                edges.add(new Pattern.Edge(v, random.nextInt(v), "x"));
                edges.add(new Pattern.Edge(random.nextInt(v), v, "y"));
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            order.add(v);
        }
        Collections.shuffle(order, random);
        List<String> otherLabels = new ArrayList<>(labels);
        order.forEach(v -> otherLabels.set(order.get(v), labels.get(v)));
        List<Pattern.Edge> otherEdges = new ArrayList<>(edges.stream()
                .map(edge -> new Pattern.Edge(order.get(edge.from()), order.get(edge.to()), edge.label()))
                .toList());
        Collections.shuffle(otherEdges, random);
        Pattern pattern = Pattern.of(directed, labels, edges);
        assertThat(Pattern.of(directed, otherLabels, otherEdges))
                .isEqualTo(pattern)
                .hasSameHashCodeAs(pattern);
        assertThat(Pattern.of(directed, pattern.nodeLabels(), pattern.edges()).code())
                .isEqualTo(pattern.code());
    }

    @Test
    void of_badEdges_named() {
        assertThatThrownBy(() -> Pattern.of(false, List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to");
        assertThatThrownBy(() -> Pattern.of(false, List.of("a", "b"), List.of(new Pattern.Edge(0, 2, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Pattern.of(
                        false, List.of("a", "b"), List.of(new Pattern.Edge(0, 1, "x"), new Pattern.Edge(1, 0, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Pattern.of(false, List.of("a", "b", "c"), List.of(new Pattern.Edge(0, 1, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connected");
        assertThatThrownBy(() -> new Pattern.Edge(1, 1, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two different nodes");
    }
}
