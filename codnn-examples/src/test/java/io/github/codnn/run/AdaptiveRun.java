package io.github.codnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.adapt.BandwidthTrace;
import io.github.codnn.examples.Quickstart;
import io.github.codnn.observe.AdaptationReport;
import io.github.codnn.observe.LinkSchedule;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.onnx.OnnxWriter;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Plan;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.replan.Replanner;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A run that adapts while an emulated medium drops to a quarter of its rate. Every frame must come once, in order, and
 * with the same result under each plan.
 */
final class AdaptiveRun {

    static final String MAIN_CLASS = "io.github.codnn.cli.Codnn";

    /** Throughput is measured over so many frames. */
    private static final int WINDOW = 8;

    /** Generated frames repeat after so many. */
    private static final int DIFFERENT = 4;

    private final Plan plan;
    private final Path model;
    private final String medium;
    private final double dropSeconds;
    private final List<List<TensorValue>> results = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * What was measured; rates are frames a second.
     *
     * @param before before the drop; NaN if too few frames came
     * @param slow between the drop and the last move; NaN if too few frames came
     * @param after from the recovery on
     * @param predicted what the plan that was moved to predicts
     * @param recoverySeconds from the drop until {@link #WINDOW} frames came at 90 % of the predicted rate
     * @param pauseSeconds the longest time between two results around the move
     * @param report what the run reports
     */
    record Outcome(
            double before,
            double slow,
            double after,
            double predicted,
            double recoverySeconds,
            double pauseSeconds,
            RunReport report) {}

    AdaptiveRun(Plan plan, Path model, String medium, double dropSeconds) {
        this.plan = plan;
        this.model = model;
        this.medium = medium;
        this.dropSeconds = dropSeconds;
    }

    List<String> notices() {
        return notices;
    }

    private LinkSchedule schedule() {
        Platform platform = plan.scenario().platform();
        double rate = BandwidthTrace.rate(platform, medium);
        return LinkSchedule.of(
                platform, new BandwidthTrace(List.of(new BandwidthTrace.Point(dropSeconds, medium, rate / 4))));
    }

    private void accept(long number, List<TensorValue> tensors) {
        assertThat(number)
                .as("number of the frame after %s frames", nanos.size())
                .isEqualTo(nanos.size());
        nanos.add(System.nanoTime());
        if (results.size() < DIFFERENT) {
            results.add(tensors);
        }
        assertThat(tensors).as("frame %s", number).isEqualTo(results.get((int) (number % DIFFERENT)));
    }

    Outcome run(Cluster cluster, int lookMillis, long frames) {
        RunSettings settings = RunSettings.withDefaults()
                .withEmulation(true, true)
                .withSchedule(schedule())
                .withLookMillis(lookMillis);
        try (Replanner replanner =
                new Replanner(plan, model, Optional.empty(), OnnxSplitter.withDefaults(), Objective.PERIOD)) {
            Path folder = replanner.split();
            PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
            PipelineRunner runner = new PipelineRunner(folder, manifest, settings, replanner.adaptive());
            RunReport report = runner.run(
                    cluster, FrameSource.generated(manifest, frames), this::accept, done -> {}, notices::add);
            assertThat(nanos).hasSize((int) frames);
            assertThat(report.frames()).isEqualTo(frames);
            return outcome(report, runner.originNanos());
        }
    }

    /** Runs on links that are not emulated, with devices that are. */
    RunReport runOnRealLinks(Cluster cluster, int lookMillis, long frames, LongConsumer fault) {
        RunSettings settings = RunSettings.withDefaults()
                .withEmulation(false, true)
                .withLookMillis(lookMillis)
                .withWaitSeconds(2);
        try (Replanner replanner =
                new Replanner(plan, model, Optional.empty(), OnnxSplitter.withDefaults(), Objective.PERIOD)) {
            Path folder = replanner.split();
            PipelineManifest manifest = PipelineJson.read(folder.resolve(PipelineManifest.FILE_NAME));
            FrameSink sink = (number, tensors) -> {
                accept(number, tensors);
                fault.accept(number);
            };
            return new PipelineRunner(folder, manifest, settings, replanner.adaptive())
                    .run(cluster, FrameSource.generated(manifest, frames), sink, done -> {}, notices::add);
        }
    }

    private double second(int frame, long originNanos) {
        return (nanos.get(frame) - originNanos) * 1e-9;
    }

    private double rate(int from, int to) {
        return (to - from) / ((nanos.get(to) - nanos.get(from)) * 1e-9);
    }

    private Outcome outcome(RunReport report, long originNanos) {
        AdaptationReport adaptation = report.adaptation().orElseThrow();
        assertThat(adaptation.spans()).as("plans; %s", notices).hasSizeGreaterThan(1);
        AdaptationReport.Span moved = adaptation.spans().get(adaptation.spans().size() - 1);
        double predicted = 1 / moved.predictedPeriodSeconds().orElseThrow();
        int dropped = 0;
        while (second(dropped, originNanos) < dropSeconds) {
            dropped++;
        }
        int last = nanos.size() - 1;
        int move = (int) moved.firstFrame();
        int recovered = move;
        while (recovered + WINDOW < last && rate(recovered, recovered + WINDOW) < 0.9 * predicted) {
            recovered++;
        }
        double pause = 0;
        for (int frame = dropped; frame < last; frame++) {
            pause = Math.max(pause, (nanos.get(frame + 1) - nanos.get(frame)) * 1e-9);
        }
        int warm = report.inFlight() + DIFFERENT;
        return new Outcome(
                dropped > warm + 1 ? rate(warm, dropped - 1) : Double.NaN,
                dropped + 1 < move ? rate(dropped, move - 1) : Double.NaN,
                rate(recovered, last),
                predicted,
                second(recovered, originNanos) - dropSeconds,
                pause,
                report);
    }

    /** GoogLeNet on the platform of the README, for the least period. */
    static AdaptiveRun readme(Path folder) {
        Path model = folder.resolve("googlenet.onnx");
        OnnxWriter.withDefaults()
                .withRandomWeights(1)
                .write(ModelZoo.named("googlenet").build(), model);
        Platform platform = Quickstart.scenario().platform();
        Task task = Task.of("googlenet", OnnxReader.withDefaults().read(model).graph(), "drone")
                .withFrames(100);
        Plan plan = Planner.withDefaults()
                .withOptions(SearchOptions.withDefaults().withStopRule(StopRule.evaluations(5_000)))
                .withProof(false)
                .plan(Scenario.of(task, platform), Objective.PERIOD)
                .best()
                .orElseThrow();
        return new AdaptiveRun(plan, model, "wifi", 10);
    }

    /**
     * Prints what several runs measure, with a process for each device.
     *
     * @param arguments how many runs, 5 unless given
     */
    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        System.out.println("run  before   slow  after  predicted (frames/s)  recovered  pause (s)  plans");
        for (int run = 1; run <= runs; run++) {
            Path folder = Files.createTempDirectory("adapt");
            try (LocalCluster cluster = new LocalCluster(MAIN_CLASS, 10)) {
                AdaptiveRun adaptive = readme(folder);
                Outcome outcome = adaptive.run(cluster, 1_000, 150);
                System.out.printf(
                        Locale.ROOT,
                        "%3d  %6.2f %6.2f %6.2f     %6.2f              %6.2f    %6.2f    %d%n",
                        run,
                        outcome.before(),
                        outcome.slow(),
                        outcome.after(),
                        outcome.predicted(),
                        outcome.recoverySeconds(),
                        outcome.pauseSeconds(),
                        outcome.report().adaptation().orElseThrow().spans().size());
                adaptive.notices().forEach(notice -> System.out.println("     " + notice));
            } finally {
                ModelStore.deleteTree(folder);
            }
        }
    }
}
