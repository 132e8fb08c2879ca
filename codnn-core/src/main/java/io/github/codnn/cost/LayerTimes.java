package io.github.codnn.cost;

import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Own measurements: the time, and if you like the energy, of each layer on each device, from a CSV file with the
 * columns {@code layer,device,seconds} and optionally {@code joules}. A device is given by its name or its kind; a
 * name wins. {@code seconds} is {@code null} where a layer cannot run. Other columns are ignored.
 *
 * <p>A device with no row costs what another model says; a device with rows needs one for each layer
 * ({@link #checkCovers}). A block costs the sum of its inner layers unless it has a row of its own. Without joules the
 * energy is the device's active power times the time.
 *
 * <p>Layers have their names only: if two networks use one name for layers of different times, plan them from a problem
 * file. Immutable and thread-safe; a look-up takes O(1) time, for a block O(inner layers).
 */
public final class LayerTimes implements CostModel {

    private static final int NAMED = 5;

    private final String source;
    private final Map<String, Map<String, LayerTime>> byDevice;
    private final CostModel otherwise;

    private LayerTimes(String source, Map<String, Map<String, LayerTime>> byDevice, CostModel otherwise) {
        this.source = source;
        this.byDevice = byDevice;
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
    }

    /**
     * Makes a model from costs that are known.
     *
     * @param device the name or the kind of a device
     * @param costByLayer the cost of each layer on it, by the name of the layer
     * @param otherwise the model of the other devices, and of all transfers
     * @return the model
     */
    public static LayerTimes of(String device, Map<String, Cost> costByLayer, CostModel otherwise) {
        Map<String, LayerTime> times = new HashMap<>();
        costByLayer.forEach((layer, cost) -> times.put(layer, new LayerTime(layer, device, cost, true, 0)));
        return new LayerTimes("the times of '" + device + "'", Map.of(device, times), otherwise);
    }

    /**
     * Reads a file.
     *
     * @param file the file, in UTF-8
     * @param otherwise the model of the devices without rows, and of all transfers
     * @return the model
     * @throws CodnnException if the file cannot be read, lacks columns, or has a row that is wrong or contradicts
     *     another
     */
    public static LayerTimes read(Path file, CostModel otherwise) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(otherwise, "otherwise");
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, "'" + file + "'", otherwise);
        } catch (CharacterCodingException e) {
            throw new CodnnException("Cannot read times from '" + file + "': its text is not UTF-8", e);
        } catch (IOException e) {
            throw new CodnnException("Cannot read times from '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Reads text.
     *
     * @param text the text, which stays open
     * @param source its origin, for messages
     * @param otherwise the model of the devices without rows, and of all transfers
     * @return the model
     * @throws CodnnException if the text lacks columns, or has a row that is wrong or contradicts another
     * @throws IOException if reading fails
     */
    public static LayerTimes read(Reader text, String source, CostModel otherwise) throws IOException {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(otherwise, "otherwise");
        Map<String, Map<String, LayerTime>> byDevice = new HashMap<>();
        LayerTimeCsv.read(text, source, time -> {
            LayerTime before = byDevice.computeIfAbsent(time.device(), device -> new HashMap<>())
                    .putIfAbsent(time.layer(), time);
            if (before != null && !before.cost().equals(time.cost())) {
                throw new IllegalArgumentException("layer '" + time.layer() + "' already has another time on '"
                        + time.device() + "' in line " + before.line());
            }
        });
        if (byDevice.isEmpty()) {
            throw new CodnnException(source + " has no rows, only a header");
        }
        return new LayerTimes(source, byDevice, otherwise);
    }

    /**
     * Writes the times of one device, and the energy where it is known; an existing file is replaced.
     *
     * @param device the name or the kind of the device
     * @param secondsByLayer the time of each layer by its name, infinite if it cannot run there
     * @param joulesByLayer the energy of layers by their names; may lack any of them
     * @param file the file
     * @throws CodnnException if it cannot be written
     */
    public static void write(
            String device, Map<String, Double> secondsByLayer, Map<String, Double> joulesByLayer, Path file) {
        try {
            String text = LayerTimeCsv.format(device, secondsByLayer, joulesByLayer);
            WholeFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("Cannot write times to '" + file + "': " + WholeFiles.reason(e), e);
        }
    }

    /**
     * Checks that the file is about these devices and has a time for every layer on each that it is about.
     *
     * @param graphs the networks, whose blocks may be given by their inner layers
     * @param devices the devices
     * @throws CodnnException if layers have no time, if two networks have different layers of one name, or if a device
     *     of the file is not among the devices
     */
    public void checkCovers(List<LayerGraph> graphs, List<Device> devices) {
        Set<String> known = new HashSet<>();
        devices.forEach(device -> known.addAll(List.of(device.name(), device.kind())));
        byDevice.keySet().stream()
                .filter(device -> !known.contains(device))
                .findFirst()
                .ifPresent(device -> {
                    throw new CodnnException(source + " has times of '" + device + "', but no device has this"
                            + " name or kind. There are "
                            + devices.stream().map(Device::name).limit(NAMED).toList());
                });
        checkNames(graphs);
        for (Device device : devices) {
            Map<String, LayerTime> times = timesOf(device);
            List<String> missing = new ArrayList<>();
            if (!times.isEmpty()) {
                graphs.forEach(graph -> addMissing(graph, times, missing));
            }
            if (!missing.isEmpty()) {
                throw new CodnnException(source + " has no time on device '" + device.name() + "' of layer "
                        + named(missing) + ". Add rows; write null for the seconds where a layer cannot run");
            }
        }
    }

    private void checkNames(List<LayerGraph> graphs) {
        Map<String, Layer> byName = new HashMap<>();
        for (LayerGraph graph : new HashSet<>(graphs)) {
            for (Layer layer : graph.layers()) {
                Layer other = byName.putIfAbsent(layer.name(), layer);
                if (other != null
                        && (other.macs() != layer.macs() || !other.operator().equals(layer.operator()))) {
                    throw new CodnnException("Two networks have different layers '" + layer.name() + "', so " + source
                            + " does not say which one it means. Give the times in a problem file (--problem)");
                }
            }
        }
    }

    private static String named(List<String> missing) {
        String first = "'" + String.join("', '", missing.subList(0, Math.min(NAMED, missing.size()))) + "'";
        return missing.size() > NAMED ? first + " and " + (missing.size() - NAMED) + " more" : first;
    }

    private static void addMissing(LayerGraph graph, Map<String, LayerTime> times, List<String> missing) {
        for (Layer layer : graph.layers()) {
            if (times.containsKey(layer.name())) {
                continue;
            }
            if (layer.operator() instanceof Operator.Block block) {
                addMissing(block.body(), times, missing);
            } else {
                missing.add(layer.name());
            }
        }
    }

    private Map<String, LayerTime> timesOf(Device device) {
        Map<String, LayerTime> named = byDevice.get(device.name());
        return named != null ? named : byDevice.getOrDefault(device.kind(), Map.of());
    }

    @Override
    public Cost compute(Layer layer, Device device) {
        Map<String, LayerTime> times = timesOf(device);
        return times.isEmpty() ? otherwise.compute(layer, device) : measured(layer, device, times);
    }

    private Cost measured(Layer layer, Device device, Map<String, LayerTime> times) {
        LayerTime time = times.get(layer.name());
        if (time != null) {
            return time.costOn(device);
        }
        if (layer.operator() instanceof Operator.Block block) {
            Cost sum = Cost.ZERO;
            for (Layer inner : block.body().layers()) {
                sum = sum.plus(measured(inner, device, times));
            }
            return sum;
        }
        throw new CodnnException(
                source + " has no time of layer '" + layer.name() + "' on device '" + device.name() + "'");
    }

    @Override
    public Optional<String> unknownWork(Layer layer, Device device) {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(device, "device");
        return timesOf(device).isEmpty() ? otherwise.unknownWork(layer, device) : Optional.empty();
    }

    @Override
    public Cost transfer(Tensor tensor, Link link) {
        return otherwise.transfer(tensor, link);
    }
}
