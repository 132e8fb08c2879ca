package io.github.codnn.plan;

import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.TransferMode;
import java.util.Arrays;

/**
 * The loads of a single chain in which at most one tensor crosses each cut. Nothing waits there, so the response time
 * is the sum of all times. Returns the same figures as {@link GraphLoads} up to rounding, in a fraction of the time.
 *
 * <p>Computes the loads layer by layer, the transfers stage by stage, and the energy only on request. Links that are
 * equally fast share one column of transfer times, which keeps the table small.
 */
final class ChainLoads implements Loads {

    static final int MAX_DEVICES = Long.SIZE; // so that a set of devices is a long

    private final ScenarioArrays compiled;
    private final boolean oneStage; // whether a device may run one stage only
    private final boolean blocking;
    private final int devices;
    private final int layers;
    private final int[] table; // [cut] offset of the transfers of what crosses it, -1 if nothing does
    private final double[] seconds; // [layer * D + device]
    private final int[] column; // [from * D + to] offset of the transfers of all links that are equally fast
    private final double[] transferSeconds; // [column + cut]
    private final double[] computeSeconds; // [device]
    private final double[] blockedSeconds; // [device] by transfers, if they block it
    private final double[] linkLoad; // [from * D + to]
    private final boolean hasMedia;
    private final double[] mediumLoad; // [medium]
    private final int[] stageBegins; // [stage] first layer
    private final boolean gaps; // whether some links are missing
    private int[] last = new int[0]; // the placement of the last run
    private double greatestLoad;
    private double response;
    private long used; // devices, as bits
    private int stages;
    private int missingLinks;

    /** Tells whether a scenario is such a chain. */
    static boolean fits(CompiledScenario scenario) {
        ScenarioArrays compiled = scenario.arrays();
        boolean fits = compiled.taskCount == 1
                && compiled.chain[0]
                && compiled.layerCount > 0
                && compiled.deviceCount <= MAX_DEVICES
                && scenario.opened() == scenario;
        int[] tensors = new int[compiled.layerCount + 1]; // across each cut
        for (int tensor = 0; fits && tensor < compiled.tensorCount; tensor++) {
            int cut = compiled.producer[tensor] + 1;
            boolean passesBy = compiled.delivered[tensor] && cut != compiled.layerCount;
            for (int consumer : compiled.consumers[tensor]) {
                passesBy |= consumer != cut;
            }
            boolean crosses = compiled.consumers[tensor].length > 0 || compiled.delivered[tensor];
            tensors[cut] += crosses ? 1 : 0;
            fits = !passesBy && tensors[cut] <= 1;
        }
        return fits;
    }

    ChainLoads(CompiledScenario scenario) {
        compiled = scenario.arrays();
        oneStage = compiled.scenario.rules().stagesPerDevice() == StagesPerDevice.ONE;
        blocking = compiled.scenario.rules().transfers() == TransferMode.BLOCKING;
        devices = compiled.deviceCount;
        layers = compiled.layerCount;
        seconds = compiled.seconds;
        table = new int[layers + 1];
        Arrays.fill(table, -1);
        for (int tensor = 0; tensor < compiled.tensorCount; tensor++) {
            if (compiled.consumers[tensor].length > 0 || compiled.delivered[tensor]) {
                table[compiled.producer[tensor] + 1] = compiled.transferTable[tensor];
            }
        }
        column = new int[devices * devices];
        transferSeconds = new double[findColumns() * (layers + 1)];
        for (int link = 0; link < column.length; link++) {
            column[link] *= layers + 1;
            for (int cut = 0; cut <= layers; cut++) {
                transferSeconds[column[link] + cut] = transferSeconds(cut, link);
            }
        }
        computeSeconds = new double[devices];
        blockedSeconds = new double[devices];
        linkLoad = new double[devices * devices];
        hasMedia = compiled.mediumCount > 0;
        mediumLoad = new double[compiled.mediumCount];
        stageBegins = new int[layers + 1];
        gaps = Arrays.stream(transferSeconds).anyMatch(Double::isInfinite);
    }

    /** Assigns one column to all links with equal times. Returns the number of columns. */
    private int findColumns() {
        int[] first = new int[column.length]; // [column] a link of it
        int count = 0;
        for (int link = 0; link < column.length; link++) {
            int same = 0;
            while (same < count && !areEqual(first[same], link)) {
                same++;
            }
            if (same == count) {
                first[count++] = link;
            }
            column[link] = same;
        }
        return count;
    }

    private boolean areEqual(int link, int other) {
        boolean equal = true;
        for (int cut = 0; equal && cut <= layers; cut++) {
            equal = transferSeconds(cut, link) == transferSeconds(cut, other);
        }
        return equal;
    }

    private double transferSeconds(int cut, int link) {
        return table[cut] < 0 ? 0 : compiled.transferSeconds[table[cut] + compiled.linkOf[link]];
    }

