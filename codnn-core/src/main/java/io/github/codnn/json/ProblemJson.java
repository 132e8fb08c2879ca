package io.github.codnn.json;

import io.github.codnn.CodnnException;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.scenario.Scenario;
import java.nio.file.Path;

/**
 * Problem files, format {@code codnn-problem/1}: complete planning problems with the time of every layer on every kind
 * of device.
 *
 * <p>At the top: {@code name}, {@code transfers} (OVERLAPPED by default, or BLOCKING), {@code stagesPerDevice} (ONE by
 * default, or ANY), {@code memory} (PARAMETERS by default, or PARAMETERS_AND_ACTIVATIONS), {@code maxDevices}
 * (unlimited), {@code idle}, the devices that wait at idle power (PARTICIPATING by default, or ALL), {@code devices}
 * and {@code links} as in {@link PlatformJson}, and {@code tasks}. {@code origin}, {@code notes} and {@code reference}
 * may stand there for people and tests; this class ignores them.
 *
 * <p>A task has a {@code name}, {@code source} and {@code sink} (null: uploads or returns are free), {@code frames}
 * (1), {@code deadlineSeconds} (none) on what {@code deadlineMeasure} says (MEAN by default, or RESPONSE),
 * {@code network}, the name of the network where it differs from the task's, {@code notices}, what the network's reader
 * assumed or left out, {@code layers} and {@code tensors}. A layer has a {@code name} that is unique in its task,
 * {@code memoryBytes} (0), {@code seconds} by kind of device, {@code joules} by kind of device (the energy of a
 * pass with idle power, where it is not time times the active power of the device), {@code unknownWork}, by kind of
 * device why the seconds
 * are a guess ({@link io.github.codnn.cost.CostModel#unknownWork}), {@code pinned}, the device that must run it, and
 * {@code colocate}, the group that must stay together. A tensor has a
 * {@code name}, {@code bytes}, {@code transferBytes} (what is sent for it, if not {@code bytes}),
 * {@code from}, the layer that writes it (null: an input of the task), {@code to}, the layers that read it (none: a
 * result), and {@code result}, true or false, where that is not what {@code to} says.
 *
 * <p>Layers become {@link io.github.codnn.graph.Operator.Other} of kind {@code Measured} with the memory as parameter
 * bytes, times a {@link io.github.codnn.cost.TableCostModel}. If a task has a layer of the same name but another time
 * than an earlier task, the kind of all its layers is {@code Measured in} and its name, and the table has their times
 * under that kind.
 *
 * <p>Fields that are unknown or missing, numbers that are not finite or out of range, names that do not exist, a cycle,
 * a layer without a time for a device: each is one {@link CodnnException} of one line with the file and the path to the
 * field, such as {@code tasks[0].layers[3].seconds.acc}.
 */
public final class ProblemJson {

    /** The operator of layers that were read: files of problems and plans have times in place of operators. */
    public static final String MEASURED = "Measured";

    private ProblemJson() {}

    /**
     * Reads a problem file of at most 64 MiB.
     *
     * @param file the file
     * @return the problem
     * @throws CodnnException if the file cannot be read or its content cannot be used
     */
    public static Scenario read(Path file) {
        return ProblemReader.read(JsonFiles.read(file));
    }

    /**
     * Reads a problem from text.
     *
     * @param json the content of a problem file
     * @return the problem
     * @throws CodnnException if the content cannot be used
     */
    public static Scenario parse(String json) {
        return ProblemReader.read(JsonFiles.parse("problem", json));
    }

    /**
     * Writes a problem as text, with the times that its cost model gives. A problem that was read from a file is equal
     * to what {@link #parse} makes of the text; of others the times, sizes and rules are kept, but not operators,
     * shapes and what is inside of blocks.
     *
     * @param scenario the problem
     * @return the content of a problem file
     * @throws CodnnException if the cost model knows no time of a layer on a device, or transfers that the format
     *     cannot express
     */
    public static String render(Scenario scenario) {
        return JsonFiles.text(ProblemWriter.tree(scenario));
    }

    /**
     * Writes a problem file, whole or not at all; see {@link #render}.
     *
     * @param scenario the problem
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written, and as {@link #render} does
     */
    public static void write(Scenario scenario, Path file) {
        JsonFiles.write(ProblemWriter.tree(scenario), file);
    }
}
