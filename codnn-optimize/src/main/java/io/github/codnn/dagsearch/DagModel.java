package io.github.codnn.dagsearch;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.DeviceClasses;
import io.github.codnn.scenario.MemoryModel;
import io.github.codnn.scenario.TransferMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network for {@code ExactDag}: nodes are layers that must share a device, in topological order, with flat arrays of
 * their costs. A transfer whose other end is not decided costs the least over all devices.
 */
public final class DagModel {

    final CompiledScenario compiled;
    final DagNodes nodes;
    final int size; // nodes
    final int classes;
    final List<List<Integer>> members; // [class] devices
    final int[] classOf; // [device]
    final double[][] seconds; // [class][node]
    final boolean[][] allowed; // [class][node] not pinned elsewhere
    final long[] memoryBytes; // [class]
    final long[] parameterBytes; // [node]
    final long[] activationBytes; // [node] the most of one of its layers, 0 if activations do not count
    final double[] work; // [node] share of all work
    final double totalWork; // 1 but for rounding, 0 if nothing takes time
    final double[] leastSeconds; // [node]
    final double[][] leastIn; // [class][tensor] to receive it, 0 if transfers do not block
    final double[][] leastOut; // [class][tensor] to send it once
    final double[] leastCross; // [tensor] for any receiver
    final boolean blocking;
    final int maxStages;

    public DagModel(CompiledScenario compiled) {
        this(compiled, new DagNodes(compiled));
    }

