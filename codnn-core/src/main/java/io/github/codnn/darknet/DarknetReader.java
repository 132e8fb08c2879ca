package io.github.codnn.darknet;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.internal.Checks;
import io.github.codnn.internal.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the network definitions of the Darknet framework, {@code .cfg} files.
 *
 * <pre>{@code
 * LayerGraph network = DarknetReader.withDefaults().withSize(608, 608).read(Path.of("yolov3.cfg")).graph();
 * }</pre>
 *
 * <p>All sections of Darknet and of its widely used fork are known (route groups, squeeze and excitation, convolutional
 * LSTM, implicit values, ...), with the options of both where they differ; sections of other programs that read cfg
 * files are refused by name. The activation {@code silu} is read as {@code swish}. A convolution with batch
 * normalisation and activation becomes three layers: {@code convolutional_4}, {@code convolutional_4/bn} and
 * {@code convolutional_4/leaky}, where 4 is Darknet's number of the section, the one that {@code route} refers to.
 * Sections without work at inference ({@code cost}, {@code contrastive}, a {@code route} to one layer) add no layer.
 *
 * <p>Parameters are counted as Darknet does: {@link io.github.codnn.graph.LayerGraph#parameters()} is the number of
 * values in the weights file, so a batch normalisation has four values per channel (shift, scale, running mean and
 * variance). Two of them are trained by gradient descent: darknet53.cfg has 41,645,640 values, 41,609,928 of them
 * trained.
 *
 * <p>The cfg's {@code batch} and {@code subdivisions} tell how to train and are not used: the batch is 1 unless set
 * here, times the cfg's {@code time_steps}. Options that neither this reader nor Darknet's training knows are reported
 * in {@link ImportedModel#notices()}; an unknown section, an option that changes shapes in a way not supported, and
 * numbers that make no network are refused with one {@link CodnnException} that names the file, the line and the
 * section.
 *
 * <p>Reading takes time and memory linear in the file, which may have up to 1 MiB. Immutable and thread-safe.
 */
public final class DarknetReader {

    /** The largest public cfg files have some 60 KiB. */
    private static final int MAX_BYTES = 1 << 20;

    private static final DarknetReader DEFAULTS = new DarknetReader(1, OptionalInt.empty(), OptionalInt.empty());

    private final int batch;
    private final OptionalInt width;
    private final OptionalInt height;

    private DarknetReader(int batch, OptionalInt width, OptionalInt height) {
        this.batch = batch;
        this.width = width;
        this.height = height;
    }

    /**
     * Returns a reader for a single image of the size in the file.
     *
     * @return the reader
     */
    public static DarknetReader withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns this reader with another batch.
     *
     * @param images the number of images in one pass, at least 1
     * @return the changed reader
     */
    public DarknetReader withBatch(int images) {
        return new DarknetReader(Checks.positive(images, "The batch"), width, height);
    }

    /**
     * Returns this reader with an image size in place of the one in the file.
     *
     * @param pixelsWide the width in pixels, at least 1
     * @param pixelsHigh the height in pixels, at least 1
     * @return the changed reader
     */
    public DarknetReader withSize(int pixelsWide, int pixelsHigh) {
        return new DarknetReader(
                batch,
                OptionalInt.of(Checks.positive(pixelsWide, "The width")),
                OptionalInt.of(Checks.positive(pixelsHigh, "The height")));
    }

    /**
     * Reads a file.
     *
     * @param file the cfg file; the network is named after it
     * @return the network
     * @throws CodnnException if the file cannot be read or describes no network
     */
    public ImportedModel read(Path file) {
        try (InputStream in = Files.newInputStream(ModelFiles.checked(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String name = String.valueOf(file.getFileName());
            return read(new Source(name, file.toString()), new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new CodnnException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CodnnException(
                    file + ": cannot be read: " + CfgSection.quoted(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Reads the text of a cfg file.
     *
     * @param name the name of the file, for the network and for messages; an ending {@code .cfg} is left out of the
     *     former
     * @param text its text
     * @return the network
     * @throws CodnnException if the text describes no network
     */
    public ImportedModel read(String name, String text) {
        return read(new Source(Checks.notBlank(name, "The name of a cfg file"), name), text);
    }

    /** Where a text comes from: the name of the file, and how messages call it. */
    private record Source(String name, String title) {

        String network() {
            return name.endsWith(".cfg") && name.length() > 4 ? name.substring(0, name.length() - 4) : name;
        }
    }

    private ImportedModel read(Source source, String text) {
        String title = source.title();
        if (text.length() > MAX_BYTES) {
            throw new CodnnException(title + ": has more than " + MAX_BYTES + " characters. Maybe it is no cfg file.");
        }
        List<CfgSection> sections = CfgParser.parse(title, text);
        if (sections.size() < 2) {
            throw new CodnnException(
                    title + ": has " + (sections.isEmpty() ? "no section" : "no section after the first")
                            + ". A cfg file needs [net] and at least one layer.");
        }
        NetworkAssembler.Input input = new NetworkAssembler.Input(batch, width, height);
        NetworkAssembler network =
                guarded(title, sections.get(0), () -> NetworkAssembler.start(source.network(), sections, input));
        for (CfgSection section : sections.subList(1, sections.size())) {
            guarded(title, section, () -> network.add(section));
        }
        return new ImportedModel(guarded(title, sections.get(0), network::build), Map.of(), notices(sections));
    }

    private static List<String> notices(List<CfgSection> sections) {
        List<String> notices = new ArrayList<>();
        for (CfgSection section : sections) {
            for (String key : section.assumed()) {
                notices.add("Line " + section.line() + ": [" + CfgSection.quoted(section.type()) + "] has no option '"
                        + key + "'; like Darknet, 1 is taken");
            }
            section.unused().forEach((key, line) -> {
                if (!IgnoredOptions.isHarmless(key)) {
                    notices.add("Line " + line + ": option '" + CfgSection.quoted(key) + "' of ["
                            + CfgSection.quoted(section.type()) + "] is not known and has no effect");
                }
            });
        }
        return notices;
    }

    /** Something done for one section. */
    @FunctionalInterface
    private interface Step<T> {
        T run();
    }

    /** Runs a step and names file, line and section if it fails. */
    private static <T> T guarded(String file, CfgSection section, Step<T> step) {
        try {
            return step.run();
        } catch (ArithmeticException e) {
            throw new CodnnException(place(file, section) + "the layer has a size or count beyond 2^63-1", e);
        } catch (IllegalArgumentException e) {
            throw new CodnnException(place(file, section) + e.getMessage(), e);
        }
    }

    private static String place(String file, CfgSection section) {
        return file + ", line " + section.line() + ", [" + CfgSection.quoted(section.type()) + "]: ";
    }
}
