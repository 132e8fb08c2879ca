package io.github.codnn.testproblems;

import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Layer graphs in the manner of a translator: an encoder of LSTM layers whose first one runs in both directions, a
 * decoder of LSTM layers that all read the attention over the encoder, skips around the layers, and initial states that
 * can be made at any time before they are read. The encoder and the first decoder layer are parallel, so that there are
 * tens of thousands of down-sets. The figures are our own: an LSTM layer takes about 10 ms, a state 1 to 10 MB.
 *
 * @param encoders the number of encoder layers, two or more
 * @param decoders the number of decoder layers, two or more
 * @param states how many decoder layers, from the last one on, read an initial state of their own
 * @param seed what times and sizes are drawn from
 */
public record GnmtGraphs(int encoders, int decoders, int states, long seed) {

    /** A graph of 83 layers with 23,099 down-sets. */
    public static final GnmtGraphs WIDE = new GnmtGraphs(8, 8, 7, 1);

    /** A graph of 93 layers with 51,323 down-sets. */
    public static final GnmtGraphs WIDER = new GnmtGraphs(9, 9, 8, 1);

    /** Returns a frame on equal devices. */
    public Scenario onEqual(int devices, TransferMode transfers) {
        return on(IntStream.range(0, devices).mapToObj(device -> "a").toList(), transfers);
    }

    /** Returns a frame on devices of these kinds: the times of kind b are 1.5 times, of kind c 2 times those of a. */
    public Scenario on(List<String> kinds, TransferMode transfers) {
        Draw draw = new Draw(new SplittableRandom(seed));
        draw.draw(this);
        List<Device> devices = IntStream.range(0, kinds.size())
                .mapToObj(device -> Device.of("d" + device, kinds.get(device)).withMemoryBytes(16_000_000_000L))
                .toList();
        Platform platform = new Platform(devices, List.of(Link.of(Link.ANY, Link.ANY, 2.5e9, 0)));
        Task task = Task.of("frames", draw.graph.build()).withSink(Optional.empty());
        Scenario scenario = Scenario.of("translator", Workload.of(task), platform, TableCostModel.of(draw.seconds));
        return scenario.withRules(scenario.rules().withTransfers(transfers));
    }

    /** A graph that grows. */
    private static final class Draw {

        private static final Operator OPERATOR = new Operator.Activation("Relu");

        private final SplittableRandom random;
        private final LayerGraph.Builder graph = LayerGraph.builder("translator");
        private final Map<String, Map<String, Double>> seconds = new HashMap<>();

        private Draw(SplittableRandom random) {
            this.random = random;
        }

        private void draw(GnmtGraphs shape) {
            Tensor memory = drawEncoder(shape.encoders());
            drawDecoder(shape, memory);
        }

        private Tensor drawEncoder(int layers) {
            Tensor words = Tensor.ofBytes("source", 20_000);
            graph.input(words);
            Tensor embedded = add("e_embedding", 0.4, 5e6, words);
            Tensor forward = add("e_forward", 10, 5e6, embedded);
            Tensor backward = add("e_backward", 10, 5e6, embedded);
            Tensor last = add("e_concat", 0.2, 8e6, forward, backward);
            for (int layer = 1; layer < layers; layer++) {
                Tensor kept = add("e_dropout" + layer, 0.3, 5e6, last);
                Tensor read = add("e_lstm" + layer, 6, 5e6, add("e_gates" + layer, 4, 2e7, kept));
                last = layer < 2 ? read : add("e_add" + layer, 0.1, 5e6, read, last);
            }
            return last;
        }

        private void drawDecoder(GnmtGraphs shape, Tensor memory) {
            Tensor words = Tensor.ofBytes("target", 20_000);
            graph.input(words);
            Tensor embedded = add("d_embedding", 0.4, 5e6, words);
            Tensor first = add("d_lstm0", 10, 5e6, add("d_dropout0", 0.3, 5e6, embedded));
            Tensor query = add("query", 2, 5e6, first);
            Tensor keys = add("keys", 2, 5e6, memory);
            Tensor weights = add("softmax", 0.4, 3e5, add("scores", 1.5, 3e5, query, keys));
            Tensor context = add("context", 1.5, 5e6, weights, memory);
            Tensor last = first;
            for (int layer = 1; layer < shape.decoders(); layer++) {
                Tensor joined = add("d_concat" + layer, 0.2, 8e6, last, context);
                Tensor kept = add("d_dropout" + layer, 0.3, 8e6, joined);
                List<Tensor> inputs = new ArrayList<>(List.of(add("d_gates" + layer, 5, 2e7, kept)));
                if (layer >= shape.decoders() - shape.states()) {
                    inputs.add(add("d_state" + layer, 0.2, 1e6, words));
                }
                Tensor read = add("d_lstm" + layer, 7, 5e6, inputs.toArray(Tensor[]::new));
                last = layer < 2 ? read : add("d_add" + layer, 0.1, 5e6, read, last);
            }
            add("loss", 1, 1e4, add("classifier", 25, 4e7, add("d_last", 0.3, 5e6, last)));
        }

        private Tensor add(String name, double milliseconds, double bytes, Tensor... inputs) {
            Tensor output = Tensor.ofBytes("t_" + name, (long) (bytes * (0.9 + 0.2 * random.nextDouble())));
            long parameters = (long) (milliseconds * 1e6);
            graph.add(Layer.of(name, OPERATOR, List.of(inputs), List.of(output))
                    .withParameters(parameters, parameters * 4));
            double time = milliseconds / 1e3 * (0.8 + 0.4 * random.nextDouble());
            seconds.put(name, Map.of("a", time, "b", time * 1.5, "c", time * 2));
            return output;
        }
    }
}
