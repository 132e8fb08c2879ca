package io.github.codnn.reproduce;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.zoo.ModelZoo;
import java.util.List;
import java.util.stream.Collectors;

/** Table 1: the convolutions of VGG-16. */
final class VggLayers implements Reproduction.Experiment {

    /** Table 1 as printed: input, kernel, channels, stride and output of each layer. */
    private static final List<String> PRINTED = List.of(
            "1-1;(3, 3, 224);(3, 3);64;1;(64, 224, 224)",
            "1-2;(64, 224, 224);(3, 3);64;1;(64, 224, 224)",
            "2-1;(64, 112, 112);(3, 3);128;1;(128, 112, 112)",
            "2-2;(128, 112, 112);(3, 3);128;1;(128, 112, 112)",
            "3-1;(128, 56, 56);(3, 3);256;1;(256, 56, 56)",
            "3-2;(256, 56, 56);(3, 3);256;1;(256, 56, 56)",
            "3-3;(256, 56, 56);(3, 3);256;1;(256, 56, 56)",
            "4-1;(256, 28, 28);(3, 3);512;1;(512, 28, 28)",
            "4-2;(512, 28, 28);(3, 3);512;1;(512, 28, 28)",
            "4-3;(512, 28, 28);(3, 3);512;1;(512, 28, 28)",
            "5-1;(512, 14, 14);(3, 3);512;1;(512, 14, 14)",
            "5-2;(512, 14, 14);(3, 3);512;1;(512, 14, 14)",
            "5-3;(512, 14, 14);(3, 3);512;1;(512, 14, 14)");

    @Override
    public String title() {
        return "The convolutions of VGG-16 (section 4.1, Table 1)";
    }

    @Override
    public Finding run(Effort effort, Cells cells) {
        LayerGraph network = ModelZoo.VGG16.build();
        List<Layer> convolutions = network.layers().stream()
                .filter(layer -> layer.operator() instanceof Operator.Convolution)
                .toList();
        Table table =
                Table.of("vgg16", "layer", "input", "kernel", "channels", "stride", "output", "MACs", "as printed");
        int different = 0;
        for (int row = 0; row < PRINTED.size(); row++) {
            List<String> printed = List.of(PRINTED.get(row).split(";", -1));
            List<String> ours = cells(convolutions.get(row));
            boolean same = ours.equals(printed.subList(1, printed.size()));
            different += same ? 0 : 1;
            table = table.with(
                    printed.get(0),
                    ours.get(0),
                    ours.get(1),
                    ours.get(2),
                    ours.get(3),
                    ours.get(4),
                    convolutions.get(row).macs(),
                    same ? "yes" : "no: " + printed.get(1));
        }
        Share same = new Share(PRINTED.size() - different, PRINTED.size());
        return new Finding(
                title(),
                "Input, kernel, channels, stride and output of 13 layers.",
                "VGG-16 of our zoo, with " + convolutions.size() + " convolutions.",
                List.of(new Judgement(
                        "The rows of Table 1 are those of VGG-16.",
                        Rules.everywhereText("rows"),
                        Rules.everywhere(same),
                        same.successes() + " of " + same.trials() + " rows agree. Layer 1-1 is printed with the input "
                                + "(3, 3, 224), which must be (3, 224, 224).")),
                List.of(table),
                List.of());
    }

    private static List<String> cells(Layer layer) {
        Operator.Convolution convolution = (Operator.Convolution) layer.operator();
        TensorShape output = layer.outputs().get(0).shape();
        return List.of(
                withoutBatch(layer.inputs().get(0).shape()),
                "(" + joined(convolution.window().kernel()) + ")",
                Long.toString(output.dimension(1)),
                Long.toString(convolution.window().strides().get(0)),
                withoutBatch(output));
    }

    private static String withoutBatch(TensorShape shape) {
        return "(" + joined(shape.dimensions().subList(1, shape.rank())) + ")";
    }

    private static String joined(List<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
