package io.github.codnn.costsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a network between two layers that every path passes: when the layer before it is done, all earlier layers
 * and transfers are done, too, so that the schedule of the block does not depend on what came before.
 */
final class Block {
    final int first; // the first layer
    final int end; // the layer after the last one, through which all paths to later blocks lead
    final int[] tensors; // what its layers read or deliver, in the order of their producers
    final boolean isLast; // whether the network ends here

    Block(int first, int end, int[] tensors, boolean isLast) {
        this.first = first;
        this.end = end;
        this.tensors = tensors;
        this.isLast = isLast;
    }

    /** Cuts a network with one task into as many blocks as possible. */
    static List<Block> of(CostModel model) {
        CompiledScenario compiled = model.compiled;
        boolean[] open = openCuts(model);
        List<Block> blocks = new ArrayList<>();
        int first = 0;
        for (int layer = 0; layer < model.layers; layer++) {
            if (!open[layer] || layer == model.layers - 1) {
                boolean last = layer == model.layers - 1;
                blocks.add(new Block(first, layer + 1, tensors(compiled, first, layer + 1, last), last));
                first = layer + 1;
            }
        }
        return blocks;
    }

    private static int[] tensors(CompiledScenario compiled, int first, int end, boolean last) {
        int[] found = new int[compiled.tensorCount()];
        int count = 0;
        for (int tensor = 0; tensor < found.length; tensor++) {
            int producer = compiled.producer(tensor);
            boolean inner = producer >= first - 1 && producer < (last ? end : end - 1);
            if (inner && (first == 0 || producer >= 0)) {
                found[count++] = tensor;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Returns for each layer whether something passes by it, so that no block may end there. */
    private static boolean[] openCuts(CostModel model) {
        CompiledScenario compiled = model.compiled;
        int layers = model.layers;
        boolean[] open = new boolean[layers];
        int[] lastUse = new int[layers];
        boolean[] hasProducer = new boolean[layers];
        Arrays.fill(lastUse, -1);
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            int producer = compiled.producer(tensor);
            int last = producer;
            for (int consumer : compiled.consumers(tensor)) {
                last = Math.max(last, consumer);
                hasProducer[consumer] |= producer >= 0 || model.source >= 0;
            }
            if (producer >= 0) {
                lastUse[producer] = Math.max(lastUse[producer], last > producer ? last : -1);
            } else if (model.source >= 0) {
                pass(open, 0, last);
            }
            if (compiled.isDelivered(tensor) && model.sink >= 0) {
                pass(open, Math.max(producer, 0), layers);
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            pass(open, layer + 1, lastUse[layer] < 0 ? layers : lastUse[layer]);
            pass(open, 0, hasProducer[layer] ? 0 : layer);
            int group = compiled.colocated(layer);
            pass(open, group < 0 ? layer : group, layer);
        }
        return open;
    }

    private static void pass(boolean[] open, int from, int to) {
        Arrays.fill(
                open,
                Math.min(from, open.length),
                Math.max(Math.min(from, open.length), Math.min(to, open.length)),
                true);
    }

    /** Returns the device that ran the layer before the block, as a bit; none before the first block. */
    long before(int in) {
        return first == 0 ? 0 : 1L << in;
    }
}
