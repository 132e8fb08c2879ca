package io.github.codnn.testing;

import io.github.codnn.cost.Cost;
import io.github.codnn.cost.CostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.mining.LabelledGraph;
import io.github.codnn.mining.Pattern;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.Workload;
import io.github.codnn.split.PipelineFile;
import java.nio.file.Path;
import java.util.List;

/** Sound values of the types of codnn-core; all names of layers, tensors, tasks and devices are "a". */
public final class ApiSamples {

    private ApiSamples() {}

    /** Returns the values, with a path of a file that does not exist. */
    public static SampleValues in(Path folder) {
        Tensor tensor = Tensor.float32("a", 1, 3, 8, 8);
        Layer layer = Layer.of("a", new Operator.Activation("Relu"), List.of(), List.of(tensor));
        LayerGraph graph = LayerGraph.builder("a").add(layer).build();
        Device device = Device.of("a", "a");
        Link link = Link.of("a", "*", 1, 0);
        Platform platform = new Platform(
                List.of(device), List.of(link.withMedium("a")), List.of(new Medium("a", 1, Medium.Duplex.FULL)));
        CostModel costs = (any, on) -> Cost.ZERO;
        Scenario scenario = Scenario.of("a", Workload.of(Task.of("a", graph, "a")), platform, costs);
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        Placement placement = evaluator.decode(new int[1]);
        return new SampleValues()
                .with(Path.class, folder.resolve("a"))
                .with(Tensor.class, tensor)
                .with(Layer.class, layer)
                .with(LayerGraph.class, graph)
                .with(Device.class, device)
                .with(Link.class, link)
                .with(Platform.class, platform)
                .with(CostModel.class, costs)
                .with(Scenario.class, scenario)
                .with(PlanEvaluator.class, evaluator)
                .with(Placement.class, placement)
                .with(Plan.class, evaluator.plan(placement))
                .with(Evaluation.class, evaluator.newEvaluation())
                .with(Platform.Builder.class, Platform.builder())
                .with(LabelledGraph.Builder.class, LabelledGraph.directed())
                .with(Pattern.class, Pattern.of(false, List.of("a", "a"), List.of(new Pattern.Edge(0, 1, "a"))))
                .with(Pattern.Edge.class, new Pattern.Edge(0, 1, "a"))
                .with(PipelineFile.class, new PipelineFile("a", "crc32c:00000000", 1))
                .with(ModelFile.class, new ModelFile("a", "crc32c:00000000"))
                .with(LabelledGraph.class, LabelledGraph.directed().vertex("a").build())
                .with(LayerGraph.Builder.class, LayerGraph.builder("a"));
    }
}
