package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What crosses the cuts of a chain: transfers between each pair of devices, upload and return. */
final class Boundaries {

    private final int devices;
    private final int[] kind; // [cut], 0 where nothing can be cut
    private final List<double[]> seconds = new ArrayList<>(); // [kind][from * D + to]
    private final List<double[]> joules = new ArrayList<>();
    private final int[] tensors; // [cut]
    private final double[] uploadSeconds; // [device]
    private final double[] uploadJoules;
    private final double[] returnSeconds;
    private final double[] returnJoules;

    Boundaries(CompiledScenario compiled) {
        devices = compiled.deviceCount();
        int layers = compiled.layerCount();
        kind = new int[layers + 1];
        tensors = new int[layers + 1];
        List<List<Integer>> crossing = crossing(compiled);
        Map<List<Integer>, Integer> kinds = new HashMap<>();
        for (int cut = 1; cut < layers; cut++) {
            tensors[cut] = crossing.get(cut).size();
            kind[cut] = kindOf(compiled, crossing.get(cut), kinds);
        }
        tensors[0] = crossing.get(0).size();
        tensors[layers] = crossing.get(layers).size();
        uploadSeconds = new double[devices];
        uploadJoules = new double[devices];
        returnSeconds = new double[devices];
        returnJoules = new double[devices];
        int source = compiled.source(0);
        int sink = compiled.sink(0);
        for (int device = 0; device < devices; device++) {
            if (source >= 0) {
                uploadSeconds[device] = seconds(compiled, crossing.get(0), source, device);
                uploadJoules[device] = joules(compiled, crossing.get(0), source, device);
            }
            if (sink >= 0) {
                returnSeconds[device] = seconds(compiled, crossing.get(layers), device, sink);
                returnJoules[device] = joules(compiled, crossing.get(layers), device, sink);
            }
        }
    }

    /** Returns for each cut the tensors that are sent if it is made; cut 0 has the inputs, the last one the results. */
    private static List<List<Integer>> crossing(CompiledScenario compiled) {
        List<List<Integer>> crossing = new ArrayList<>();
        for (int cut = 0; cut <= compiled.layerCount(); cut++) {
            crossing.add(new ArrayList<>());
        }
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            if (compiled.consumers(tensor).length > 0 || compiled.isDelivered(tensor)) {
                crossing.get(compiled.producer(tensor) + 1).add(tensor);
            }
        }
        return crossing;
    }

    /** A thousand boundaries with equal tensors share one table. */
    private int kindOf(CompiledScenario compiled, List<Integer> crossing, Map<List<Integer>, Integer> kinds) {
        List<Integer> tensorKinds =
                crossing.stream().map(compiled::transferKind).sorted().toList();
        return kinds.computeIfAbsent(tensorKinds, any -> {
            double[] tableSeconds = new double[devices * devices];
            double[] tableJoules = new double[devices * devices];
            for (int from = 0; from < devices; from++) {
                for (int to = 0; to < devices; to++) {
                    tableSeconds[from * devices + to] = seconds(compiled, crossing, from, to);
                    tableJoules[from * devices + to] = joules(compiled, crossing, from, to);
                }
            }
            seconds.add(tableSeconds);
            joules.add(tableJoules);
            return seconds.size() - 1;
        });
    }

    private static double seconds(CompiledScenario compiled, List<Integer> crossing, int from, int to) {
        double sum = 0;
        for (int tensor : crossing) {
            sum += compiled.transferSeconds(tensor, from, to);
        }
        return sum;
    }

    private static double joules(CompiledScenario compiled, List<Integer> crossing, int from, int to) {
        double sum = 0;
        for (int tensor : crossing) {
            sum += compiled.transferJoules(tensor, from, to);
        }
        return sum;
    }

    double seconds(int cut, int from, int to) {
        return seconds.get(kind[cut])[from * devices + to];
    }

    double joules(int cut, int from, int to) {
        return joules.get(kind[cut])[from * devices + to];
    }

    int kind(int cut) {
        return kind[cut];
    }

    int tensors(int cut) {
        return tensors[cut];
    }

    double uploadSeconds(int device) {
        return uploadSeconds[device];
    }

    double uploadJoules(int device) {
        return uploadJoules[device];
    }

    double returnSeconds(int device) {
        return returnSeconds[device];
    }

    double returnJoules(int device) {
        return returnJoules[device];
    }
}
