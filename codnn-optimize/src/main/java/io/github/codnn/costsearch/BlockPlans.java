package io.github.codnn.costsearch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The plans of all blocks of a network. Immutable. */
final class BlockPlans {

    private final CostModel costs;
    private final List<Block> blocks;
    private final int start; // the device before the first block

    BlockPlans(CostModel costs, List<Block> blocks, int start) {
        this.costs = costs;
        this.blocks = blocks;
        this.start = start;
    }

    /** Returns between how many pairs of a first and a last device the plans of blocks with inner layers lead. */
    long pairs() {
        long pairs = 1;
        for (Block block : blocks) {
            long ends = block.isLast || block.end - block.first == 1 ? 1 : choices(block.end - 1);
            long starts = block.first == 0 ? 1 : choices(block.first - 1);
            pairs += block.end - block.first > 1 ? starts * ends : 0;
        }
        return pairs;
    }

    private int choices(int layer) {
        int count = 0;
        for (int device = 0; device < costs.devices; device++) {
            count += costs.layerCost[layer * costs.devices + device] < Double.POSITIVE_INFINITY ? 1 : 0;
        }
        return count;
    }

    /** Tells whether no plan stands for others that were not looked at. */
    static boolean areComplete(List<BlockPlan[][]> plans) {
        return plans.stream().flatMap(Arrays::stream).flatMap(Arrays::stream).allMatch(BlockPlan::isReal);
    }

    /** Returns the plans of each block, by the device before it. */
    List<BlockPlan[][]> find(BlockSearch search) {
        List<BlockPlan[][]> plans = new ArrayList<>();
        for (Block block : blocks) {
            BlockPlan[][] ofBlock = new BlockPlan[costs.devices][0];
            for (int in = 0; in < costs.devices; in++) {
                boolean first = block.first == 0;
                boolean possible = first
                        ? in == start
                        : costs.layerCost[(block.first - 1) * costs.devices + in] < Double.POSITIVE_INFINITY;
                if (possible) {
                    ofBlock[in] = search.plans(block, first ? costs.source : in).toArray(BlockPlan[]::new);
                }
            }
            plans.add(ofBlock);
        }
        return plans;
    }
}
