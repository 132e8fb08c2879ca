package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.collapse.CollapsedGraph;
import io.github.codnn.collapse.FrequentSubgraphCollapser;
import io.github.codnn.graph.DotWriter;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.text.ControlCharacters;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import io.github.codnn.text.TrustText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code codnn collapse MODEL}: the blocks that a network repeats, and the chain of blocks that it becomes. */
@Command(
        name = "collapse",
        description = "Finds the blocks that a network repeats and makes a chain of blocks of it.",
        mixinStandardHelpOptions = true)
final class CollapseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A file (.onnx, .cfg) or zoo:NAME.")
    private String model = "";

    @Option(
            names = "--support",
            paramLabel = "N",
            defaultValue = "2",
            description = "The least support of a block, its occurrences; ${DEFAULT-VALUE} unless given.")
    private int support;

    @Option(
            names = "--mine",
            description = "Take candidates for blocks from the miner (GraMi), not from the regions between cut points.")
    private boolean mine;

    @Option(
            names = "--dot",
            paramLabel = "FILE.dot",
            description =
                    "Draw the collapsed network in the DOT language of Graphviz, blocks as labelled frames; - draws to"
                            + " standard output, in place of the table.")
    private Optional<Path> dot = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Mixin
    private ModelArgument models = new ModelArgument();

    /** Blocks of one label: how many layers one holds, at least and at most, and how many there are. */
    private record BlockKind(int leastLayers, int maxLayers, int occurrences) {

        static BlockKind of(int layers) {
            return new BlockKind(layers, layers, 1);
        }

        BlockKind and(BlockKind other) {
            return new BlockKind(
                    Math.min(leastLayers, other.leastLayers),
                    Math.max(maxLayers, other.maxLayers),
                    occurrences + other.occurrences);
        }
    }

    @Override
    public Integer call() {
        dot.ifPresent(output::check);
        LayerGraph graph = models.readBound(model).graph();
        FrequentSubgraphCollapser collapser =
                FrequentSubgraphCollapser.withDefaults().withMinSupport(support);
        CollapsedGraph collapsed = (mine ? collapser.withMining() : collapser).collapse(graph);
        output.print(() -> document(collapsed), () -> text(collapsed));
        dot.ifPresent(file -> output.write(file, target -> DotWriter.write(collapsed.graph(), target)));
        return CommandLine.ExitCode.OK;
    }

    private static ObjectNode document(CollapsedGraph collapsed) {
        ObjectNode document = JsonOutput.object();
        document.put("name", collapsed.original().name());
        document.put("layersBefore", collapsed.original().layers().size());
        document.put("layersAfter", collapsed.graph().layers().size());
        document.put("chain", collapsed.graph().isChain());
        document.put("bypass", collapsed.graph().hasBypass());
        document.put("oneOrder", collapsed.graph().hasOneOrder());
        collapsed.graph().notices().forEach(document.putArray("notices")::add);
        ArrayNode blocks = document.putArray("blocks");
        kinds(collapsed)
                .forEach((label, kind) -> blocks.addObject()
                        .put("label", label)
                        .put("layers", kind.maxLayers())
                        .put("leastLayers", kind.leastLayers())
                        .put("occurrences", kind.occurrences()));
        return document;
    }

    private static String text(CollapsedGraph collapsed) {
        TextTable table = new TextTable("block", "layers", "occurrences");
        kinds(collapsed)
                .forEach((label, kind) -> table.row(
                        label,
                        kind.leastLayers() == kind.maxLayers()
                                ? Figures.count(kind.maxLayers())
                                : kind.leastLayers() + " to " + kind.maxLayers(),
                        Figures.count(kind.occurrences())));
        return String.format(
                        "%s%n%s: %d layers before, %d after, %s",
                        table,
                        ControlCharacters.shown(collapsed.original().name()),
                        collapsed.original().layers().size(),
                        collapsed.graph().layers().size(),
                        shape(collapsed.graph()))
                + notices(collapsed.graph());
    }

    private static String notices(LayerGraph graph) {
        String notices = TrustText.notices(graph.notices());
        return notices.isEmpty() ? "" : System.lineSeparator() + notices.stripTrailing();
    }

    private static String shape(LayerGraph graph) {
        if (!graph.isChain()) {
            return graph.hasOneOrder() ? "a chain that small tensors pass by" : "not a chain";
        }
        return graph.hasBypass() ? "a chain that inputs or results pass by" : "a chain";
    }

    /** Returns the blocks by label, those within others included, in the order in which they are met. */
    private static Map<String, BlockKind> kinds(CollapsedGraph collapsed) {
        Map<String, BlockKind> kinds = new LinkedHashMap<>();
        collapsed.graph().layers().forEach(layer -> count(layer, kinds));
        return kinds;
    }

    private static int count(Layer layer, Map<String, BlockKind> kinds) {
        if (layer.operator() instanceof Operator.Block block) {
            int layers = block.body().layers().stream()
                    .mapToInt(inner -> count(inner, kinds))
                    .sum();
            kinds.merge(block.label(), BlockKind.of(layers), BlockKind::and);
            return layers;
        }
        return 1;
    }
}
