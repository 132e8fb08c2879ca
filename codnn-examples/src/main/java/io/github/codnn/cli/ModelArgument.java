package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** How commands read the network that they are given. */
final class ModelArgument {

    private static final String ZOO = "zoo:";

    @Option(
            names = "--dim",
            paramLabel = "NAME=SIZE",
            description = "Size of a symbolic dimension of an ONNX model; 1 unless given.")
    private Map<String, Long> dimensions = new LinkedHashMap<>();

    /** Reads a network from a file (.onnx, .cfg) or takes it from the zoo (zoo:NAME). */
    ImportedModel read(String model) {
        if (model.startsWith(ZOO)) {
            return ImportedModel.of(
                    ModelZoo.named(model.substring(ZOO.length())).build());
        }
        String lower = model.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".onnx")) {
            OnnxReader reader = OnnxReader.withDefaults();
            for (Map.Entry<String, Long> dimension : dimensions.entrySet()) {
                reader = reader.withDimension(dimension.getKey(), dimension.getValue());
            }
            return reader.read(Path.of(model));
        }
        if (lower.endsWith(".cfg")) {
            return DarknetReader.withDefaults().read(Path.of(model));
        }
        throw new CodnnException(
                "'" + model + "' is no model: give a file that ends in .onnx or .cfg, or zoo:NAME with one of "
                        + String.join(", ", ModelZoo.names()));
    }
}
