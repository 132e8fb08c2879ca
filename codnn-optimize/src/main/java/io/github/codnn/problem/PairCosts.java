package io.github.codnn.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The least sum of costs of nodes and of pairs of nodes, where each node takes one of a few values: a layer takes a
 * device, and a pair of layers is joined by a transfer.
 *
 * <p>Nodes with at most two neighbours are eliminated one after the other, which is exact on series-parallel graphs:
 * chains, residual and inception blocks, attention (U. Bertele and F. Brioschi, Nonserial Dynamic Programming, 1972).
 * Elsewhere pairs are left out, each for the least cost that it can have: the sum is then a lower bound. O(n v^3) time
 * for n nodes and v values, O(n v^2) memory. Not thread-safe.
 *
 * <p>Public for sister packages only.
 */
public final class PairCosts {

    private final int nodes;
    private final int values;
    private final List<int[]> ends = new ArrayList<>(); // [slot] the lower node and the higher one
    private final List<Step> steps = new ArrayList<>();
    private final double[] unaryIn; // [node * V + value]
    private final double[][] pairIn; // [edge][lower value * V + higher value]
    private final double[] unary; // what is left after the steps so far
    private final double[][] pair; // [slot]
    private final double[][] message; // [step]
    private final int[][] choice; // [step][value of the first neighbour * V + value of the second]
    private final double[] left; // [value * V + value of the first neighbour] of a node
    private final double[] right;

    /** Eliminates a node with up to two neighbours, or leaves out a pair. */
    private static final class Step {
        private final int node;
        private final int[] neighbours;
        private final int[] slots; // of the neighbours
        private final int between; // the slot of the pair of neighbours, -1 if there are fewer than two
        private final boolean isDrop;

        Step(int node, int[] neighbours, int[] slots, int between, boolean isDrop) {
            this.node = node;
            this.neighbours = neighbours;
            this.slots = slots;
            this.between = between;
            this.isDrop = isDrop;
        }
    }

    /**
     * Plans the elimination.
     *
     * @param nodes the number of nodes
     * @param values the number of values of each
     * @param edges pairs of different nodes, the lower one first, no pair twice
     * @param weights how much each pair matters; those that matter least are left out first
     */
    public PairCosts(int nodes, int values, List<int[]> edges, double[] weights) {
        this.nodes = nodes;
        this.values = values;
        plan(edges, weights.clone()); // null is refused before anything else
        unaryIn = new double[nodes * values];
        unary = new double[nodes * values];
        pairIn = new double[edges.size()][values * values];
        pair = new double[ends.size()][values * values];
        message = new double[steps.size()][];
        choice = new int[steps.size()][];
        for (int step = 0; step < message.length; step++) {
            int neighbours = steps.get(step).neighbours.length;
            int size = neighbours == 2 && !steps.get(step).isDrop ? values * values : neighbours == 0 ? 1 : values;
            message[step] = new double[size];
            choice[step] = new int[size];
        }
        left = new double[values * values];
        right = new double[values * values];
    }

    private void plan(List<int[]> edges, double[] weights) {
        List<SortedMap<Integer, Integer>> near = new ArrayList<>(); // [node] neighbour to slot
        for (int node = 0; node < nodes; node++) {
            near.add(new TreeMap<>());
        }
        List<Double> weight = new ArrayList<>();
        for (int edge = 0; edge < edges.size(); edge++) {
            join(near, edges.get(edge)[0], edges.get(edge)[1]);
            weight.add(weights[edge]);
        }
        SortedSet<Integer> open = new TreeSet<>(
                Comparator.<Integer>comparingInt(node -> near.get(node).size())
                        .thenComparing(Comparator.naturalOrder()));
        for (int node = 0; node < nodes; node++) {
            open.add(node);
        }
        while (!open.isEmpty()) {
            int node = open.first();
            while (near.get(node).size() > 2) {
                drop(node, near, weight, open);
            }
            eliminate(node, near, weight, open);
        }
    }

    private int join(List<SortedMap<Integer, Integer>> near, int one, int other) {
        int slot = ends.size();
        ends.add(new int[] {Math.min(one, other), Math.max(one, other)});
        near.get(one).put(other, slot);
        near.get(other).put(one, slot);
        return slot;
    }

    private void drop(int node, List<SortedMap<Integer, Integer>> near, List<Double> weight, SortedSet<Integer> open) {
        Map.Entry<Integer, Integer> least = near.get(node).entrySet().stream()
                .min(Comparator.comparingDouble(entry -> weight.get(entry.getValue())))
                .orElseThrow();
        int other = least.getKey();
        int slot = least.getValue();
        open.remove(node);
        open.remove(other);
        near.get(node).remove(other);
        near.get(other).remove(node);
        open.add(node);
        open.add(other);
        steps.add(new Step(node, new int[] {other}, new int[] {slot}, -1, true));
    }

