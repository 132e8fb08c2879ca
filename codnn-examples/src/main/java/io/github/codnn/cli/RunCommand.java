package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.run.FrameSink;
import io.github.codnn.run.FrameSource;
import io.github.codnn.run.PipelineException;
import io.github.codnn.run.PipelineRun;
import io.github.codnn.run.Replanning;
import io.github.codnn.run.RunReport;
import io.github.codnn.run.RunSettings;
import io.github.codnn.runtime.StageSettings;
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
    private ReplanArguments replans = new ReplanArguments();

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "How many random frames to run, if none are given with --in. Default: ${DEFAULT-VALUE}.")
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
            paramLabel = "SECONDS",
            description = "How long to wait for a device that is missing. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds = 30;

    @Mixin
    private MemberArguments members = new MemberArguments();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (frames < 1) {
            throw new CodnnException("--frames must be positive, but is " + frames);
        }
        RunSettings settings = RunSettings.withDefaults()
                .withEmulation(join.isEmpty() && !noLinks, emulateDevices)
                .withStage(StageSettings.withDefaults().withThreads(threads).withOptimized(optimized))
                .withWaitSeconds(waitSeconds);
        Optional<Replanner> replanner = replans.replanner();
        try {
            return run(inFlight.map(settings::withInFlight).orElse(settings), replanner);
        } finally {
            replanner.ifPresent(Replanner::close);
        }
    }

    private int run(RunSettings settings, Optional<Replanner> replanner) {
        Path pipeline = folder.or(() -> replanner.map(Replanner::split))
                .orElseThrow(() -> new CodnnException(
                        "Name the folder of a split model, or give --plan PLAN.json and" + " --model MODEL.onnx"));
        Replanning replanning = replanner.<Replanning>map(given -> given).orElseGet(Replanning::none);
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
            output.print(() -> RunText.document(report), () -> RunText.text(report));
            return CommandLine.ExitCode.OK;
        } catch (RuntimeException e) {
            if (run.isClosed()) {
                return Codnn.FAILURE; // The hook says so.
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            throw e instanceof PipelineException lost ? new Failures.NotWritten(lost) : e;
        }
    }

    // From JDK 22 on the bar is also drawn without a terminal, unless its output is a document.
    @SuppressWarnings("SystemConsoleNull")
    private RunReport run(PipelineRun run, AtomicLong delivered) {
        FrameSource source = in.map(path -> FrameSource.folder(run.manifest(), path))
                .orElseGet(() -> FrameSource.generated(run.manifest(), frames));
        FrameSink sink = out.map(FrameSink::folder).orElseGet(FrameSink::none);
        boolean quiet = output.isJson() || System.console() == null;
        try (ProgressBar bar = StepBar.start("run", (int) Math.min(source.count(), Integer.MAX_VALUE), quiet)) {
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
}
