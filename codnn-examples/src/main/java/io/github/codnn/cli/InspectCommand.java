package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.graph.DotWriter;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.OpenDimension;
import io.github.codnn.graph.Tensor;
import io.github.codnn.text.ControlCharacters;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn inspect MODEL}: layers, parameters, MACs and tensor sizes. */
@Command(
        name = "inspect",
        description = "Shows the layers of a network: parameters, multiply-accumulates, tensor sizes.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A file (.onnx, .cfg) or zoo:NAME.")
    private String model = "";

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--dot",
            paramLabel = "FILE.dot",
            description =
                    "Draw the network in the DOT language of Graphviz; - draws to standard output, in place of the "
                            + "table.")
    private Optional<Path> dot = Optional.empty();

    @Mixin
    private ModelArgument models = new ModelArgument();

    @Override
    public Integer call() {
        dot.ifPresent(output::check);
        ImportedModel imported = models.read(model);
        output.print(() -> document(imported), () -> text(imported));
        dot.ifPresent(file -> output.write(file, target -> DotWriter.write(imported.graph(), target)));
        return CommandLine.ExitCode.OK;
    }

    private static ObjectNode document(ImportedModel imported) {
        LayerGraph graph = imported.graph();
        ObjectNode document = JsonOutput.object();
        document.put("name", graph.name());
        document.put("layers", graph.layers().size());
        document.put("parameters", graph.parameters());
        document.put("parameterBytes", graph.parameterBytes());
        document.put("macs", graph.macs());
        document.put("chain", graph.isChain());
        ObjectNode unknown = document.putObject("unknownOperators");
        imported.unknownOperators().forEach(unknown::put);
        ArrayNode notices = document.putArray("notices");
        imported.notices().forEach(notices::add);
        addDimensions(document.putArray("openDimensions"), imported.openDimensions());
        addTensors(document.putArray("inputs"), graph.inputs());
        addTensors(document.putArray("outputs"), graph.outputs());
        ArrayNode layers = document.putArray("layerTable");
        for (Layer layer : graph.layers()) {
            ObjectNode row = layers.addObject();
            row.put("name", layer.name());
            row.put("operator", layer.operator().kind());
            addTensors(row.putArray("inputs"), layer.inputs());
            addTensors(row.putArray("outputs"), layer.outputs());
            row.put("parameters", layer.parameters());
            row.put("macs", layer.macs());
        }
        return document;
    }

    private static void addDimensions(ArrayNode array, List<OpenDimension> dimensions) {
        for (OpenDimension dimension : dimensions) {
            ObjectNode node = array.addObject();
            node.put("name", dimension.name());
            node.put("size", dimension.extent());
            node.put("assumed", dimension.assumed());
            dimension.tensors().forEach(node.putArray("tensors")::add);
        }
    }

    private static void addTensors(ArrayNode array, Iterable<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            ObjectNode node = array.addObject();
            node.put("name", tensor.name());
            ArrayNode shape = node.putArray("shape");
            tensor.shape().dimensions().forEach(shape::add);
            node.put("type", tensor.type().name());
            node.put("bytes", tensor.bytes());
        }
    }

    private static String text(ImportedModel imported) {
        LayerGraph graph = imported.graph();
        TextTable table = new TextTable("layer", "operator", "output", "bytes", "parameters", "MACs");
        for (Layer layer : graph.layers()) {
            table.row(
                    layer.name(),
                    layer.operator().kind(),
                    layer.outputs().stream()
                            .map(tensor -> tensor.shape().toString())
                            .collect(Collectors.joining(" ")),
                    Figures.count(layer.outputBytes()),
                    Figures.count(layer.parameters()),
                    Figures.count(layer.macs()));
        }
        StringBuilder text = new StringBuilder(table.toString());
        text.append(String.format(
                "%n%s: %d layers, %s parameters (%s), %s MACs",
                ControlCharacters.shown(graph.name()),
                graph.layers().size(),
                Figures.count(graph.parameters()),
                Figures.bytes(graph.parameterBytes()),
                Figures.count(graph.macs())));
        imported.unknownOperators()
                .forEach((operator, count) -> text.append(
                        String.format("%nunknown operator: %s, %d layers", ControlCharacters.shown(operator), count)));
        imported.openDimensions()
                .forEach(dimension -> text.append(String.format(
                        "%nopen dimension: %s of %s is %s%s",
                        ControlCharacters.shown(dimension.name()),
                        ControlCharacters.shown(String.join(", ", dimension.tensors())),
                        Figures.count(dimension.extent()),
                        dimension.assumed() ? "; --dim NAME=SIZE gives it another size" : "")));
        if (!imported.assumedDimensions().isEmpty()) {
            graph.inputs()
                    .forEach(input -> text.append(
                            input.shape().rank() == 0
                                    ? String.format(
                                            "%ninput %s is a scalar; --value '%s=NUMBER' makes it a constant",
                                            ControlCharacters.shown(input.name()),
                                            ControlCharacters.shown(input.name()))
                                    : String.format(
                                            "%ninput %s is %s with those sizes"
                                                    + "; --input '%s=%s' gives all of it at once",
                                            ControlCharacters.shown(input.name()),
                                            input.shape(),
                                            ControlCharacters.shown(input.name()),
                                            ModelArgument.shown(input.shape()))));
        }
        imported.notices()
                .forEach(notice -> text.append(String.format("%nnotice: %s", ControlCharacters.shown(notice))));
        return text.toString();
    }
}
