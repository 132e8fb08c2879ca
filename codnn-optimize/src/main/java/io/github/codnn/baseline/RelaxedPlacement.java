package io.github.codnn.baseline;

import io.github.codnn.pipeline.Arrangement;
import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import io.github.codnn.problem.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The linear program of {@link ConvexRelaxation}, and its solution: which share of each block runs on which device. */
final class RelaxedPlacement {

    private static final int MAX_PIVOTS = 20_000;
    private static final long MAX_WORK = 1L << 32; // cells of the tableau in all pivots: some seconds
    private static final long MAX_CELLS = 1L << 23; // of the tableau

    private final Arrangement arrangement;
    private final CompiledScenario compiled;
    private final Objective objective;
    private final int devices;
    private final List<Block> blocks = new ArrayList<>();
    private final double[] solution; // [block * D + device], then the period
    private final double scale; // seconds of the longest block
    private final boolean solved;

    /** A run of layers. */
    record Block(int task, int start, int end) {}

    RelaxedPlacement(Arrangement arrangement, Objective objective, int maxBlocks, BooleanSupplier stop) {
        this.arrangement = arrangement;
        this.objective = objective;
        compiled = arrangement.compiled;
        devices = arrangement.devices;
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            addBlocks(task, fitting(arrangement, maxBlocks));
        }
        double longest = Double.MIN_NORMAL;
        for (Block block : blocks) {
            for (int device = 0; device < devices; device++) {
                longest = Math.max(longest, seconds(block, device));
            }
        }
        scale = longest;
        solution = new double[blocks.size() * devices + 1];
        solved = solve(stop);
    }

    /** Returns how many blocks each task may have, so that the tableau is not too large. */
    static int fitting(Arrangement arrangement, int wanted) {
        int blocks = wanted;
        while (blocks > 1 && cells(arrangement, blocks) > MAX_CELLS) {
            blocks--;
        }
        if (cells(arrangement, blocks) > 4 * MAX_CELLS) {
            throw new IllegalArgumentException("ConvexRelaxation needs a table of "
                    + cells(arrangement, blocks) + " numbers for " + arrangement.maxStages.length + " tasks on "
                    + arrangement.devices + " devices; at most " + 4 * MAX_CELLS + " are allowed. Take Dbpso instead.");
        }
        return blocks;
    }

    private static long cells(Arrangement arrangement, int blocksOfTask) {
        long blocks = 0;
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            blocks += Math.min(blocksOfTask, arrangement.endLayer(task) - arrangement.firstLayer(task));
        }
        return (blocks + 2L * arrangement.devices) * Math.multiplyExact(blocks, arrangement.devices);
    }

    /** Cuts a task into blocks of about equal work at each layer's least time. */
    private void addBlocks(int task, int maxBlocks) {
        int first = arrangement.firstLayer(task);
        int end = arrangement.endLayer(task);
        double work = 0;
        for (int layer = first; layer < end; layer++) {
            work += leastSeconds(layer);
        }
        boolean single = end - first <= maxBlocks;
        double done = 0;
        int target = 1; // the number of the block that is open
        int start = first;
        for (int layer = first; layer < end; layer++) {
            done += leastSeconds(layer);
            if (single || layer == end - 1 || (target < maxBlocks && done >= work * target / maxBlocks)) {
                blocks.add(new Block(task, start, layer + 1));
                start = layer + 1;
                target++;
            }
        }
    }

    private double leastSeconds(int layer) {
        double least = Double.POSITIVE_INFINITY;
        for (int device = 0; device < devices; device++) {
            least = Math.min(least, compiled.seconds(layer, device));
        }
        return least < Double.POSITIVE_INFINITY ? least : 0;
    }

    /** Returns the time of a layer, 0 where it cannot run: {@link #isAllowed} keeps it away. */
    private double seconds(int layer, int device) {
        double seconds = compiled.seconds(layer, device);
        return seconds < Double.POSITIVE_INFINITY ? seconds : 0;
    }

    private double seconds(Block block, int device) {
        double seconds = 0;
        for (int layer = block.start(); layer < block.end(); layer++) {
            seconds += seconds(layer, device);
        }
        return seconds;
    }

    private boolean solve(BooleanSupplier stop) {
        LinearProgram program = new LinearProgram(costs());
        for (int block = 0; block < blocks.size(); block++) {
            program.addEqual(whole(block), 1);
        }
        for (int device = 0; device < devices; device++) {
            program.addAtMost(load(device), 0);
            if (memoryBytes(device) != Device.UNLIMITED_MEMORY) {
                program.addAtMost(memory(device), 1);
            }
        }
        long maxPivots = 1 + MAX_WORK / ((blocks.size() + 2L * devices) * blocks.size() * devices);
        Optional<double[]> point = program.minimum((int) Math.min(MAX_PIVOTS, maxPivots), stop);
        if (point.isPresent()) {
            System.arraycopy(point.get(), 0, solution, 0, solution.length);
        } else {
            // Too little memory, or too many pivots: use equal shares.
            Arrays.fill(solution, 1.0 / devices);
        }
        return point.isPresent();
    }

    private double[] whole(int block) {
        double[] row = new double[solution.length];
        for (int device = 0; device < devices; device++) {
            row[block * devices + device] = isAllowed(blocks.get(block), device) ? 1 : 0;
        }
        return row;
    }

    private boolean isAllowed(Block block, int device) {
        for (int layer = block.start(); layer < block.end(); layer++) {
            if (compiled.seconds(layer, device) == Double.POSITIVE_INFINITY) {
                return false;
            }
            if (arrangement.forced[layer] >= 0) {
                return arrangement.forced[layer] == device;
            }
        }
        return true;
    }

    private double[] load(int device) {
        double[] row = new double[solution.length];
        for (int block = 0; block < blocks.size(); block++) {
            row[block * devices + device] = seconds(blocks.get(block), device) / scale;
        }
        row[row.length - 1] = -1;
        return row;
    }

    private long memoryBytes(int device) {
        return compiled.scenario().platform().devices().get(device).memoryBytes();
    }

    private double[] memory(int device) {
        double[] row = new double[solution.length];
        for (int block = 0; block < blocks.size(); block++) {
            for (int layer = blocks.get(block).start();
                    layer < blocks.get(block).end();
                    layer++) {
                row[block * devices + device] += (double) compiled.parameterBytes(layer) / memoryBytes(device);
            }
        }
        return row;
    }

    private double[] costs() {
        double[] costs = new double[solution.length];
        double greatest = 0;
        for (int block = 0; block < blocks.size(); block++) {
            for (int device = 0; device < devices; device++) {
                double cost = cost(blocks.get(block), device);
                costs[block * devices + device] = cost;
                greatest = Math.max(greatest, cost);
            }
        }
        for (int variable = 0; variable < costs.length && greatest > 0; variable++) {
            costs[variable] /= greatest;
        }
        costs[costs.length - 1] = switch (objective) {
            case PERIOD -> 1;
            case MEAN -> greatest == 0 ? 1 : scale / greatest * (totalFrames() - arrangement.maxStages.length);
            default -> 0;
        };
        return costs;
    }

    private double totalFrames() {
        double frames = 0;
        for (int task = 0; task < arrangement.maxStages.length; task++) {
            frames += compiled.frames(task);
        }
        return frames;
    }

    private double cost(Block block, int device) {
        double cost = 0;
        for (int layer = block.start(); layer < block.end(); layer++) {
            double frames = compiled.frames(block.task());
            cost += switch (objective) {
                case PERIOD -> 0;
                case RESPONSE, MEAN -> seconds(layer, device);
                case ENERGY -> frames * compiled.joules(layer, device);
                case PRICE ->
                    frames
                            * seconds(layer, device)
                            * compiled.scenario()
                                    .platform()
                                    .devices()
                                    .get(device)
                                    .pricePerSecond();
            };
        }
        return cost;
    }

    /** Returns a lower bound of the greatest period, if blocks are layers. */
    Optional<Double> periodBound() {
        boolean exact = solved
                && objective == Objective.PERIOD
                && blocks.stream().allMatch(block -> block.end() - block.start() == 1);
        // The simplex method stops within 1e-6 of the optimum.
        return exact ? Optional.of(scale * (solution[solution.length - 1] - 1e-5)) : Optional.empty();
    }

    List<Block> blocks() {
        return blocks;
    }

    double share(int block, int device) {
        return solution[block * devices + device];
    }

    /** Returns the seconds of a task on a device in the solution. */
    double load(int task, int device) {
        double load = 0;
        for (int block = 0; block < blocks.size(); block++) {
            if (blocks.get(block).task() == task) {
                load += share(block, device) * seconds(blocks.get(block), device);
            }
        }
        return load;
    }
}
