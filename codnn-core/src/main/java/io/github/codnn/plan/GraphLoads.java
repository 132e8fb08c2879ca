package io.github.codnn.plan;

import io.github.codnn.scenario.TransferMode;
import java.util.Arrays;

/**
 * The loads of any workload: schedules one frame of each task, layer by layer.
 *
 * <p>Uses flat arrays, and stamps instead of clearing the arrays of D^2 entries. A tensor is sent as soon as it is
 * written, to one destination after the other in the order of the layers that read it, and to the sink last. That order
 * is the same on sender, link, medium and receiver, so no transfers can wait for each other in a cycle.
 */
final class GraphLoads implements Loads {

    private final CompiledScenario scenario;
    private final ScenarioArrays compiled; // of the scenario with opened blocks
    private final StageCheck stageCheck;
    private final boolean isOpened; // whether some blocks are more than one layer
    private final int[] opened; // the placement of the layers of opened blocks
    private final boolean blocking;
    private final int devices;
    private final double[] ready; // [layer] when its inputs have arrived
    private final double[] deviceFree; // [device]
    private final double[] linkFree; // [link], valid if linkTask is the task's stamp
    private final double[] linkLoad; // [link] of all tasks, valid if linkRun is the run's stamp
    private final long[] linkTask;
    private final long[] linkRun;
    private final double[] deviceLoad; // [device] of all tasks
    private final double[] computeSeconds; // [task * D + device]
    private final boolean[] runsLayers; // [device]
    private final boolean[] touched; // [task * D + device] runs layers or, if transfers block it, transfers
    private final int[] usedLinks; // the links of task k from firstUsedLink[k]
    private final int[] firstUsedLink;
    private final boolean hasMedia;
    private final double[] mediumFree; // [medium] of the task
    private final double[] mediumLoad; // [medium] of all tasks
    private final boolean[] usesMedium; // [task * media + medium]
    private final double[] arrival; // [device] of the tensor being sent, valid if arrivalTensor is it
    private final int[] arrivalTensor;
    private final double[] computeJoules; // [task]
    private final double[] transferJoules; // [task]
    private final double[] response; // [task]
    private int[] last = new int[0]; // the placement of the last run
    private int[] lastOpened = new int[0]; // the same for the opened scenario
    private long run;
    private long taskStamp;
    private int usedLinkCount;
    private int missingLinks;

    GraphLoads(CompiledScenario scenario, StageCheck stageCheck) {
        this.scenario = scenario;
        this.stageCheck = stageCheck;
        compiled = scenario.opened().arrays();
        isOpened = scenario.opened() != scenario;
        opened = new int[isOpened ? compiled.layerCount : 0];
        blocking = compiled.scenario.rules().transfers() == TransferMode.BLOCKING;
        devices = compiled.deviceCount;
        ready = new double[compiled.layerCount];
        deviceFree = new double[devices];
        linkFree = new double[devices * devices];
        linkLoad = new double[devices * devices];
        linkTask = new long[devices * devices];
        linkRun = new long[devices * devices];
        deviceLoad = new double[devices];
        computeSeconds = new double[compiled.taskCount * devices];
        runsLayers = new boolean[devices];
        touched = new boolean[compiled.taskCount * devices];
        usedLinks = new int[mostUsedLinks(compiled)];
        firstUsedLink = new int[compiled.taskCount + 1];
        hasMedia = compiled.mediumCount > 0;
        mediumFree = new double[compiled.mediumCount];
        mediumLoad = new double[compiled.mediumCount];
        usesMedium = new boolean[compiled.taskCount * compiled.mediumCount];
        arrival = new double[devices];
        arrivalTensor = new int[devices];
        computeJoules = new double[compiled.taskCount];
        transferJoules = new double[compiled.taskCount];
        response = new double[compiled.taskCount];
    }

    /** Returns how many links the tasks use at most: no more than there are, and no more than they send tensors. */
    private static int mostUsedLinks(ScenarioArrays compiled) {
        long all = 0;
        for (int task = 0; task < compiled.taskCount; task++) {
            long sent = 0;
            for (int tensor = compiled.firstTensor[task]; tensor < compiled.firstTensor[task + 1]; tensor++) {
                sent += compiled.consumers[tensor].length + 1;
            }
            all += Math.min(sent, (long) compiled.deviceCount * compiled.deviceCount);
        }
        return Math.toIntExact(all);
    }

    @Override
    public void run(int[] placement) {
        last = placement;
        lastOpened = placement;
        if (isOpened) {
            scenario.open(placement, opened);
            lastOpened = opened;
        }
        schedule(lastOpened);
    }

    private void schedule(int[] placement) {
        run++;
        missingLinks = 0;
        usedLinkCount = 0;
        Arrays.fill(deviceLoad, 0);
        Arrays.fill(mediumLoad, 0);
        Arrays.fill(usesMedium, false);
        Arrays.fill(computeSeconds, 0);
        Arrays.fill(runsLayers, false);
        Arrays.fill(touched, false);
        Arrays.fill(ready, 0);
        Arrays.fill(arrivalTensor, -1);
        for (int task = 0; task < compiled.taskCount; task++) {
            taskStamp++;
            Arrays.fill(deviceFree, 0);
            Arrays.fill(mediumFree, 0);
            firstUsedLink[task] = usedLinkCount;
            computeJoules[task] = 0;
            transferJoules[task] = 0;
            response[task] = 0;
            upload(task, placement);
            runLayers(task, placement);
        }
        firstUsedLink[compiled.taskCount] = usedLinkCount;
    }

