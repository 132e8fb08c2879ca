package io.github.codnn.plan;

import io.github.codnn.CodnnException;
import io.github.codnn.cost.Cost;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Workload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Scenarios as bytes, to send them to another machine that runs the same version: networks, blocks, platform, rules and
 * the cost of every layer and tensor, exact to the last bit. To keep a scenario in a file, use
 * {@code io.github.codnn.json.ProblemJson}.
 *
 * <p>Reading takes time and memory proportional to the number of bytes, whoever wrote them.
 */
public final class ScenarioBytes {

    private static final int FORMAT = 0x43_44_4E_01;
    private static final int HEAD_BYTES = 2 * Integer.BYTES;

    private ScenarioBytes() {}

    /**
     * Writes a scenario, with the {@linkplain CompiledScenario#tabulated table of its costs} instead of its cost model.
     *
     * @param scenario the scenario
     * @return its bytes
     * @throws CodnnException if a cost is missing
     */
    public static byte[] write(Scenario scenario) {
        Scenario tabulated = CompiledScenario.tabulated(scenario);
        CostTable costs = (CostTable) tabulated.costModel();
        ByteWriter writer = new ByteWriter();
        writer.text(scenario.name());
        writer.record(scenario.workload());
        writer.record(scenario.platform());
        writer.record(scenario.rules());
        Set<Layer> layers = layers(scenario.workload());
        Set<Layer> others = new LinkedHashSet<>(costs.layers().keySet());
        others.addAll(costs.unknown().keySet());
        others.removeAll(layers);
        writer.number(others.size());
        others.forEach(writer::record);
        layers.addAll(others);
        Map<Layer, Integer> numbers = new HashMap<>();
        layers.forEach(layer -> numbers.put(layer, numbers.size()));
        writeRows(writer, numbers, costs.layers(), ScenarioBytes::writeCost);
        writeRows(writer, numbers, costs.unknown(), ByteWriter::text);
        writer.number(costs.transfers().size());
        costs.transfers().forEach((kind, row) -> {
            writer.record(kind);
            writeRow(writer, row, ScenarioBytes::writeCost);
        });
        return sealed(writer.bytes());
    }

    /** Puts the format and a checksum before the bytes. */
    static byte[] sealed(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return ByteBuffer.allocate(HEAD_BYTES + content.length)
                .putInt(FORMAT)
                .putInt((int) sum.getValue())
                .put(content)
                .array();
    }

    /**
     * Reads a scenario.
     *
     * @param bytes what {@link #write} returned
     * @return the scenario, equal to the one with the table of its costs
     * @throws CodnnException if the bytes are damaged or of another version
     */
    public static Scenario read(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length < HEAD_BYTES || ByteBuffer.wrap(bytes).getInt() != FORMAT) {
            throw new CodnnException("The bytes do not start as a scenario of this version does. Send it again from a"
                    + " machine with the same version");
        }
        byte[] content = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        if (!Arrays.equals(sealed(content), bytes)) {
            throw new CodnnException("The bytes of the scenario are damaged. Send it again");
        }
        ByteReader reader = new ByteReader(content);
        try {
            Scenario scenario = scenario(reader);
            reader.checkEnd();
            return scenario;
        } catch (RuntimeException bad) {
            throw new CodnnException("The bytes are no scenario: " + bad.getMessage(), bad);
        }
    }

    private static Scenario scenario(ByteReader reader) {
        String name = reader.text();
        Workload workload = reader.record(Workload.class);
        Platform platform = reader.record(Platform.class);
        Scenario.Rules rules = reader.record(Scenario.Rules.class);
        List<Layer> layers = new ArrayList<>(layers(workload));
        for (int rest = reader.count(); rest > 0; rest--) {
            layers.add(reader.record(Layer.class));
        }
        Map<Layer, Map<Device, Cost>> costs = rows(reader, layers, ScenarioBytes::cost);
        Map<Layer, Map<Device, String>> unknown = rows(reader, layers, ByteReader::text);
        Map<CostTable.TensorKind, Map<Link, Cost>> transfers = new LinkedHashMap<>();
        for (int rest = reader.count(); rest > 0; rest--) {
            CostTable.TensorKind kind = reader.record(CostTable.TensorKind.class);
            transfers.put(kind, row(reader, Link.class, ScenarioBytes::cost));
        }
        return new Scenario(name, workload, platform, new CostTable(costs, unknown, transfers), rules);
    }

    /** Returns all layers, those within blocks after the block, always in the same order. */
    private static Set<Layer> layers(Workload workload) {
        Set<Layer> layers = new LinkedHashSet<>();
        workload.tasks().forEach(task -> addLayers(task.graph(), layers));
        return layers;
    }

    private static void addLayers(LayerGraph graph, Collection<Layer> layers) {
        for (Layer layer : graph.layers()) {
            layers.add(layer);
            if (layer.operator() instanceof Operator.Block block) {
                addLayers(block.body(), layers);
            }
        }
    }

    private interface Write<V> {
        void to(ByteWriter writer, V value);
    }

    private interface Read<V> {
        V from(ByteReader reader);
    }

    private static void writeCost(ByteWriter writer, Cost cost) {
        writer.decimal(cost.seconds());
        writer.decimal(cost.joules());
    }

    private static Cost cost(ByteReader reader) {
        return new Cost(reader.decimal(), reader.decimal());
    }

    private static <V> void writeRows(
            ByteWriter writer, Map<Layer, Integer> numbers, Map<Layer, Map<Device, V>> rows, Write<V> write) {
        writer.number(rows.size());
        rows.forEach((layer, row) -> {
            writer.number(Objects.requireNonNull(numbers.get(layer), "number"));
            writeRow(writer, row, write);
        });
    }

    private static <V> void writeRow(ByteWriter writer, Map<? extends Record, V> row, Write<V> write) {
        writer.number(row.size());
        row.forEach((key, value) -> {
            writer.record(key);
            write.to(writer, value);
        });
    }

    private static <V> Map<Layer, Map<Device, V>> rows(ByteReader reader, List<Layer> layers, Read<V> read) {
        Map<Layer, Map<Device, V>> rows = new LinkedHashMap<>();
        for (int rest = reader.count(); rest > 0; rest--) {
            Layer layer = layers.get(Math.toIntExact(reader.number()));
            if (rows.put(layer, row(reader, Device.class, read)) != null) {
                throw new IllegalArgumentException("The costs of layer '" + layer.name() + "' are given twice");
            }
        }
        return rows;
    }

    private static <K extends Record, V> Map<K, V> row(ByteReader reader, Class<K> key, Read<V> read) {
        Map<K, V> row = new LinkedHashMap<>();
        for (int rest = reader.count(); rest > 0; rest--) {
            K each = reader.record(key);
            row.put(each, read.from(reader));
        }
        return row;
    }
}
