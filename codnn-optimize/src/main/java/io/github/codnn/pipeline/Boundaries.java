package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.CutTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The transfers at the cuts of a chain: between each pair of devices, upload and return. Cuts with equal tensors share
 * a table.
 */
final class Boundaries {

    private final int devices;
    private final int[] kind; // [cut], 0 where nothing can be cut
    private final int[] linkOf; // [from * D + to]
    private final int links;
    private final List<double[]> seconds = new ArrayList<>(); // [kind][link]
    private final List<double[]> joules = new ArrayList<>();
    private final int[] tensors; // [cut]
    private final double[] uploadSeconds; // [device]
    private final double[] uploadJoules;
    private final double[] returnSeconds;
    private final double[] returnJoules;

    Boundaries(CompiledScenario compiled) {
        devices = compiled.deviceCount();
        int layers = compiled.layerCount();
        linkOf = compiled.links();
        links = 1 + Arrays.stream(linkOf).max().orElse(0);
        tensors = new int[layers + 1];
        CutTensors crossing = CutTensors.of(compiled, 0);
        kind = crossing.kinds(1, layers);
        for (int cut = 1; cut < layers; cut++) {
            if (kind[cut] == seconds.size()) {
                addTables(compiled, crossing.at(cut));
            }
        }
        Arrays.setAll(tensors, cut -> crossing.at(cut).size());
        uploadSeconds = new double[devices];
        uploadJoules = new double[devices];
        returnSeconds = new double[devices];
        returnJoules = new double[devices];
        int source = compiled.source(0);
        int sink = compiled.sink(0);
        for (int device = 0; device < devices; device++) {
            if (source >= 0) {
                uploadSeconds[device] = seconds(compiled, crossing.at(0), source, device);
                uploadJoules[device] = joules(compiled, crossing.at(0), source, device);
            }
            if (sink >= 0) {
                returnSeconds[device] = seconds(compiled, crossing.at(layers), device, sink);
                returnJoules[device] = joules(compiled, crossing.at(layers), device, sink);
            }
        }
    }

    private void addTables(CompiledScenario compiled, List<Integer> crossing) {
        double[] tableSeconds = new double[links];
        double[] tableJoules = new double[links];
        boolean[] done = new boolean[links];
        for (int pair = 0; pair < linkOf.length; pair++) {
            int link = linkOf[pair];
            if (!done[link]) {
                tableSeconds[link] = seconds(compiled, crossing, pair / devices, pair % devices);
                tableJoules[link] = joules(compiled, crossing, pair / devices, pair % devices);
                done[link] = true;
            }
        }
        seconds.add(tableSeconds);
        joules.add(tableJoules);
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
        return seconds.get(kind[cut])[linkOf[from * devices + to]];
    }

    double joules(int cut, int from, int to) {
        return joules.get(kind[cut])[linkOf[from * devices + to]];
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
