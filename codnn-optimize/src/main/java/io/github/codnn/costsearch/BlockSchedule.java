package io.github.codnn.costsearch;

import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;

/** Plays one frame through a block, by the rules of {@code Evaluation}. Not thread-safe. */
final class BlockSchedule {

    private final CostModel model;
    private final CompiledScenario compiled;
    private final int devices;
    private final int[][] consumers; // [tensor]
    private final double[] ready; // [layer]
    private final double[] deviceFree;
    private final double[] linkFree; // [from * D + to]
    private final double[] mediumFree;
    private final double[] arrival; // [device] of the tensor being sent, negative if it is not sent there
    private double[] loads = new double[0];
    private double end;
    private double cost;

    BlockSchedule(CostModel model, int[][] consumers) {
        this.model = model;
        this.consumers = consumers;
        compiled = model.compiled;
        devices = model.devices;
        ready = new double[model.layers];
        deviceFree = new double[devices];
        linkFree = new double[devices * devices];
        mediumFree = new double[compiled.mediumCount()];
        arrival = new double[devices];
    }

    /** Returns the plan of a placement of the layers of a block. */
    BlockPlan plan(Block block, int in, int[] placement) {
        Arrays.fill(ready, block.first, block.end, 0);
        Arrays.fill(deviceFree, 0);
        Arrays.fill(linkFree, 0);
        Arrays.fill(mediumFree, 0);
        loads = new double[model.resources];
        double[] bytes = new double[model.hasTight ? devices : 0];
        end = 0;
        cost = 0;
        long used = block.before(in);
        int next = 0;
        int[] tensors = block.tensors;
        for (; next < tensors.length && compiled.producer(tensors[next]) < block.first; next++) {
            distribute(tensors[next], in, 0, placement);
        }
        for (int layer = block.first; layer < block.end; layer++) {
            int device = placement[layer];
            double finish = run(layer, device);
            used |= 1L << device;
            if (model.hasTight) {
                bytes[device] += compiled.parameterBytes(layer);
            }
            for (; next < tensors.length && compiled.producer(tensors[next]) == layer; next++) {
                distribute(tensors[next], device, finish, placement);
            }
        }
        int[] own = Arrays.copyOfRange(placement, block.first, block.end);
        return new BlockPlan(block.isLast ? 0 : own[own.length - 1], own, used, cost, end, loads, bytes);
    }

    private double run(int layer, int device) {
        double seconds = model.seconds[layer * devices + device];
        double finish = Math.max(ready[layer], deviceFree[device]) + seconds;
        deviceFree[device] = finish;
        loads[model.deviceResource[device]] += seconds;
        cost += model.layerCost[layer * devices + device];
        end = Math.max(end, finish);
        return finish;
    }

    private void distribute(int tensor, int from, double written, int[] placement) {
        if (from < 0) {
            return; // uploads are free
        }
        Arrays.fill(arrival, -1);
        for (int consumer : consumers[tensor]) {
            int to = placement[consumer];
            ready[consumer] = Math.max(ready[consumer], to == from ? written : arrive(tensor, from, to, written));
        }
        if (compiled.isDelivered(tensor) && model.sink >= 0 && model.sink != from) {
            arrive(tensor, from, model.sink, written);
        }
    }

    private double arrive(int tensor, int from, int to, double written) {
        if (arrival[to] < 0) {
            arrival[to] = send(from, to, written, compiled.transferSeconds(tensor, from, to));
            cost += model.transferCost(tensor, from, to);
            end = Math.max(end, arrival[to]);
        }
        return arrival[to];
    }

    private double send(int from, int to, double written, double seconds) {
        int link = from * devices + to;
        double start = Math.max(written, linkFree[link]);
        int medium = compiled.mediumCount() > 0 ? compiled.medium(from, to) : -1;
        if (medium >= 0) {
            start = Math.max(start, mediumFree[medium]);
        }
        if (model.blocking) {
            start = Math.max(start, Math.max(deviceFree[from], deviceFree[to]));
            deviceFree[from] = start + seconds;
            deviceFree[to] = start + seconds;
            loads[model.deviceResource[from]] += seconds;
            loads[model.deviceResource[to]] += seconds;
        }
        if (medium >= 0) {
            mediumFree[medium] = start + seconds;
        }
        int shared = model.resource[link];
        if (shared >= 0) {
            loads[shared] += seconds;
        }
        linkFree[link] = start + seconds;
        return start + seconds;
    }
}
