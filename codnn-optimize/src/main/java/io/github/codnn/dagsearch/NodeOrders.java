package io.github.codnn.dagsearch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Topological orders of the nodes of a network: some that keep few tensors alive, and random changes of an order. */
public final class NodeOrders {

    private final DagNodes nodes;
    private final double[] sizes; // [tensor] seconds to send it over the fastest link

    public NodeOrders(DagModel model) {
        nodes = model.nodes;
        StageTransfers transfers = new StageTransfers(model);
        sizes = transfers.leastOut.clone();
    }

    /** Returns the order of the network, one that goes on with what became ready last, and one with small cuts. */
    public List<int[]> starts() {
        double[] given = new double[nodes.size()];
        Arrays.setAll(given, node -> node);
        return List.of(byKeys(given), lastReadyFirst(), smallestCuts());
    }

    /** Returns the order in which, of all nodes that are ready, the one with the least key comes next; O(N log N). */
    public int[] byKeys(double[] keys) {
        int[] missing = missing();
        PriorityQueue<Integer> ready = new PriorityQueue<>((one, other) ->
                keys[one] == keys[other] ? Integer.compare(one, other) : Double.compare(keys[one], keys[other]));
        for (int node = 0; node < missing.length; node++) {
            if (missing[node] == 0) {
                ready.add(node);
            }
        }
        int[] order = new int[missing.length];
        for (int position = 0; position < order.length; position++) {
            int node = ready.remove();
            order[position] = node;
            for (int next : nodes.successors(node)) {
                if (--missing[next] == 0) {
                    ready.add(next);
                }
            }
        }
        return order;
    }

    /** Returns an order in which a few nodes are moved, most by a few places. */
    public int[] change(int[] order, RandomGenerator random) {
        double[] keys = new double[order.length];
        for (int position = 0; position < order.length; position++) {
            keys[order[position]] = position;
        }
        int moves = 1 + random.nextInt(3);
        for (int move = 0; move < moves; move++) {
            int node = random.nextInt(order.length);
            double distance = Math.exp(random.nextDouble() * Math.log(order.length));
            keys[node] += random.nextBoolean() ? distance : -distance;
        }
        return byKeys(keys);
    }

    private int[] missing() {
        int[] missing = new int[nodes.size()];
        Arrays.setAll(missing, nodes::predecessorCount);
        return missing;
    }

    private int[] lastReadyFirst() {
        int[] missing = missing();
        List<Integer> ready = new ArrayList<>();
        for (int node = missing.length - 1; node >= 0; node--) {
            if (missing[node] == 0) {
                ready.add(node);
            }
        }
        int[] order = new int[missing.length];
        for (int position = 0; position < order.length; position++) {
            int node = ready.remove(ready.size() - 1);
            order[position] = node;
            int[] successors = nodes.successors(node);
            for (int index = successors.length - 1; index >= 0; index--) {
                if (--missing[successors[index]] == 0) {
                    ready.add(successors[index]);
                }
            }
        }
        return order;
    }

    /** Always takes the ready node after which the least is left to send; of equal ones the last that got ready. */
    private int[] smallestCuts() {
        int[] missing = missing();
        int[] readersLeft = new int[sizes.length];
        Arrays.setAll(readersLeft, tensor -> nodes.readers(tensor).length);
        List<Integer> ready = new ArrayList<>();
        for (int node = 0; node < missing.length; node++) {
            if (missing[node] == 0) {
                ready.add(node);
            }
        }
        int[] order = new int[missing.length];
        for (int position = 0; position < order.length; position++) {
            int best = ready.size() - 1;
            for (int index = best - 1; index >= 0; index--) {
                best = growth(ready.get(index), readersLeft) < growth(ready.get(best), readersLeft) ? index : best;
            }
            int node = ready.remove(best);
            order[position] = node;
            for (int tensor : nodes.reads(node)) {
                readersLeft[tensor]--;
            }
            for (int next : nodes.successors(node)) {
                if (--missing[next] == 0) {
                    ready.add(next);
                }
            }
        }
        return order;
    }

    private double growth(int node, int[] readersLeft) {
        double growth = 0;
        for (int tensor : nodes.writes(node)) {
            growth += sizes[tensor];
        }
        for (int tensor : nodes.reads(node)) {
            growth -= readersLeft[tensor] == 1 ? sizes[tensor] : 0;
        }
        return growth;
    }
}
