package io.github.codnn.baseline;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.pipeline.StageRepair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The tree of decisions on stages: levels of devices and of ends in turn. Not thread-safe. */
final class StageTree {

    private static final class Node {
        private final @Nullable Node[] children;
        private int count; // of choices in use
        private int visits;
        private double total;
        private double greatest;
        private int closedChildren;
        private boolean closed; // whether everything below has been tried

        Node(int choices) {
            children = new Node[choices];
        }
    }

    private final MonteCarloTreeSearch settings;
    private final Arrangement arrangement;
    private final RandomGenerator random;
    private final StageRepair repair;
    private final int[] placement;
    private final boolean[] used; // [device] by the current task
    private final int[] choices; // devices that may come next
    private final List<Node> path = new ArrayList<>();
    private final Node root;
    private int size = 1;
    private boolean inTree;

    StageTree(MonteCarloTreeSearch settings, Arrangement arrangement, RandomGenerator random) {
        this.settings = settings;
        this.arrangement = arrangement;
        this.random = random;
        repair = new StageRepair(arrangement);
        placement = new int[arrangement.layers];
        used = new boolean[arrangement.devices];
        choices = new int[arrangement.devices];
        root = new Node(arrangement.devices);
    }

    /** Descends, adds a node, finishes at random, and returns the placement. */
    int[] play() {
        path.clear();
        path.add(root);
        inTree = !root.closed;
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            playTask(task);
        }
        repair.repair(placement);
        return placement;
    }

    /** Updates every decision of the last try with its reward. */
    void reward(double reward) {
        boolean closes = inTree;
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            Node node = path.get(depth);
            node.visits++;
            node.total += reward;
            node.greatest = Math.max(node.greatest, reward);
            if (closes && depth < path.size() - 1) {
                node.closedChildren++;
                closes = node.closedChildren == node.count;
            }
            node.closed |= closes;
        }
    }

    private void playTask(int task) {
        Arrays.fill(used, false);
        int layer = arrangement.firstLayer(task);
        int end = arrangement.endLayer(task);
        int current = -1;
        for (int stage = 0; layer < end; stage++) {
            int count = findChoices(current);
            int device = choices[decide(count, settings.ends())];
            boolean last = arrangement.oneStage && (stage == arrangement.maxStages[task] - 1 || count == 1);
            int next = last ? end : endOfStage(layer, end);
            Arrays.fill(placement, layer, next, device);
            used[device] = true;
            current = device;
            layer = next;
        }
    }

    private int findChoices(int current) {
        int count = 0;
        for (int device = 0; device < used.length; device++) {
            if (arrangement.oneStage ? !used[device] : device != current || used.length == 1) {
                choices[count++] = device;
            }
        }
        return count;
    }

    private int endOfStage(int layer, int end) {
        int remaining = end - layer;
        boolean wasInTree = inTree;
        int choice = decide(Math.min(settings.ends(), remaining), arrangement.devices);
        if (!wasInTree) {
            return layer + 1 + random.nextInt(remaining);
        }
        int places = Math.min(settings.ends(), remaining);
        return layer + (int) (((long) remaining * (choice + 1) + places - 1) / places);
    }

    /** Chooses among alternatives: by the tree as far as it goes, at random below. */
    private int decide(int count, int choicesBelow) {
        if (!inTree) {
            return random.nextInt(count);
        }
        Node node = path.get(path.size() - 1);
        int choice = select(node, count);
        Node child = node.children[choice];
        if (child == null) {
            inTree = false;
            if (size >= settings.nodes()) {
                return choice;
            }
            size++;
            child = new Node(choicesBelow);
            node.children[choice] = child;
        }
        path.add(child);
        return choice;
    }

    private int select(Node node, int count) {
        node.count = count;
        int offset = random.nextInt(count);
        double log = Math.log(node.visits + 1.0);
        int best = 0;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int each = 0; each < count; each++) {
            int choice = (offset + each) % count;
            Node child = node.children[choice];
            if (child == null) {
                return choice;
            }
            // There is no opponent, so the best reward below counts as much as the mean.
            double bound = (child.total / child.visits + child.greatest) / 2
                    + settings.exploration() * Math.sqrt(log / child.visits);
            if (!child.closed && bound > greatest) {
                greatest = bound;
                best = choice;
            }
        }
        return best;
    }
}
