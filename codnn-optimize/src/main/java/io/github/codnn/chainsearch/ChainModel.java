package io.github.codnn.chainsearch;

import io.github.codnn.pipeline.RangeSums;
import io.github.codnn.pipeline.StageCosts;
import io.github.codnn.plan.CompiledScenario;
import java.util.Arrays;
import java.util.List;

/**
 * A chain with its devices in classes of equal ones: the flat arrays that the searches of {@code ExactPipeline} use. A
 * class with one device may not follow itself; one with several may, over the link between two of its devices.
 */
public final class ChainModel {

    public static final int MAX_CLASSES = 62; // so that a set of classes is a long

    private static final double MIXED = 1e6; // greatest time over the least

    public final StageCosts chain;
    public final int layers;
    public final int classes;
    public final int[] count; // [class] devices
    private final double longest; // seconds of a layer or a transfer that counts
    private final RangeSums[] sums; // [class] seconds of layers
    public final double[][] prefix; // [class][layer] seconds of the layers before
    public final int[][] limit; // [class][start] furthest end
    public final double[][] transfer; // [cut] the table of its kind: [from * classes + to], infinite if impossible
    public final boolean[] cutAllowed; // [cut]
    public final double[] upload; // [class]
    public final double[] results; // [class] seconds to return them
    final int media; // how many
    final int[] medium; // [from * classes + to] what the links between them share with others, or -1
    final int[] uploadMedium; // [class] the same of the link from the source
    final int[] returnMedium; // [class] the same of the link to the sink
    public final int source; // class or -1
    public final int sink; // class or -1
    public final boolean blocking;
    public final int maxStages;
    final double[] workAfter; // [layer] share of all work that this layer and those behind it are
    private final List<List<Integer>> members;

    public ChainModel(StageCosts chain) {
        this(chain, Double.POSITIVE_INFINITY);
    }