    private void eliminate(
            int node, List<SortedMap<Integer, Integer>> near, List<Double> weight, SortedSet<Integer> open) {
        open.remove(node);
        int[] neighbours =
                near.get(node).keySet().stream().mapToInt(Integer::intValue).toArray();
        int[] slots =
                near.get(node).values().stream().mapToInt(Integer::intValue).toArray();
        for (int other : neighbours) {
            open.remove(other);
            near.get(other).remove(node);
        }
        int between = -1;
        if (neighbours.length == 2) {
            double strength = Math.min(weight.get(slots[0]), weight.get(slots[1]));
            Integer known = near.get(neighbours[0]).get(neighbours[1]);
            between = known == null ? join(near, neighbours[0], neighbours[1]) : known;
            if (known == null) {
                weight.add(strength);
            } else {
                weight.set(known, weight.get(known) + strength);
            }
        }
        for (int other : neighbours) {
            open.add(other);
        }
        steps.add(new Step(node, neighbours, slots, between, false));
    }

    /**
     * Returns the costs of nodes, to be filled before {@link #least}.
     *
     * @return an array [node * values + value], infinite where a node cannot take a value
     */
    public double[] ofNodes() {
        return unaryIn;
    }

    /**
     * Returns the costs of a pair, to be filled before {@link #least}.
     *
     * @param edge the number of the pair
     * @return an array [value of the lower node * values + value of the higher node], not below zero
     */
    public double[] ofPair(int edge) {
        return pairIn[edge];
    }

    /**
     * Returns about how many steps {@link #least} takes.
     *
     * @return the number of additions
     */
    public long work() {
        return (long) steps.size() * values * values * values;
    }

    /**
     * Computes the least sum.
     *
     * @return the sum, or a lower bound if pairs are left out; infinite if there is none
     */
    public double least() {
        System.arraycopy(unaryIn, 0, unary, 0, unary.length);
        for (int slot = 0; slot < pair.length; slot++) {
            if (slot < pairIn.length) {
                System.arraycopy(pairIn[slot], 0, pair[slot], 0, pair[slot].length);
            } else {
                Arrays.fill(pair[slot], 0);
            }
        }
        double sum = 0;
        for (int index = 0; index < message.length; index++) {
            Step step = steps.get(index);
            if (step.isDrop) {
                leaveOut(step, message[index]);
            } else if (step.neighbours.length == 0) {
                sum += root(step, message[index], choice[index]);
            } else if (step.neighbours.length == 1) {
                leaf(step, message[index], choice[index]);
            } else {
                middle(step, message[index], choice[index]);
            }
        }
        return sum;
    }

    private void leaveOut(Step step, double[] sent) {
        for (int value = 0; value < values; value++) {
            double least = Double.POSITIVE_INFINITY;
            for (int other = 0; other < values; other++) {
                least = Math.min(least, pair[step.slots[0]][at(step, 0, value, other)]);
            }
            sent[value] = least;
            unary[step.node * values + value] += least;
        }
    }

    private double root(Step step, double[] sent, int[] chosen) {
        sent[0] = Double.POSITIVE_INFINITY;
        for (int value = 0; value < values; value++) {
            if (unary[step.node * values + value] < sent[0]) {
                sent[0] = unary[step.node * values + value];
                chosen[0] = value;
            }
        }
        return sent[0];
    }

    private void leaf(Step step, double[] sent, int[] chosen) {
        for (int other = 0; other < values; other++) {
            sent[other] = Double.POSITIVE_INFINITY;
            for (int value = 0; value < values; value++) {
                double cost = unary[step.node * values + value] + pair[step.slots[0]][at(step, 0, value, other)];
                if (cost < sent[other]) {
                    sent[other] = cost;
                    chosen[other] = value;
                }
            }
            unary[step.neighbours[0] * values + other] += sent[other];
        }
    }

    private void middle(Step step, double[] sent, int[] chosen) {
        load(step);
        Arrays.fill(sent, Double.POSITIVE_INFINITY);
        for (int value = 0; value < values; value++) {
            for (int one = 0; one < values; one++) {
                double base = left[value * values + one];
                if (base < Double.POSITIVE_INFINITY) {
                    for (int other = 0; other < values; other++) {
                        double cost = base + right[value * values + other];
                        if (cost < sent[one * values + other]) {
                            sent[one * values + other] = cost;
                            chosen[one * values + other] = value;
                        }
                    }
                }
            }
        }
        double[] between = pair[step.between]; // neighbours are in order
        for (int entry = 0; entry < between.length; entry++) {
            between[entry] += sent[entry];
        }
    }

