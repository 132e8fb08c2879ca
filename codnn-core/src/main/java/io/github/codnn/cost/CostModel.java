package io.github.codnn.cost;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.internal.Quantities;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Predicts the cost of each layer on each device and of each tensor on each link.
 *
 * <p>An implementation must be a pure function of its arguments, and thread-safe: planners call it once for every layer
 * and device and every tensor and link, in any order, and cache the results.
 */
@FunctionalInterface
public interface CostModel {

    /**
     * Predicts one pass of a layer.
     *
     * @param layer the layer; blocks must cost what their inner layers cost together
     * @param device the device
     * @return the time, and the energy of the device during that time, including its idle power;
     *     {@link Cost#IMPOSSIBLE} if the layer cannot run there
     * @throws io.github.codnn.CodnnException if this model knows no cost of this layer on this device
     */
    Cost compute(Layer layer, Device device);

    /**
     * Tells whether the predicted cost of a layer leaves out work that this model does not know, or guesses it: the
     * operator is unknown, or nothing like the layer was measured. Plans state which share of their time rests on it.
     *
     * <p>Unless overridden, this holds for an {@link Operator.Other} without MACs or with those of a part of its work,
     * and for a block with such a layer. A model that knows the time of such layers, because it was measured,
     * overrides this. Must be as pure as {@link #compute}.
     *
     * @param layer the layer, for which {@link #compute} predicts a cost
     * @param device the device
     * @return why the cost is uncertain, as a clause such as "the work of operator 'Foo' is not known"; nothing if
     *     it is known
     */
    default Optional<String> unknownWork(Layer layer, Device device) {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(device, "device");
        if (layer.operator() instanceof Operator.Block block) {
            return block.body().layers().stream()
                    .flatMap(inner ->
                            unknownWork(inner, device).map(reason -> "in '" + inner.name() + "' " + reason).stream())
                    .findFirst();
        }
        if (!(layer.operator() instanceof Operator.Other other) || (layer.macs() > 0 && !other.isPartial())) {
            return Optional.empty();
        }
        String part = layer.macs() > 0 ? "a part of the work" : "the work";
        return Optional.of(part + " of operator '" + other.kind() + "' is not known");
    }

    /**
     * Predicts one transfer of a tensor; unless overridden, latency plus size over bandwidth at the power of the link,
     * or {@link Cost#IMPOSSIBLE} if that takes more than 1e9 s.
     *
     * @param tensor the tensor; the result may depend on its shape, its element type and the bytes that are sent for
     *     it, not on its name
     * @param link the link
     * @return the time, and the energy at sender and receiver together
     */
    default Cost transfer(Tensor tensor, Link link) {
        long bytes = tensor.transferBytes();
        double seconds = link.seconds(bytes);
        return seconds > Quantities.MAX_SECONDS ? Cost.IMPOSSIBLE : new Cost(seconds, link.joules(bytes));
    }

    /**
     * Combines models of several kinds of device into one. Use it if some kinds were measured and the speeds of the
     * others come from data sheets.
     *
     * @param byKind models of some kinds of device, by {@link Device#kind()}
     * @param otherwise the model of all other devices, and of all transfers: a link has no kind
     * @return the combined model, thread-safe if all given models are
     */
    static CostModel byKind(Map<String, CostModel> byKind, CostModel otherwise) {
        Objects.requireNonNull(byKind, "byKind");
        Objects.requireNonNull(otherwise, "otherwise");
        return new KindCostModel(byKind, otherwise);
    }

    /**
     * Returns a model in which one device is faster or slower than another model says, at the same power.
     *
     * @param model the other model
     * @param device the name of the device
     * @param factor how many times as fast it is, positive and finite
     * @return the changed model, thread-safe if the other is
     */
    static CostModel withSpeed(CostModel model, String device, double factor) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(device, "device");
        return new SpeedCostModel(model, device, factor);
    }
}