    private DagModel(CompiledScenario compiled, DagNodes nodes) {
        this.compiled = compiled;
        this.nodes = nodes;
        size = nodes.size();
        members = DeviceClasses.of(compiled);
        classes = members.size();
        classOf = new int[compiled.deviceCount()];
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        maxStages = Math.min(compiled.deviceCount(), compiled.scenario().rules().maxDevices());
        boolean activations = compiled.scenario().rules().memory() == MemoryModel.PARAMETERS_AND_ACTIVATIONS;
        seconds = new double[classes][size];
        allowed = new boolean[classes][size];
        memoryBytes = new long[classes];
        parameterBytes = new long[size];
        activationBytes = new long[size];
        for (int node = 0; node < size; node++) {
            measureMemory(node, activations);
        }
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            fill(deviceClass, members.get(deviceClass).get(0));
            for (int device : members.get(deviceClass)) {
                classOf[device] = deviceClass;
            }
        }
        work = work();
        totalWork = Arrays.stream(work).sum();
        leastSeconds = leastSeconds();
        leastIn = new double[classes][compiled.tensorCount()];
        leastOut = new double[classes][compiled.tensorCount()];
        leastCross = new double[compiled.tensorCount()];
        for (int tensor = 0; tensor < leastCross.length; tensor++) {
            measureTransfers(tensor);
        }
    }

    /** Returns the network without some nodes: whatever no plan of it can do, no plan of the whole network can do. */
    DagModel without(boolean[] leftOut) {
        return new DagModel(compiled, nodes.without(compiled, leftOut));
    }

    /** Tells whether the numbers of used devices of all classes fit into one {@code long}. */
    public static boolean canNumberSets(CompiledScenario compiled) {
        double sets = 1;
        for (List<Integer> equal : DeviceClasses.of(compiled)) {
            sets *= equal.size() + 1;
        }
        return sets < 0x1p62;
    }

    private void measureMemory(int node, boolean activations) {
        for (int layer : nodes.layers(node)) {
            parameterBytes[node] = Math.addExact(parameterBytes[node], compiled.parameterBytes(layer));
            activationBytes[node] = Math.max(activationBytes[node], activations ? compiled.activationBytes(layer) : 0);
        }
    }

    /** Returns the time of each node on the fastest class that may run it; the greatest double if none may. */
    private double[] leastSeconds() {
        double[] least = new double[size];
        Arrays.fill(least, Double.MAX_VALUE);
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            for (int node = 0; node < size; node++) {
                boolean faster = allowed[deviceClass][node] && seconds[deviceClass][node] < least[node];
                least[node] = faster ? seconds[deviceClass][node] : least[node];
            }
        }
        return least;
    }

    private void fill(int deviceClass, int device) {
        memoryBytes[deviceClass] =
                compiled.scenario().platform().devices().get(device).memoryBytes();
        for (int node = 0; node < size; node++) {
            allowed[deviceClass][node] = true;
            for (int layer : nodes.layers(node)) {
                double time = compiled.seconds(layer, device);
                seconds[deviceClass][node] += time < Double.POSITIVE_INFINITY ? time : 0;
                allowed[deviceClass][node] &= compiled.isAllowed(layer, device);
            }
        }
    }

    /** Returns the mean share of each node of the time of all nodes, over all devices. */
    private double[] work() {
        double[] shares = new double[size];
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            double whole = Arrays.stream(seconds[deviceClass]).sum();
            for (int node = 0; node < size && whole > 0; node++) {
                shares[node] +=
                        members.get(deviceClass).size() * seconds[deviceClass][node] / whole / compiled.deviceCount();
            }
        }
        return shares;
    }

    private void measureTransfers(int tensor) {
        double cross = Double.POSITIVE_INFINITY;
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            int device = members.get(deviceClass).get(0);
            double in = Double.POSITIVE_INFINITY;
            double out = Double.POSITIVE_INFINITY;
            for (int other = 0; other < compiled.deviceCount(); other++) {
                if (other != device) {
                    in = Math.min(in, compiled.transferSeconds(tensor, other, device));
                    out = Math.min(out, compiled.transferSeconds(tensor, device, other));
                }
            }
            boolean input = compiled.producer(tensor) < 0;
            int source = compiled.source(0);
            leastOut[deviceClass][tensor] = out == Double.POSITIVE_INFINITY ? 0 : out; // so that sums stay numbers
            if (blocking) {
                leastIn[deviceClass][tensor] =
                        input ? source < 0 ? 0 : compiled.transferSeconds(tensor, source, device) : in;
                cross = Math.min(cross, in);
            }
        }
        leastCross[tensor] = cross == Double.POSITIVE_INFINITY ? 0 : cross;
    }

    /** Tells whether all devices are equal. */
    public boolean isUniform() {
        return classes == 1;
    }

    /** Returns for each class how fast a device runs the whole network, in networks a second. */
    public double[] meanSpeeds() {
        return Arrays.stream(seconds)
                .mapToDouble(ofClass -> 1 / Math.max(Arrays.stream(ofClass).sum(), Double.MIN_NORMAL))
                .toArray();
    }

    /** Returns the placement of nodes on devices, layer by layer. */
    int[] placement(int[] deviceOfNode) {
        int[] placement = new int[compiled.layerCount()];
        for (int node = 0; node < size; node++) {
            for (int layer : nodes.layers(node)) {
                placement[layer] = deviceOfNode[node];
            }
        }
        return placement;
    }

    /** Returns a period that no plan exceeds, in seconds. */
    public double longestPeriod() {
        double longest = 0;
        for (double[] ofClass : seconds) {
            longest += Arrays.stream(ofClass).sum();
        }
        int devices = compiled.deviceCount();
        for (int tensor = 0; tensor < compiled.tensorCount(); tensor++) {
            double greatest = 0;
            for (int pair = 0; pair < devices * devices; pair++) {
                double transfer = compiled.transferSeconds(tensor, pair / devices, pair % devices);
                greatest = transfer == Double.POSITIVE_INFINITY ? greatest : Math.max(greatest, transfer);
            }
            longest += 2 * devices * greatest;
        }
        return longest;
    }

    /** Returns for each class the nodes that are pinned there. */
    List<List<Integer>> pinnedNodes() {
        List<List<Integer>> pinned = new ArrayList<>();
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            List<Integer> here = new ArrayList<>();
            for (int node = 0; node < size; node++) {
                boolean elsewhere = false;
                for (int other = 0; other < classes; other++) {
                    elsewhere |= other != deviceClass && allowed[other][node];
                }
                if (allowed[deviceClass][node]
                        && !elsewhere
                        && members.get(deviceClass).size() == 1) {
                    here.add(node);
                }
            }
            pinned.add(here);
        }
        return pinned;
    }
}