    /**
     * Leaves out what takes longer than a known plan does for one frame. A plan with such a layer or transfer has a
     * greater period and a greater response time, so no search for the best times needs it, and sums do not lose small
     * times beside such large ones.
     */
    ChainModel(StageCosts chain, double longest) {
        this.longest = longest;
        this.chain = chain;
        layers = chain.layers();
        members = chain.classes();
        classes = members.size();
        if (classes > MAX_CLASSES) {
            throw new IllegalArgumentException("ExactPipeline handles at most " + MAX_CLASSES
                    + " different devices, but there are " + classes + ". Use Dbpso instead.");
        }
        count = members.stream().mapToInt(List::size).toArray();
        source = chain.source() < 0 ? -1 : chain.classOf(chain.source());
        sink = chain.sink() < 0 ? -1 : chain.classOf(chain.sink());
        blocking = chain.isBlocking();
        maxStages = chain.maxStages();
        sums = new RangeSums[classes];
        prefix = new double[classes][layers + 1];
        limit = new int[classes][layers + 1];
        upload = new double[classes];
        results = new double[classes];
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            fill(deviceClass, members.get(deviceClass).get(0));
        }
        media = chain.problem().compiled().mediumCount();
        medium = new int[classes * classes];
        uploadMedium = new int[classes];
        returnMedium = new int[classes];
        fillMedia(chain.problem().compiled());
        cutAllowed = new boolean[layers + 1];
        for (int cut = 0; cut <= layers; cut++) {
            cutAllowed[cut] = chain.isCutAllowed(cut);
        }
        transfer = tabulate(this::transferSeconds);
        workAfter = new double[layers + 1];
        measureWork();
    }

    private void fill(int deviceClass, int device) {
        double[] times = new double[layers];
        for (int layer = 0; layer < layers; layer++) {
            double time = chain.problem().compiled().seconds(layer, device);
            times[layer] = time <= longest && time < Double.POSITIVE_INFINITY ? time : 0;
        }
        sums[deviceClass] = new RangeSums(times);
        limit[deviceClass][layers] = layers;
        int end = layers; // the next layer that takes too long
        for (int layer = layers; layer >= 0; layer--) {
            prefix[deviceClass][layer] = sums[deviceClass].before(layer);
            if (layer < layers) {
                end = chain.problem().compiled().seconds(layer, device) <= longest ? end : layer;
                limit[deviceClass][layer] = Math.min(chain.furthestEnd(device, layer), end);
            }
        }
        upload[deviceClass] = within(chain.uploadSeconds(device));
        results[deviceClass] = within(chain.returnSeconds(device));
    }

    private double within(double seconds) {
        return seconds <= longest ? seconds : Double.POSITIVE_INFINITY;
    }

    /** Returns the greatest time of a layer or a transfer that counts. */
    double greatestSeconds() {
        double greatest = 0;
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            for (int layer = 0; layer < layers; layer++) {
                greatest = Math.max(greatest, seconds(deviceClass, layer, layer + 1));
            }
            greatest = Math.max(greatest, finite(upload[deviceClass]));
            greatest = Math.max(greatest, finite(results[deviceClass]));
        }
        for (int cut = 1; cut < layers; cut++) {
            for (double time : transfer[cut]) {
                greatest = Math.max(greatest, finite(time));
            }
        }
        return greatest;
    }

    /** Tells whether differences of sums of times may lose small ones. */
    boolean isMixed() {
        double greatest = greatestSeconds();
        double least = greatest;
        for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
            for (int layer = 0; layer < layers; layer++) {
                double time = seconds(deviceClass, layer, layer + 1);
                least = time > 0 && time < least ? time : least;
            }
        }
        return greatest > MIXED * least;
    }

    /** Returns the time of a stage. */
    public double seconds(int deviceClass, int start, int end) {
        return sums[deviceClass].sum(start, end);
    }

    private void fillMedia(CompiledScenario compiled) {
        for (int from = 0; from < classes; from++) {
            int device = members.get(from).get(0);
            uploadMedium[from] = chain.source() < 0 ? -1 : compiled.medium(chain.source(), device);
            returnMedium[from] = chain.sink() < 0 ? -1 : compiled.medium(device, chain.sink());
            for (int to = 0; to < classes; to++) {
                medium[from * classes + to] = compiled.medium(device, receiver(from, to));
            }
        }
    }

    private int receiver(int from, int to) {
        List<Integer> receivers = members.get(to);
        return receivers.get(from == to ? receivers.size() - 1 : 0);
    }

    /** A figure of the transfer of a cut between two devices. */
    public interface TransferFigure {
        double of(int cut, int sender, int receiver);
    }

    /**
     * Tabulates a figure of all transfers between classes; cuts with equal tensors share a table. A class with several
     * devices sends to itself from its first device to its last; with a single device, sender and receiver are equal.
     *
     * @return [cut][from * classes + to], no table for cut 0 and the last one
     */
    public double[][] tabulate(TransferFigure figure) {
        double[][] tables = new double[layers + 1][];
        double[][] ofKind = new double[layers + 1][];
        for (int cut = 1; cut < layers; cut++) {
            int kind = chain.boundaryKind(cut);
            if (ofKind[kind] == null) {
                ofKind[kind] = table(cut, figure);
            }
            tables[cut] = ofKind[kind];
        }
        return tables;
    }

    private double[] table(int cut, TransferFigure figure) {
        double[] table = new double[classes * classes];
        for (int from = 0; from < classes; from++) {
            for (int to = 0; to < classes; to++) {
                table[from * classes + to] = figure.of(cut, members.get(from).get(0), receiver(from, to));
            }
        }
        return table;
    }

    private double transferSeconds(int cut, int sender, int receiver) {
        return sender == receiver ? Double.POSITIVE_INFINITY : within(chain.transferSeconds(cut, sender, receiver));
    }

    /**
     * Bounds need a measure of the work of a stage. Any measure is valid; with the mean share of the time over all
     * devices, stages that take about the same time have about the same work, wherever they are.
     */
    private void measureWork() {
        for (int layer = layers - 1; layer >= 0; layer--) {
            double work = 0;
            for (int deviceClass = 0; deviceClass < classes; deviceClass++) {
                double whole = prefix[deviceClass][layers];
                work += whole == 0
                        ? 0
                        : count[deviceClass] * (prefix[deviceClass][layer + 1] - prefix[deviceClass][layer]) / whole;
            }
            workAfter[layer] = workAfter[layer + 1] + work / chain.devices();
        }
    }

    /** Tells whether loads depend on stages that are not neighbours: through the source or sink of the frames. */
    boolean hasEndCoupling() {
        boolean both = source >= 0 && sink >= 0 && source != sink;
        return blocking ? source >= 0 || sink >= 0 : both;
    }

    /** Returns a period that no path exceeds, in seconds. */
    double longestPeriod() {
        double longest = finite(Arrays.stream(upload).max().orElse(0))
                + finite(Arrays.stream(results).max().orElse(0));
        for (double[] ofClass : prefix) {
            longest += ofClass[layers];
        }
        for (int cut = 1; cut < layers; cut++) {
            double greatest = 0;
            for (double seconds : transfer[cut]) {
                greatest = Math.max(greatest, finite(seconds));
            }
            longest += greatest;
        }
        return longest;
    }

    private static double finite(double seconds) {
        return seconds == Double.POSITIVE_INFINITY ? 0 : seconds;
    }

    /** Returns the devices of a path whose classes are used no more often than they have devices. */
    int[] devices(int[] pathClasses) {
        int[] used = new int[classes];
        int[] devices = new int[pathClasses.length];
        for (int stage = 0; stage < devices.length; stage++) {
            int deviceClass = pathClasses[stage];
            devices[stage] = members.get(deviceClass).get(used[deviceClass]++);
        }
        return devices;
    }
}
