package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.JsonField;
import io.github.codnn.internal.Quantities;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The field {@code joules} of a layer: its energy by kind of device, where that is not time times active power. */
final class JoulesField {

    private static final String NAME = "joules";

    /** Energies that are equal but for rounding. */
    private static final double TOLERANCE = 1e-9;

    private JoulesField() {}

    /** Tells whether two figures differ by more than rounding. */
    static boolean differ(double first, double second) {
        return Math.abs(first - second) > TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
    }

    /**
     * Reads the energies of a layer.
     *
     * @param layer the layer
     * @param layerName its name
     * @param secondsByKind its times, infinite where it cannot run
     * @param wattsByKind the active powers of the devices of each kind
     * @return the energies by kind of device, without those that follow from time and power
     */
    static Map<String, Double> read(
            JsonField layer,
            String layerName,
            Map<String, Double> secondsByKind,
            Map<String, Set<Double>> wattsByKind) {
        if (layer.isNull(NAME)) {
            throw layer.error("must have energies of layer '" + layerName
                    + "' by kind of device in 'joules', or no such field, but has null");
        }
        Map<String, Double> measured = new LinkedHashMap<>();
        layer.find(NAME)
                .ifPresent(field -> field.entries(energy -> readEnergy(layerName, energy))
                        .forEach((kind, joules) -> {
                            double seconds = secondsByKind.getOrDefault(kind, Double.POSITIVE_INFINITY);
                            if (seconds > Quantities.MAX_SECONDS) {
                                throw field.error("states an energy of layer '" + layerName + "' on kind '" + kind
                                        + "', where it cannot run: it has no time there");
                            }
                            boolean follows = wattsByKind.getOrDefault(kind, Set.of()).stream()
                                    .noneMatch(watts -> differ(joules, seconds * watts));
                            if (!follows) {
                                measured.put(kind, joules);
                            }
                        }));
        return measured;
    }

    private static double readEnergy(String layerName, JsonField energy) {
        if (energy.node().isNull()) {
            throw energy.error("is the energy of layer '" + layerName
                    + "' and must be a number, but is null. Leave it out where the energy is time times active power");
        }
        return energy.make(() -> Quantities.amount(energy.nonNegative(), "The energy of layer '" + layerName + "'"));
    }

    /** Writes the energies of a layer, if there are any. */
    static void write(Map<String, Double> joulesByKind, ObjectNode layer) {
        if (!joulesByKind.isEmpty()) {
            ObjectNode joules = layer.putObject(NAME);
            joulesByKind.forEach(joules::put);
        }
    }
}
