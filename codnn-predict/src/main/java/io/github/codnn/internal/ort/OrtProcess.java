package io.github.codnn.internal.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.codnn.CodnnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime's state, of which a process can have one.
 *
 * <p>On Linux, ONNX Runtime 1.29 matches regular expressions against the command line of the process when it starts,
 * for its telemetry, and recurses some 300 bytes deep for each character: a class path of 4,000 characters overflows
 * the stack of an ordinary thread, and the process ends without a message. This class rejects such a command line,
 * unless telemetry is off from the start.
 */
public final class OrtProcess {

    /** Fits a stack of 1 MiB, the usual size, below an application's own frames. */
    private static final int MAX_BYTES = 2500;

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private OrtProcess() {}

    /**
     * Returns the state, which is created at the first call.
     *
     * @return the one state of this process
     * @throws OrtException if ONNX Runtime does not start
     * @throws CodnnException if the command line is too long for ONNX Runtime
     * @throws LinkageError if ONNX Runtime cannot be loaded
     */
    public static OrtEnvironment environment() throws OrtException {
        requireShortCommandLine();
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "codnn");
        environment.setTelemetry(false);
        return environment;
    }

    /**
     * Returns settings for runs whose CPU time is the time of the work: threads do not spin while they wait.
     *
     * @param threads how many threads an operator may use, positive
     * @param level which optimisations the runtime may apply
     * @return the settings, to be closed
     * @throws OrtException if ONNX Runtime refuses them
     */
    public static OrtSession.SessionOptions options(int threads, OrtSession.SessionOptions.OptLevel level)
            throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(level);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static void requireShortCommandLine() {
        if ("1".equals(System.getenv(SWITCH)) || !Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            int bytes = Files.readAllBytes(COMMAND_LINE).length;
            if (bytes > MAX_BYTES) {
                throw new CodnnException("The command line of this process has " + bytes
                        + " bytes, on which ONNX Runtime"
                        + " may crash as it starts. Set the environment variable " + SWITCH + "=1, or keep the command"
                        + " line below " + MAX_BYTES + " bytes, for example with java @FILE");
            }
        } catch (IOException e) {
            throw new CodnnException(COMMAND_LINE + ": cannot be read: " + e, e);
        }
    }
}