    @Override
    public void run(int[] placement) {
        last = placement;
        Arrays.fill(linkLoad, 0);
        Arrays.fill(computeSeconds, 0);
        if (blocking) {
            Arrays.fill(blockedSeconds, 0);
        }
        if (hasMedia) {
            Arrays.fill(mediumLoad, 0);
        }
        greatestLoad = 0;
        missingLinks = 0;
        response = 0;
        if (compiled.source[0] >= 0) {
            response += send(0, compiled.source[0], placement[0]);
        }
        if (2 * stages > layers) { // the stages of the run before: consecutive placements are often alike
            runShortStages(placement);
        } else {
            runLongStages(placement);
        }
        runTransfers(placement);
        if (compiled.sink[0] >= 0) {
            response += send(layers, placement[layers - 1], compiled.sink[0]);
        }
        double greatest = greatestLoad;
        for (int device = 0; device < devices; device++) {
            response += computeSeconds[device];
            double load = computeSeconds[device] + blockedSeconds[device];
            greatest = load > greatest ? load : greatest;
        }
        greatestLoad = greatest;
    }

    /** Sums the time of each device and lists where stages begin. Branches where the device changes. */
    private void runLongStages(int[] placement) {
        double[] loads = computeSeconds;
        int[] begins = stageBegins;
        int before = placement[0];
        double load = seconds[before];
        int first = 0; // entry of a layer
        int count = 1;
        for (int layer = 1; layer < layers; layer++) {
            first += devices;
            int device = placement[layer];
            if (device != before) {
                loads[before] = load;
                load = loads[device];
                begins[count++] = layer;
                before = device;
            }
            load += seconds[first + device];
        }
        loads[before] = load;
        stages = count;
    }

    /** The same without a branch: faster where the device changes often and a processor cannot predict where. */
    private void runShortStages(int[] placement) {
        double[] loads = computeSeconds;
        int[] begins = stageBegins;
        int before = placement[0];
        loads[before] = seconds[before];
        int first = 0; // entry of a layer
        int count = 1;
        for (int layer = 1; layer < layers; layer++) {
            first += devices;
            int device = placement[layer];
            loads[device] += seconds[first + device];
            int differ = before - device;
            begins[count] = layer;
            count += (differ | -differ) >>> 31;
            before = device;
        }
        stages = count;
    }

    private void runTransfers(int[] placement) {
        double[] links = linkLoad;
        int[] begins = stageBegins;
        double transfers = 0;
        double greatest = greatestLoad;
        int before = placement[0];
        long seen = 1L << before;
        for (int stage = 1; stage < stages; stage++) {
            int layer = begins[stage];
            int device = placement[layer];
            int link = before * devices + device;
            double transfer = transferSeconds[column[link] + layer];
            if (gaps && transfer == Double.POSITIVE_INFINITY) {
                missingLinks++;
                transfer = 0;
            }
            transfers += transfer;
            double load = links[link] + transfer;
            links[link] = load;
            greatest = load > greatest ? load : greatest;
            if (hasMedia) {
                greatest = Math.max(greatest, share(link, transfer));
            }
            if (blocking) {
                blockedSeconds[before] += transfer;
                blockedSeconds[device] += transfer;
            }
            seen |= 1L << device;
            before = device;
        }
        response += transfers;
        greatestLoad = greatest;
        used = seen;
    }

    /** Adds a transfer to the load of the link's medium and returns that load, 0 if there is none. */
    private double share(int link, double transfer) {
        int medium = compiled.medium[link];
        if (medium < 0) {
            return 0;
        }
        mediumLoad[medium] += transfer;
        return mediumLoad[medium];
    }

    /** Sends inputs or results; returns the time in seconds. */
    private double send(int cut, int from, int to) {
        double own = transferSeconds[column[from * devices + to] + cut];
        if (own == Double.POSITIVE_INFINITY) {
            missingLinks++;
            return 0;
        }
        double load = linkLoad[from * devices + to] + own;
        linkLoad[from * devices + to] = load;
        greatestLoad = load > greatestLoad ? load : greatestLoad;
        if (hasMedia) {
            greatestLoad = Math.max(greatestLoad, share(from * devices + to, own));
        }
        if (blocking) {
            blockedSeconds[from] += own;
            blockedSeconds[to] += own;
        }
        return own;
    }

    @Override
    public int[] openedPlacement() {
        return last;
    }

    @Override
    public double greatestLoad(int task) {
        return greatestLoad;
    }

    @Override
    public double responseSeconds(int task) {
        return response;
    }

    @Override
    public int stageViolation() {
        return oneStage ? stages - devicesUsed() : 0;
    }

    @Override
    public int missingLinks() {
        return missingLinks;
    }

    @Override
    public double computeSeconds(int task, int device) {
        return computeSeconds[device];
    }

    @Override
    public boolean runsLayers(int device) {
        return (used >>> device & 1) != 0;
    }

    @Override
    public int devicesUsed() {
        return Long.bitCount(used);
    }

    @Override
    public double computeJoules(int task) {
        int[] placement = last;
        double joules = 0;
        for (int layer = 0; layer < layers; layer++) {
            joules += compiled.joules[layer * devices + placement[layer]];
        }
        return joules;
    }

    @Override
    public double transferJoules(int task) {
        int[] placement = last;
        double joules = compiled.source[0] >= 0 ? transferJoules(0, compiled.source[0], placement[0]) : 0;
        for (int layer = 1; layer < layers; layer++) {
            joules += transferJoules(layer, placement[layer - 1], placement[layer]);
        }
        return compiled.sink[0] >= 0
                ? joules + transferJoules(layers, placement[layers - 1], compiled.sink[0])
                : joules;
    }

    private double transferJoules(int cut, int from, int to) {
        int link = from * devices + to;
        return from == to || table[cut] < 0 ? 0 : compiled.transferJoules[table[cut] + compiled.linkOf[link]];
    }
}
