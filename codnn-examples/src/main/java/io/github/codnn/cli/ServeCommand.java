package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.serve.Endpoint;
import io.github.codnn.serve.ModelServer;
import io.github.codnn.serve.ServedModels;
import io.github.codnn.serve.ServerSettings;
import io.github.codnn.units.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn serve STAGE.onnx|DIR}: answers the Open Inference Protocol over gRPC until it is stopped. */
@Command(
        name = "serve",
        description = "Serves a model, or a split model and each of its stages, with the Open Inference Protocol over "
                + "gRPC (version 2, as of Triton, OpenVINO Model Server, MLServer and KServe), without encryption.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final String ONNX = ".onnx";

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL|DIR",
            description = "ONNX files, or folders that codnn split has written.")
    private List<Path> models = new ArrayList<>();

    @Option(names = "--port", paramLabel = "P", description = "Where to listen. Default: ${DEFAULT-VALUE}.")
    private int port = 8001;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}, which only this machine reaches.")
    private String host = ServerSettings.withDefaults().host();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the model, if there is one; that of the file or folder unless given.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of an operator. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(names = "--optimized", description = "Let ONNX Runtime fuse and rewrite operators.")
    private boolean optimized;

    @Option(
            names = "--max-request",
            paramLabel = "SIZE",
            converter = Units.SmallBytes.class,
            description = "The greatest request, as in 64MiB. Default: ${DEFAULT-VALUE} bytes.")
    private int maxRequestBytes = ServerSettings.withDefaults().maxRequestBytes();

    @Option(
            names = "--endpoint",
            paramLabel = "DEVICE=HOST:PORT[/MODEL]",
            description = "Call the stages of this device at another server instead of running them here.")
    private Map<String, String> endpoints = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Units.WholeSeconds.class,
            description = "How long another server may take for a request. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 30;

    @Mixin
    private Output output = new Output();

    // Held here, since a logger that nothing holds loses its level.
    private final Logger network = Logger.getLogger("io.grpc");

    @Override
    public Integer call() throws InterruptedException {
        network.setLevel(Level.OFF); // clients are told what is wrong with their requests
        ServerSettings settings =
                ServerSettings.withDefaults().withHost(host).withPort(port).withMaxRequestBytes(maxRequestBytes);
        try (ModelServer server = ModelServer.start(models(), settings)) {
            Thread stop = new Thread(server::close, "codnn-serve-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            output.print(
                    () -> {
                        var document = JsonOutput.object().put("host", host).put("port", server.port());
                        server.modelNames().forEach(document.putArray("models")::add);
                        return document;
                    },
                    () -> "Serving " + String.join(", ", server.modelNames()) + " at " + host + ":" + server.port()
                            + ". Stop with Ctrl-C");
            server.awaitClose();
        }
        return CommandLine.ExitCode.OK;
    }

    private ServedModels models() {
        if (models.size() > 1 && name.isPresent()) {
            throw new CodnnException("--name is for one model, but " + models.size() + " are given");
        }
        ServedModels all = models(models.get(0));
        for (Path model : models.subList(1, models.size())) {
            try {
                all = all.and(models(model));
            } catch (RuntimeException e) {
                all.close();
                throw e;
            }
        }
        return all;
    }

    private ServedModels models(Path model) {
        if (!Files.exists(model)) {
            throw new CodnnException("'" + model + "' does not exist. Name an ONNX file, or a folder of codnn split");
        }
        StageSettings settings = StageSettings.withDefaults()
                .withThreads(SearchArguments.checkedThreads(threads))
                .withOptimized(optimized);
        String given = name.orElseGet(() -> baseName(model));
        if (Files.isDirectory(model)) {
            Map<String, Endpoint> parsed = new LinkedHashMap<>();
            endpoints.forEach((device, text) -> parsed.put(device, Endpoint.parse(text)));
            return ServedModels.ofPipeline(model, given, settings, parsed, Duration.ofSeconds(timeoutSeconds));
        }
        if (!endpoints.isEmpty()) {
            throw new CodnnException("--endpoint is for the stages of a split model, but '" + model + "' is a file");
        }
        return ServedModels.ofFile(model, given, settings);
    }

    private static String baseName(Path model) {
        Path last = model.toAbsolutePath().normalize().getFileName();
        String file = last == null ? "model" : last.toString();
        return file.endsWith(ONNX) ? file.substring(0, file.length() - ONNX.length()) : file;
    }
}
