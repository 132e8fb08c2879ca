package io.github.codnn.optimize;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.platform.Device;
import java.util.Arrays;
import java.util.List;

/** The bounds of energy and price, with and without deadlines; {@link LowerBound} proves them. */
final class CostBound {

    private static final int MULTIPLIERS = 24;

    private final CompiledScenario compiled;
    private final List<Device> platform;
    private final int devices;

    CostBound(CompiledScenario compiled) {
        this.compiled = compiled;
        platform = compiled.scenario().platform().devices();
        devices = compiled.deviceCount();
    }

    /** What a layer and a transfer cost. */
    private interface Costs {
        double layer(int layer, int device);

        default double transfer(int tensor, int from, int to) {
            return 0;
        }
    }

    double price() {
        return sum((layer, device) ->
                compiled.seconds(layer, device) * platform.get(device).pricePerSecond());
    }

    double joules() {
        boolean[] waits = new boolean[devices];
        double latest = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            latest = Math.max(latest, LowerBound.makespan(compiled, task));
        }
        double idleWatts = 0;
        double switchOn = 0;
        for (int device = 0; device < devices; device++) {
            waits[device] = compiled.alwaysWaits(device);
            idleWatts += waits[device] ? platform.get(device).idleWatts() : 0;
            switchOn += compiled.isEnd(device) ? platform.get(device).switchOnJoules() : 0;
        }
        double waiting = sum(new Joules(waits)) + idleWatts * latest;
        return switchOn + Math.max(waiting, sum(new Joules(new boolean[devices])));
    }

    private final class Joules implements Costs {

        private final boolean[] waits;

        private Joules(boolean[] waits) {
            this.waits = waits;
        }

        @Override
        public double layer(int layer, int device) {
            double saved = waits[device] ? platform.get(device).idleWatts() * compiled.seconds(layer, device) : 0;
            return compiled.joules(layer, device) - saved;
        }

        @Override
        public double transfer(int tensor, int from, int to) {
            return compiled.transferJoules(tensor, from, to);
        }
    }

    private double sum(Costs costs) {
        double sum = 0;
        for (int task = 0; task < compiled.taskCount(); task++) {
            sum += compiled.frames(task) * ofTask(task, costs);
        }
        return sum;
    }

    private double ofTask(int task, Costs costs) {
        double free = least(task, costs, 0);
        double limit = responseLimit(task);
        if (limit == Double.POSITIVE_INFINITY || free == Double.POSITIVE_INFINITY) {
            return free;
        }
        // Joules or money per second of time: prices around the mean one, and finer around the best of these.
        double best = free;
        double center = Math.max(Math.abs(free), Double.MIN_NORMAL) / Math.max(limit, Double.MIN_NORMAL);
        double factor = 4;
        for (int round = 0; round < 2; round++) {
            double next = center;
            for (int step = -MULTIPLIERS / 4; step <= MULTIPLIERS / 4; step++) {
                double multiplier = center * Math.pow(factor, step);
                double bound = least(task, costs, multiplier) - multiplier * limit;
                if (bound > best && bound < Double.POSITIVE_INFINITY) {
                    best = bound;
                    next = multiplier;
                }
            }
            center = next;
            factor = 1.25;
        }
        return best;
    }

    /** Returns the response time that the deadline leaves, infinite without a deadline. */
    private double responseLimit(int task) {
        double deadline = compiled.deadlineSeconds(task);
        if (deadline == Double.POSITIVE_INFINITY || compiled.isDeadlineOnResponse(task)) {
            return deadline;
        }
        double frames = compiled.frames(task);
        return frames * deadline - (frames - 1) * new PeriodBound(compiled).of(task);
    }

    /** Returns the least cost of a frame, with time at a price. */
    private double least(int task, Costs costs, double multiplier) {
        return compiled.isChain(task) ? ofChain(task, costs, multiplier) : ofDag(task, costs, multiplier);
    }

    private double ofChain(int task, Costs costs, double multiplier) {
        double[] before = new double[devices];
        int tensor = compiled.firstTensor(task);
        int end = compiled.firstTensor(task + 1);
        int source = compiled.source(task);
        for (; tensor < end && compiled.producer(tensor) < 0; tensor++) {
            for (int device = 0; device < devices && source >= 0 && isSent(tensor); device++) {
                before[device] += transfer(tensor, source, device, costs, multiplier);
            }
        }
        for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
            for (int device = 0; device < devices; device++) {
                before[device] += layer(layer, device, costs, multiplier);
            }
            int firstTensor = tensor;
            while (tensor < end && compiled.producer(tensor) == layer) {
                tensor++;
            }
            if (layer + 1 < compiled.firstLayer(task + 1)) {
                before = cross(firstTensor, tensor, before, costs, multiplier);
            }
        }
        return Arrays.stream(returned(task, before, costs, multiplier)).min().orElse(0);
    }

    private boolean isSent(int tensor) {
        return compiled.consumers(tensor).length > 0;
    }

    private double[] cross(int firstTensor, int end, double[] before, Costs costs, double multiplier) {
        double[] after = new double[devices];
        for (int to = 0; to < devices; to++) {
            after[to] = Double.POSITIVE_INFINITY;
            for (int from = 0; from < devices; from++) {
                double cost = before[from];
                for (int tensor = firstTensor; tensor < end; tensor++) {
                    cost += isSent(tensor) ? transfer(tensor, from, to, costs, multiplier) : 0;
                }
                after[to] = Math.min(after[to], cost);
            }
        }
        return after;
    }

    private double[] returned(int task, double[] before, Costs costs, double multiplier) {
        int sink = compiled.sink(task);
        for (int tensor = compiled.firstTensor(task); tensor < compiled.firstTensor(task + 1) && sink >= 0; tensor++) {
            for (int device = 0; device < devices; device++) {
                boolean result = compiled.isDelivered(tensor) && compiled.producer(tensor) >= 0;
                before[device] += result ? transfer(tensor, device, sink, costs, multiplier) : 0;
            }
        }
        return before;
    }

    private double layer(int layer, int device, Costs costs, double multiplier) {
        return LowerBound.isAllowed(compiled, layer, device)
                ? costs.layer(layer, device) + multiplier * compiled.seconds(layer, device)
                : Double.POSITIVE_INFINITY;
    }

    private double transfer(int tensor, int from, int to, Costs costs, double multiplier) {
        double seconds = compiled.transferSeconds(tensor, from, to);
        return seconds == Double.POSITIVE_INFINITY ? seconds : costs.transfer(tensor, from, to) + multiplier * seconds;
    }

    private double ofDag(int task, Costs costs, double multiplier) {
        boolean[] onPath = multiplier > 0 ? new HeaviestPath(compiled, task).layers() : new boolean[0];
        double sum = 0;
        for (int layer = compiled.firstLayer(task); layer < compiled.firstLayer(task + 1); layer++) {
            boolean timed = multiplier > 0 && onPath[layer - compiled.firstLayer(task)];
            double least = Double.POSITIVE_INFINITY;
            for (int device = 0; device < devices; device++) {
                least = Math.min(least, layer(layer, device, costs, timed ? multiplier : 0));
            }
            sum += least;
        }
        return sum;
    }
}
