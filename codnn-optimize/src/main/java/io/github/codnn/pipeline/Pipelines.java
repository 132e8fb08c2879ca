package io.github.codnn.pipeline;

import io.github.codnn.plan.CompiledScenario;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A problem of one or more tasks whose networks are all chains, on devices that run one stage of each task: what a task
 * gives for one frame follows from its own stages alone, in time that depends on their number only. What tasks do to
 * each other sums up over the devices, links and media that they share; {@link PipelinesEvaluation} does that.
 * Immutable and thread-safe.
 */
public final class Pipelines {

    final CompiledScenario compiled;
    public final int tasks;
    public final int devices;
    private final boolean blocking;
    private final boolean hasMedia;
    private final StageCosts[] chains; // [task]
    private final int[][] colocated; // [task] layers with a colocation
    private final boolean[] pinned; // [task] whether any layer is

    private Pipelines(CompiledScenario compiled, StageCosts[] chains) {
        this.compiled = compiled;
        this.chains = chains;
        tasks = chains.length;
        devices = compiled.deviceCount();
        blocking = compiled.scenario().rules().transfers() == TransferMode.BLOCKING;
        hasMedia = compiled.mediumCount() > 0;
        colocated = new int[tasks][];
        pinned = new boolean[tasks];
        for (int task = 0; task < tasks; task++) {
            CompiledScenario own = chains[task].problem().compiled();
            colocated[task] = IntStream.range(0, own.layerCount())
                    .filter(layer -> own.colocated(layer) >= 0)
                    .toArray();
            pinned[task] = IntStream.range(0, own.layerCount()).anyMatch(layer -> own.pinned(layer) >= 0);
        }
    }

    /** Returns the view, or nothing if a network is not a chain or devices may run several stages. */
    public static Optional<Pipelines> of(OffloadingProblem problem) {
        CompiledScenario compiled = problem.compiled();
        if (compiled.scenario().rules().stagesPerDevice() != StagesPerDevice.ONE) {
            return Optional.empty();
        }
        StageCosts[] chains = new StageCosts[compiled.taskCount()];
        for (int task = 0; task < chains.length; task++) {
            if (!compiled.isChain(task)) {
                return Optional.empty();
            }
        }
        for (int task = 0; task < chains.length; task++) {
            Workload alone = Workload.of(compiled.scenario().workload().tasks().get(task));
            Optional<StageCosts> chain =
                    StageCosts.of(OffloadingProblem.of(compiled.scenario().withWorkload(alone), problem.fitness()));
            if (chain.isEmpty()) {
                return Optional.empty();
            }
            chains[task] = chain.get();
        }
        return Optional.of(new Pipelines(compiled, chains));
    }

    StageCosts chain(int task) {
        return chains[task];
    }

    int layers(int task) {
        return chains[task].layers();
    }

    /** Returns how many stages a task can have with no device twice. */
    int maxStages(int task) {
        return Math.min(devices, layers(task));
    }

    public Pipeline newPipeline(int task) {
        return new Pipeline(maxStages(task));
    }

