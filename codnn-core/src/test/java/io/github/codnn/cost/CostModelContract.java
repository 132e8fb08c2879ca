package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every cost model must hold. Extend it in a test of your own model; name the devices and the network that it
 * knows where these are not the presets and AlexNet:
 *
 * <pre>{@code
 * class MyCostModelTest extends CostModelContract {
 *     protected CostModel costModel() {
 *         return new MyCostModel();
 *     }
 * }
 * }</pre>
 */
public abstract class CostModelContract {

    /** Returns the cost model to be tested. */
    protected abstract CostModel costModel();

    /** Returns a network whose layers the model knows. */
    protected LayerGraph network() {
        return ModelZoo.ALEXNET.build();
    }

    /** Returns devices that the model knows. */
    protected List<Device> devices() {
        return Arrays.stream(DevicePresets.values())
                .map(preset -> preset.device(preset.preset()))
                .toList();
    }

    /** Returns links that the model knows. */
    protected List<Link> links() {
        return Arrays.stream(LinkPresets.values())
                .map(preset -> preset.uplink("terminal", "edge"))
                .toList();
    }

    private List<Tensor> tensors() {
        return network().layers().stream()
                .flatMap(layer -> layer.outputs().stream())
                .toList();
    }

    private Map<String, Cost> costs(CostModel model) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Device device : devices()) {
            for (Layer layer : network().layers()) {
                put(costs, layer.name() + " on " + device.name(), model.compute(layer, device));
            }
        }
        for (Link link : links()) {
            for (Tensor tensor : tensors()) {
                put(costs, tensor.name() + " over " + link.from() + " -> " + link.to(), model.transfer(tensor, link));
            }
        }
        return costs;
    }

    private static void put(Map<String, Cost> costs, String what, Cost cost) {
        assertThat(cost).as("the cost of " + what).isNotNull();
        costs.put(what, cost);
    }

    /** Names a few of the costs that differ: all of them would fill many screens. */
    private static void assertSame(Map<String, Cost> actual, Map<String, Cost> expected) {
        List<String> different = new ArrayList<>();
        expected.forEach((what, cost) -> {
            if (!cost.equals(actual.get(what))) {
                different.add(what + ": " + cost + ", then " + actual.get(what));
            }
        });
        assertThat(different.stream().limit(3).toList())
                .as("the first of %d of %d costs that differ between two calls", different.size(), expected.size())
                .isEmpty();
    }

    @Test
    void costs_askedTwiceAndByAnotherModelObject_areTheSame() {
        CostModel model = costModel();
        Map<String, Cost> expected = costs(model);

        assertThat(expected).isNotEmpty();
        assertSame(costs(model), expected);
        assertSame(costs(costModel()), expected);
    }

    @Test
    void costs_askedByManyThreads_areTheSame() {
        CostModel model = costModel();
        Map<String, Cost> expected = costs(costModel());

        Collections.nCopies(16, model).parallelStream()
                .map(this::costs)
                .toList()
                .forEach(costs -> assertSame(costs, expected));
    }

    @Test
    void compute_block_costsWhatItsLayersCostTogether() {
        CostModel model = costModel();
        LayerGraph body = network();
        Layer block = Layer.of("block", new Operator.Block("Whole", body), body.inputs(), body.outputs());
        for (Device device : devices()) {
            double seconds = body.layers().stream()
                    .mapToDouble(layer -> model.compute(layer, device).seconds())
                    .sum();

            assertThat(model.compute(block, device).seconds()).isCloseTo(seconds, within(1e-9 * seconds));
        }
    }

    @Test
    void transfer_tensorOfAnotherName_costsTheSame() {
        CostModel model = costModel();
        for (Link link : links()) {
            for (Tensor tensor : tensors()) {
                Tensor renamed = new Tensor(tensor.name() + "-renamed", tensor.shape(), tensor.type());

                assertThat(model.transfer(renamed, link)).isEqualTo(model.transfer(tensor, link));
            }
        }
    }
}
