package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.darknet.DarknetReader;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.OpenDimension;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.onnx.OnnxReader;
import io.github.codnn.runtime.RandomInputs;
import io.github.codnn.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How commands read the network that they are given. */
final class ModelArgument {

    private static final String ZOO = "zoo:";
    private static final int MOST_NAMES = 8;

    @Option(
            names = "--dim",
            paramLabel = "NAME=SIZE",
            description = "Size of an open dimension of an ONNX model; codnn inspect lists them.")
    private Map<String, Long> dimensions = new LinkedHashMap<>();

    @Option(
            names = "--dims-default",
            paramLabel = "SIZE",
            description = "Size of all other open dimensions. Without it, plan, compare and collapse ask for each.")
    private Optional<Long> otherDimensions = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "NAME=SHAPE",
            description = "Shape of an input of an ONNX model, as in tokens=1x128.")
    private Map<String, String> inputShapes = new LinkedHashMap<>();

    @Option(
            names = "--value",
            paramLabel = "NAME=VALUE",
            description =
                    "Value of an input of an ONNX model that selects a branch, as in sr=16000; several with commas"
                            + " between them. The input then is a constant.")
    private Map<String, String> inputValues = new LinkedHashMap<>();

    /** Reads a network from a file (.onnx, .cfg) or takes it from the zoo (zoo:NAME). */
    ImportedModel read(String model) {
        if (!isOnnx(model) && !boundNames().isEmpty()) {
            throw new CodnnException(
                    model + ": --dim, --input and --value are for ONNX models, and this one has nothing"
                            + " that they could set. Leave out " + String.join(", ", boundNames()));
        }
        return read(model, any -> true);
    }

    /** Refuses options that would change nothing, because no model is read. */
    void checkUnused(String why) {
        if (!boundNames().isEmpty() || otherDimensions.isPresent()) {
            throw new CodnnException(
                    why + ", so --dim, --dims-default, --input and --value would change nothing. Leave them out");
        }
    }

    private static boolean isOnnx(String model) {
        return !model.startsWith(ZOO) && model.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    private Set<String> boundNames() {
        Set<String> names = new LinkedHashSet<>(dimensions.keySet());
        names.addAll(inputShapes.keySet());
        names.addAll(inputValues.keySet());
        return names;
    }

    /** Reads a network; of the names in the options only some concern it. */
    private ImportedModel read(String model, Predicate<String> concerns) {
        if (model.startsWith(ZOO)) {
            return ImportedModel.of(
                    ModelZoo.named(model.substring(ZOO.length())).build());
        }
        if (isOnnx(model)) {
            return reader(concerns).read(Path.of(model));
        }
        if (model.toLowerCase(Locale.ROOT).endsWith(".cfg")) {
            return DarknetReader.withDefaults().read(Path.of(model));
        }
        throw new CodnnException(
                "'" + model + "' is no model: give a file that ends in .onnx or .cfg, or zoo:NAME with one of "
                        + String.join(", ", ModelZoo.names()));
    }

    /** Reads a network as {@link #read} does, and refuses it if a dimension is open that no option gives a size. */
    ImportedModel readBound(String model) {
        return bound(model, read(model));
    }

    /** Reads several networks as {@link #readBound(String)} does each. */
    List<ImportedModel> readBound(List<String> models) {
        List<ImportedModel> read = read(models);
        for (int index = 0; index < read.size(); index++) {
            bound(models.get(index), read.get(index));
        }
        return read;
    }

    /** Reads several networks; a name in an option must occur in one of them at least. */
    List<ImportedModel> read(List<String> models) {
        Set<String> unused = boundNames();
        if (models.size() == 1 || unused.isEmpty()) {
            return models.stream().map(this::read).toList();
        }
        List<ImportedModel> read = new ArrayList<>();
        for (String model : models) {
            Set<String> own = isOnnx(model) ? namesIn(model) : Set.of();
            unused.removeAll(own);
            read.add(read(model, own::contains));
        }
        if (!unused.isEmpty()) {
            throw new CodnnException("None of the models has an open dimension or an input of the name "
                    + String.join(", ", unused) + ". codnn inspect lists the names of a model");
        }
        return read;
    }

    /** The open dimensions and the inputs of a model. */
    private static Set<String> namesIn(String model) {
        ImportedModel read = OnnxReader.withDefaults().read(Path.of(model));
        Set<String> names = new HashSet<>();
        read.openDimensions().forEach(each -> names.add(each.name()));
        read.graph().inputs().forEach(each -> names.add(each.name()));
        return names;
    }

    private static ImportedModel bound(String model, ImportedModel imported) {
        List<OpenDimension> open = imported.assumedDimensions();
        if (!open.isEmpty()) {
            String names = open.stream()
                    .limit(MOST_NAMES)
                    .map(each -> "'" + each.name() + "' of " + each.tensors().get(0))
                    .collect(Collectors.joining(", "));
            String more = open.size() > MOST_NAMES ? " and " + (open.size() - MOST_NAMES) + " more" : "";
            throw new CodnnException(model + ": the model leaves dimensions open: " + names + more
                    + ". Give each a size, as in --dim '" + open.get(0).name() + "=640', or an input its shape, as in "
                    + example(imported) + ", or all of them with --dims-default 1");
        }
        return imported;
    }

    /** Names an input of a model with its shape, in which open dimensions are 1. */
    private static String example(ImportedModel imported) {
        Set<String> open = imported.assumedDimensions().stream()
                .flatMap(each -> each.tensors().stream())
                .collect(Collectors.toSet());
        List<Tensor> inputs = imported.graph().inputs();
        Tensor input = inputs.stream()
                .filter(each -> open.contains(each.name()))
                .findFirst()
                .orElse(inputs.get(0));
        return "--input '" + input.name() + "=" + shown(input.shape()) + "' with other numbers";
    }

    /** Writes a shape as {@code --input} takes it. */
    static String shown(TensorShape shape) {
        return shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    /** Tells whether a model is a file, not one of the zoo. */
    static boolean isFile(String model) {
        return !model.startsWith(ZOO);
    }

    /** Returns random frames with the inputs that the options describe. */
    RandomInputs frames() {
        RandomInputs frames = RandomInputs.withDefaults();
        for (Map.Entry<String, Long> dimension : dimensions.entrySet()) {
            frames = frames.withDimension(dimension.getKey(), dimension.getValue());
        }
        for (Map.Entry<String, String> shape : inputShapes.entrySet()) {
            frames = frames.withInputShape(shape.getKey(), shape(shape.getKey(), shape.getValue()));
        }
        for (Map.Entry<String, String> value : inputValues.entrySet()) {
            frames = frames.withInputValue(value.getKey(), values(value.getKey(), value.getValue()));
        }
        return otherDimensions.isPresent() ? frames.withOtherDimensions(otherDimensions.get()) : frames;
    }

    /** Returns a reader of ONNX files with what the options give. */
    OnnxReader reader() {
        return reader(any -> true);
    }

    private OnnxReader reader(Predicate<String> concerns) {
        OnnxReader reader = OnnxReader.withDefaults();
        for (Map.Entry<String, Long> dimension : concerning(dimensions, concerns)) {
            reader = reader.withDimension(dimension.getKey(), dimension.getValue());
        }
        for (Map.Entry<String, String> shape : concerning(inputShapes, concerns)) {
            reader = reader.withInputShape(shape.getKey(), shape(shape.getKey(), shape.getValue()));
        }
        for (Map.Entry<String, String> value : concerning(inputValues, concerns)) {
            reader = reader.withInputValue(value.getKey(), values(value.getKey(), value.getValue()));
        }
        return otherDimensions.isPresent() ? reader.withOtherDimensions(otherDimensions.get()) : reader;
    }

    private static <V> List<Map.Entry<String, V>> concerning(Map<String, V> settings, Predicate<String> concerns) {
        return settings.entrySet().stream()
                .filter(each -> concerns.test(each.getKey()))
                .toList();
    }

    private static long[] shape(String input, String text) {
        try {
            return Arrays.stream(text.split("[x,]", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new CodnnException(
                    "--input " + input + "=" + text + ": a shape is whole numbers with x between them,"
                            + " as in 1x128",
                    e);
        }
    }

    private static double[] values(String input, String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .mapToDouble(ModelArgument::value)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new CodnnException(
                    "--value " + input + "=" + text + ": a value is a number, true or false; several"
                            + " have commas between them",
                    e);
        }
    }

    private static double value(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> Double.parseDouble(text);
        };
    }
}