    /** Tells whether no device of any task comes back in a placement. */
    public boolean isReadable(int[] placement) {
        for (int task = 0; task < tasks; task++) {
            boolean[] left = new boolean[devices];
            for (int layer = compiled.firstLayer(task) + 1; layer < compiled.firstLayer(task + 1); layer++) {
                left[placement[layer - 1]] |= placement[layer] != placement[layer - 1];
                if (left[placement[layer]]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads the stages of a task; in the placement no device may come back. */
    public void read(int task, int[] placement, Pipeline pipeline) {
        int first = compiled.firstLayer(task);
        pipeline.stages = 0;
        for (int layer = 0; layer < layers(task); layer++) {
            int device = placement[first + layer];
            if (pipeline.stages == 0 || pipeline.devices[pipeline.stages - 1] != device) {
                pipeline.devices[pipeline.stages++] = device;
            }
            pipeline.ends[pipeline.stages - 1] = layer + 1;
        }
        measure(task, pipeline);
    }

    /** Returns the time of a stage on its device. */
    public double seconds(int task, Pipeline pipeline, int stage) {
        int device = pipeline.devices[stage];
        return chains[task].seconds(device, pipeline.start(stage), pipeline.ends[stage]);
    }

    /** Works out what the stages of a task give. */
    public void measure(int task, Pipeline pipeline) {
        StageCosts chain = chains[task];
        pipeline.response = 0;
        pipeline.computeJoules = 0;
        pipeline.transferJoules = 0;
        pipeline.impossible = 0;
        pipeline.violation = 0;
        pipeline.uses = 0;
        int start = 0;
        for (int stage = 0; stage < pipeline.stages; stage++) {
            int device = pipeline.devices[stage];
            int end = pipeline.ends[stage];
            double seconds = chain.seconds(device, start, end);
            pipeline.seconds[stage] = seconds;
            pipeline.bytes[stage] = chain.memoryBytes(start, end);
            pipeline.response += seconds;
            pipeline.computeJoules += chain.joules(device, start, end);
            pipeline.use(device, seconds);
            if (stage > 0) {
                int from = pipeline.devices[stage - 1];
                transfer(pipeline, chain, start, from, device);
                pipeline.transferJoules += chain.transferJoules(start, from, device);
            }
            start = end;
        }
        addEnds(pipeline, chain);
        pipeline.violation += misplaced(task, pipeline);
    }

    private void addEnds(Pipeline pipeline, StageCosts chain) {
        int first = pipeline.devices[0];
        int last = pipeline.devices[pipeline.stages - 1];
        if (chain.source() >= 0 && chain.source() != first) {
            transfer(pipeline, chain, 0, chain.source(), first);
            pipeline.transferJoules += chain.uploadJoules(first);
        }
        if (chain.sink() >= 0 && chain.sink() != last) {
            transfer(pipeline, chain, chain.layers(), last, chain.sink());
            pipeline.transferJoules += chain.returnJoules(last);
        }
    }

    private void transfer(Pipeline pipeline, StageCosts chain, int cut, int from, int to) {
        double seconds = cut == 0
                ? chain.uploadSeconds(to)
                : cut == chain.layers() ? chain.returnSeconds(from) : chain.transferSeconds(cut, from, to);
        if (seconds == Double.POSITIVE_INFINITY) {
            pipeline.violation += chain.tensorsAt(cut);
            pipeline.impossible += chain.tensorsAt(cut);
            seconds = 0;
        }
        pipeline.response += seconds;
        pipeline.use(devices + from * devices + to, seconds);
        int medium = hasMedia ? compiled.medium(from, to) : -1;
        if (medium >= 0) {
            pipeline.use(devices * (devices + 1) + medium, seconds);
        }
        if (blocking) {
            pipeline.use(from, seconds);
            pipeline.use(to, seconds);
        }
    }

    private int misplaced(int task, Pipeline pipeline) {
        CompiledScenario own = chains[task].problem().compiled();
        int misplaced = 0;
        int pins = 0;
        for (int layer : colocated[task]) {
            misplaced += deviceOf(pipeline, layer) == deviceOf(pipeline, own.colocated(layer)) ? 0 : 1;
        }
        int layer = 0;
        for (int stage = 0; stage < pipeline.stages && pinned[task]; stage++) {
            for (; layer < pipeline.ends[stage]; layer++) {
                pins += own.pinned(layer) < 0 || own.pinned(layer) == pipeline.devices[stage] ? 0 : 1;
            }
        }
        for (int stage = 0; stage < pipeline.stages && own.hasForbidden(); stage++) {
            pins += chains[task].forbidden(pipeline.devices[stage], pipeline.start(stage), pipeline.ends[stage]);
        }
        pipeline.impossible += pins;
        return misplaced + pins;
    }

    private static int deviceOf(Pipeline pipeline, int layer) {
        int stage = 0;
        while (pipeline.ends[stage] <= layer) {
            stage++;
        }
        return pipeline.devices[stage];
    }
}
