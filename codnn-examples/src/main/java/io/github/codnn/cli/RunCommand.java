package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.onnx.OnnxSplitter;
import io.github.codnn.problem.Objective;
import io.github.codnn.progress.StepBar;
import io.github.codnn.replan.Replanner;
import io.github.codnn.report.MeasuredReport;
import io.github.codnn.run.FrameSink;
import io.github.codnn.run.FrameSource;
import io.github.codnn.run.PipelineException;
import io.github.codnn.run.PipelineRun;
import io.github.codnn.run.Replanning;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunSettings;
import io.github.codnn.runtime.RandomInputs;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.text.RunText;
import io.github.codnn.units.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn run DIR}: runs a split network as a pipeline. */
@Command(
        name = "run",
        description = {
            "Runs a split network as a pipeline and compares the times with the plan.",
            "With --join on the machines of a cluster, where a 'codnn worker' stands for each device. Without, in"
                    + " processes on this machine, one for each device, which wait for the links of the plan."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The folder that 'codnn split' wrote. Without it, --plan and --model are split first.")
    private Optional<Path> folder = Optional.empty();

    @Mixin
    private EmulationArguments emulation = new EmulationArguments();

    @Mixin
    private ReplanArguments replans = new ReplanArguments();

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "How many random frames to run, if none are given with --in, of the shapes that the plan was"
                    + " made with. Default: ${DEFAULT-VALUE}.")
    private long frames = 100;

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "Frames: a .npy or .pb file each, or a folder each with a file for each input.")
    private Optional<Path> in = Optional.empty();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write results, a .npy file each.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--join", paramLabel = "HOST:PORT", description = "A worker of a cluster to run on.")
    private Optional<String> join = Optional.empty();

    @Option(
            names = "--emulate-devices",
            description = "Let each stage take the time that the plan predicts, if this machine is faster.")
    private boolean emulateDevices;

    @Option(names = "--no-links", description = "Do not wait for the links of the plan; without --join.")
    private boolean noLinks;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "How many frames may be on their way at once; more raise the response time only. By default"
                    + " a few more than the pipeline needs.")
    private Optional<Integer> inFlight = Optional.empty();

    @Option(names = "--threads", description = "Threads of ONNX Runtime for a stage. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--optimize",
            description = "Let ONNX Runtime fuse operators. Faster than profiles, and no longer equal to the last bit.")
    private boolean optimized;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = Units.WholeSeconds.class,
            description = "How long to wait for a device that is missing, in whole seconds. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds = 30;

    @Mixin
    private WorkerCommand.MemberArguments members = new WorkerCommand.MemberArguments();

    @Mixin
    private ReportOption html = new ReportOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        html.check(output);
        if (frames < 1) {
            throw new CodnnException("--frames must be positive, but is " + frames);
        }
        if (in.isPresent() && !replans.split()) {
            models.checkUnused("--in gives each frame its shape and no model is read");
        }
        RunSettings settings = RunSettings.withDefaults()
                .withEmulation(join.isEmpty() && !noLinks, emulateDevices)
                .withStage(StageSettings.withDefaults()
                        .withThreads(SearchArguments.checkedThreads(threads))
                        .withOptimized(optimized))
                .withWaitSeconds(waitSeconds);
        Optional<Replanner> replanner = replans.replanner(models);
        try {
            RunSettings links = withLinks(settings, replanner);
            return run(inFlight.map(links::withInFlight).orElse(links), replanner);
        } finally {
            replanner.ifPresent(Replanner::close);
        }
    }

    /** Links that are emulated are as the platform of the plan says, also where another plan uses them. */
    private RunSettings withLinks(RunSettings settings, Optional<Replanner> replanner) {
        if (!emulation.isEmpty() && (replanner.isEmpty() || !settings.emulatedLinks())) {
            throw new CodnnException("--emulate-link and --emulate-trace change the emulated links of a plan: give"
                    + " --plan and --model, and neither --join nor --no-links");
        }
        return replanner
                .map(given -> settings.withSchedule(emulation.schedule(given.platform())))
                .orElse(settings);
    }

    private int run(RunSettings settings, Optional<Replanner> replanner) {
        Path pipeline = folder.or(() -> replanner.map(Replanner::split))
                .orElseThrow(() -> new CodnnException(
                        "Name the folder of a split model, or give --plan PLAN.json and" + " --model MODEL.onnx"));
        if (Files.isDirectory(pipeline) && !Files.exists(pipeline.resolve(PipelineManifest.FILE_NAME))) {
            throw new CodnnException("Folder '" + pipeline + "' has no " + PipelineManifest.FILE_NAME
                    + ". Name the folder that 'codnn split MODEL.onnx --plan PLAN.json --out DIR' made");
        }
        Replanning replanning = replanner.map(replans::replanning).orElseGet(Replanning::none);
        try (PipelineRun run = join.isPresent()
                ? PipelineRun.joined(pipeline, settings, replanning, members.settings("", join))
                : PipelineRun.local(
                        pipeline, settings, replanning, Codnn.class.getName(), members.heartbeatSeconds())) {
            return run(run, () -> replanner.ifPresent(Replanner::close));
        }
    }

    private int run(PipelineRun run, Runnable closing) {
        AtomicLong delivered = new AtomicLong();
        Thread hook = new Thread(() -> {
            run.close();
            closing.run();
            output.warn("Interrupted after " + delivered.get() + " frames");
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            RunReport report = run(run, delivered);
            Runtime.getRuntime().removeShutdownHook(hook);
            output.print(() -> RunDocument.of(report), () -> RunText.text(report));
            html.write(() -> MeasuredReport.of(report), output);
            return CommandLine.ExitCode.OK;
        } catch (RuntimeException e) {
            if (run.isClosed()) {
                return Codnn.FAILURE; // The hook says so.
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            throw e instanceof PipelineException lost ? new Failures.NotWritten(lost) : e;
        }
    }

    private RunReport run(PipelineRun run, AtomicLong delivered) {
        FrameSource source =
                in.map(path -> FrameSource.folder(run.manifest(), path)).orElseGet(() -> generated(run.manifest()));
        FrameSink sink = out.map(FrameSink::folder).orElseGet(FrameSink::none);
        try (ProgressBar bar = StepBar.start("run", source.count(), output.isJson())) {
            return run.run(
                    source,
                    sink,
                    done -> {
                        delivered.set(done);
                        bar.stepTo(done);
                    },
                    output::warn);
        }
    }

    private FrameSource generated(PipelineManifest manifest) {
        RandomInputs inputs = models.frames();
        if (!replans.split()) {
            inputs.check(manifest.inputs()); // Otherwise the reader of the model has checked the names.
        }
        FrameSource source = FrameSource.generated(manifest, frames, inputs);
        inputs.unplanned(manifest.inputs()).forEach(output::warn);
        return source;
    }

    /** The options of {@code codnn run} that let it split, and change the plan when a device is lost. */
    static final class ReplanArguments {

        @Option(
                names = "--plan",
                paramLabel = "PLAN.json",
                description =
                        "The plan of the pipeline, with --model. If a device does not come back in time, the run plans"
                                + " again for those that are left, splits the model again, and goes on.")
        private Optional<Path> plan = Optional.empty();

        @Option(
                names = "--model",
                paramLabel = "MODEL.onnx",
                description = "The model that the plan was made from, with --plan.")
        private Optional<Path> model = Optional.empty();

        @Option(
                names = "--task",
                paramLabel = "NAME",
                description = "The task of the plan whose model this is, if it has several.")
        private Optional<String> task = Optional.empty();

        @Option(
                names = "--adapt",
                description = "Observe links and workers, and go on with another plan as soon as that pays; with --plan"
                        + " and --model. No frame is lost.")
        private boolean adapts;

        /** Tells whether a model is read and split. */
        boolean split() {
            return model.isPresent();
        }

        /** Returns what decides about other plans. */
        Replanning replanning(Replanner replanner) {
            return adapts ? replanner.adaptive() : replanner;
        }

        /** Returns what splits and plans again, if a plan and a model are given. */
        Optional<Replanner> replanner(ModelArgument models) {
            if (adapts && plan.isEmpty()) {
                throw new CodnnException("--adapt needs --plan PLAN.json and --model MODEL.onnx: another plan splits"
                        + " the model again");
            }
            if (plan.isPresent() != model.isPresent()) {
                throw new CodnnException(
                        "--plan PLAN.json and --model MODEL.onnx go together: without both, nothing can be"
                                + " planned again");
            }
            return plan.map(PlanArgument::read)
                    .map(read -> new Replanner(
                            read,
                            model.orElseThrow(),
                            task,
                            OnnxSplitter.withDefaults().withReader(models.reader()),
                            read.run()
                                    .map(record -> SearchArguments.fitness(record.objective()))
                                    .orElse(Objective.PERIOD)));
        }
    }
}