    private void load(Step step) {
        for (int value = 0; value < values; value++) {
            for (int other = 0; other < values; other++) {
                left[value * values + other] =
                        unary[step.node * values + value] + pair[step.slots[0]][at(step, 0, value, other)];
                right[value * values + other] = pair[step.slots[1]][at(step, 1, value, other)];
            }
        }
    }

    private int at(Step step, int neighbour, int value, int other) {
        boolean lower = ends.get(step.slots[neighbour])[0] == step.node;
        return lower ? value * values + other : other * values + value;
    }

    /**
     * Returns the values that {@link #least} chose.
     *
     * @return the value of each node
     */
    public int[] values() {
        int[] chosen = new int[nodes];
        for (int index = message.length - 1; index >= 0; index--) {
            Step step = steps.get(index);
            if (!step.isDrop) {
                int first = step.neighbours.length > 0 ? chosen[step.neighbours[0]] : 0;
                int entry = step.neighbours.length < 2 ? first : first * values + chosen[step.neighbours[1]];
                chosen[step.node] = choice[index][entry];
            }
        }
        return chosen;
    }

    /**
     * Returns for each value of each node a lower bound of the sums that contain it; after {@link #least}.
     *
     * @return an array [node * values + value], exact if no pair is left out
     */
    public double[] marginals() {
        double[] ofNode = new double[unary.length];
        double[][] ofSlot = new double[pair.length][];
        double all = 0;
        for (int index = 0; index < message.length; index++) {
            all += steps.get(index).neighbours.length == 0 ? message[index][0] : 0;
        }
        for (int index = message.length - 1; index >= 0; index--) {
            Step step = steps.get(index);
            if (step.isDrop) {
                recall(step, message[index], ofNode, ofSlot);
            } else if (step.neighbours.length == 0) {
                for (int value = 0; value < values; value++) {
                    double more = unary[step.node * values + value] - message[index][0];
                    ofNode[step.node * values + value] = all + more;
                }
            } else if (step.neighbours.length == 1) {
                recallLeaf(step, message[index], ofNode, ofSlot);
            } else {
                recallMiddle(step, message[index], ofNode, ofSlot);
            }
        }
        return ofNode;
    }

    private void recall(Step step, double[] sent, double[] ofNode, double[][] ofSlot) {
        double[] table = new double[values * values];
        for (int value = 0; value < values; value++) {
            for (int other = 0; other < values; other++) {
                int entry = at(step, 0, value, other);
                table[entry] = more(ofNode[step.node * values + value], pair[step.slots[0]][entry], sent[value]);
            }
        }
        ofSlot[step.slots[0]] = table;
    }

    private void recallLeaf(Step step, double[] sent, double[] ofNode, double[][] ofSlot) {
        double[] table = new double[values * values];
        Arrays.fill(ofNode, step.node * values, (step.node + 1) * values, Double.POSITIVE_INFINITY);
        for (int value = 0; value < values; value++) {
            int own = step.node * values + value;
            for (int other = 0; other < values; other++) {
                int entry = at(step, 0, value, other);
                double cost = unary[own] + pair[step.slots[0]][entry];
                table[entry] = more(ofNode[step.neighbours[0] * values + other], cost, sent[other]);
                ofNode[own] = Math.min(ofNode[own], table[entry]);
            }
        }
        ofSlot[step.slots[0]] = table;
    }

    private void recallMiddle(Step step, double[] sent, double[] ofNode, double[][] ofSlot) {
        load(step);
        double[] one = new double[values * values];
        double[] two = new double[values * values];
        Arrays.fill(one, Double.POSITIVE_INFINITY);
        Arrays.fill(two, Double.POSITIVE_INFINITY);
        Arrays.fill(ofNode, step.node * values, (step.node + 1) * values, Double.POSITIVE_INFINITY);
        double[] between = ofSlot[step.between];
        for (int value = 0; value < values; value++) {
            int own = step.node * values + value;
            for (int first = 0; first < values; first++) {
                int oneEntry = at(step, 0, value, first);
                for (int second = 0; second < values; second++) {
                    int entry = first * values + second;
                    double cost = left[value * values + first] + right[value * values + second];
                    double all = more(between[entry], cost, sent[entry]);
                    int twoEntry = at(step, 1, value, second);
                    one[oneEntry] = Math.min(one[oneEntry], all);
                    two[twoEntry] = Math.min(two[twoEntry], all);
                    ofNode[own] = Math.min(ofNode[own], all);
                }
            }
        }
        ofSlot[step.slots[0]] = one;
        ofSlot[step.slots[1]] = two;
    }

    /** Returns a sum in which a cost takes the place of the least one; what is infinite stays so. */
    private static double more(double sum, double cost, double least) {
        return sum < Double.POSITIVE_INFINITY && cost < Double.POSITIVE_INFINITY
                ? sum + (cost - least)
                : Double.POSITIVE_INFINITY;
    }
}