    private void upload(int task, int[] placement) {
        int source = compiled.source[task];
        for (int tensor = compiled.firstTensor[task]; tensor < compiled.firstTensor[task + 1]; tensor++) {
            if (compiled.producer[tensor] >= 0) {
                return; // the inputs of the network come first
            }
            if (source >= 0) {
                distribute(task, tensor, source, 0, placement);
            }
        }
    }

    private void runLayers(int task, int[] placement) {
        int end = compiled.firstLayer[task + 1];
        for (int layer = compiled.firstLayer[task]; layer < end; layer++) {
            int device = placement[layer];
            double seconds = compiled.seconds[layer * devices + device];
            double free = deviceFree[device];
            double start = ready[layer] > free ? ready[layer] : free;
            double finish = start + seconds;
            deviceFree[device] = finish;
            deviceLoad[device] += seconds;
            computeSeconds[task * devices + device] += seconds;
            runsLayers[device] = true;
            touched[task * devices + device] = true;
            computeJoules[task] += compiled.joules[layer * devices + device];
            if (finish > response[task]) {
                response[task] = finish;
            }
            for (int tensor : compiled.outputs[layer]) {
                distribute(task, tensor, device, finish, placement);
            }
        }
    }

    /** Brings a tensor to every device that needs it, once each. */
    private void distribute(int task, int tensor, int from, double written, int[] placement) {
        for (int consumer : compiled.consumers[tensor]) {
            int to = placement[consumer];
            double arrived = to == from ? written : arrive(task, tensor, from, to, written);
            if (arrived > ready[consumer]) {
                ready[consumer] = arrived;
            }
        }
        int sink = compiled.sink[task];
        if (compiled.delivered[tensor] && sink >= 0 && sink != from) {
            arrive(task, tensor, from, sink, written);
        }
    }

    private double arrive(int task, int tensor, int from, int to, double written) {
        if (arrivalTensor[to] == tensor) {
            return arrival[to];
        }
        int entry = compiled.transferTable[tensor] + compiled.linkOf[from * devices + to];
        double seconds = compiled.transferSeconds[entry];
        if (seconds == Double.POSITIVE_INFINITY) {
            missingLinks++;
            seconds = 0;
        }
        double finish = send(task, from, to, written, seconds);
        transferJoules[task] += compiled.transferJoules[entry];
        if (finish > response[task]) {
            response[task] = finish;
        }
        arrivalTensor[to] = tensor;
        arrival[to] = finish;
        return finish;
    }

    private double send(int task, int from, int to, double written, double seconds) {
        int link = from * devices + to;
        if (linkRun[link] != run) {
            linkRun[link] = run;
            linkLoad[link] = 0;
        }
        if (linkTask[link] != taskStamp) {
            linkTask[link] = taskStamp;
            linkFree[link] = 0;
            usedLinks[usedLinkCount++] = link;
        }
        double start = linkFree[link] > written ? linkFree[link] : written;
        int medium = hasMedia ? compiled.medium[link] : -1;
        if (medium >= 0) {
            start = Math.max(start, mediumFree[medium]);
        }
        if (blocking) {
            start = Math.max(start, Math.max(deviceFree[from], deviceFree[to]));
            deviceFree[from] = start + seconds;
            deviceFree[to] = start + seconds;
            deviceLoad[from] += seconds;
            deviceLoad[to] += seconds;
            touched[task * devices + from] = true;
            touched[task * devices + to] = true;
        }
        if (medium >= 0) {
            mediumFree[medium] = start + seconds;
            mediumLoad[medium] += seconds;
            usesMedium[task * mediumLoad.length + medium] = true;
        }
        linkLoad[link] += seconds;
        linkFree[link] = start + seconds;
        return start + seconds;
    }

    @Override
    public int[] openedPlacement() {
        return lastOpened;
    }

    @Override
    public double greatestLoad(int task) {
        double greatest = 0;
        for (int device = 0; device < devices; device++) {
            if (touched[task * devices + device] && deviceLoad[device] > greatest) {
                greatest = deviceLoad[device];
            }
        }
        for (int used = firstUsedLink[task]; used < firstUsedLink[task + 1]; used++) {
            if (linkLoad[usedLinks[used]] > greatest) {
                greatest = linkLoad[usedLinks[used]];
            }
        }
        for (int medium = 0; medium < mediumLoad.length; medium++) {
            if (usesMedium[task * mediumLoad.length + medium] && mediumLoad[medium] > greatest) {
                greatest = mediumLoad[medium];
            }
        }
        return greatest;
    }

    @Override
    public double responseSeconds(int task) {
        return response[task];
    }

    @Override
    public double computeJoules(int task) {
        return computeJoules[task];
    }

    @Override
    public double transferJoules(int task) {
        return transferJoules[task];
    }

    @Override
    public double computeSeconds(int task, int device) {
        return computeSeconds[task * devices + device];
    }

    @Override
    public boolean runsLayers(int device) {
        return runsLayers[device];
    }

    @Override
    public int devicesUsed() {
        int used = 0;
        for (boolean runs : runsLayers) {
            used += runs ? 1 : 0;
        }
        return used;
    }

    @Override
    public int stageViolation() {
        return stageCheck.violation(last);
    }

    @Override
    public int missingLinks() {
        return missingLinks;
    }
}
