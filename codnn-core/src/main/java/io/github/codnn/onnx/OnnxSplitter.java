package io.github.codnn.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.internal.ModelFiles;
import io.github.codnn.onnx.ParsedModel.Model;
import io.github.codnn.onnx.ReadModel.Network;
import io.github.codnn.plan.Plan;
import io.github.codnn.scenario.Task;
import io.github.codnn.split.NewFolder;
import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Splits an ONNX model into one model per stage of a plan, with a manifest that says where each runs and which tensors
 * go where: {@code OnnxSplitter.withDefaults().split(model, plan, folder)}.
 *
 * <p>Any placement can be split: tensors may skip stages, devices may run several stages, graphs may branch. Constants
 * and shape arithmetic that several stages need are copied to each. Operator sets, metadata and symbolic dimensions are
 * kept, and functions where they are called; training information is left out, and so are nodes on which no output
 * depends. Run one after the other, the stages do what the model does, operator by operator. A weight that is an
 * optional input of the model stays one of each stage that has it.
 *
 * <p>Refused, with the name of what cannot be split: a node whose inside the plan spreads over devices, such as the
 * call of a function; a tensor between stages that is no tensor of a known element type; external data anywhere but in
 * weights of the main graph; damaged files.
 *
 * <p>Open dimensions get the sizes that the plan was made with, as far as it tells them, unless the reader has settings
 * of dimensions; a plan from a file states bytes only. A model whose tensors then have other sizes is refused.
 *
 * <p>Weights are copied as they lie in the file, never decoded. Time is linear in the size of the file; memory depends
 * on its number of nodes only. The same model and plan give the same bytes. The folder must not exist; it appears whole
 * or not at all. Immutable and thread-safe.
 */
public final class OnnxSplitter {

    private static final OnnxSplitter DEFAULTS = new OnnxSplitter(OnnxReader.withDefaults(), false, any -> {});

    private final OnnxReader reader;
    private final boolean externalData;
    private final Consumer<Path> check;

    private OnnxSplitter(OnnxReader reader, boolean externalData, Consumer<Path> check) {
        this.reader = reader;
        this.externalData = externalData;
        this.check = check;
    }

    /**
     * Returns a splitter that keeps weights in the model files, except where a file would exceed 2 GB.
     *
     * @return the splitter
     */
    public static OnnxSplitter withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a splitter that reads models as a plan did that was made with other settings than the defaults.
     *
     * @param newReader the reader that the plan was made with
     * @return the changed splitter
     */
    public OnnxSplitter withReader(OnnxReader newReader) {
        Objects.requireNonNull(newReader, "newReader");
        return new OnnxSplitter(newReader, externalData, check);
    }

    /**
     * Returns a splitter that puts weights of 1024 bytes or more into a file beside each model, {@code
     * STAGE.onnx.data}.
     *
     * @return the changed splitter
     */
    public OnnxSplitter withExternalData() {
        return new OnnxSplitter(reader, true, check);
    }

    /**
     * Returns a splitter that has the stages checked before their folder appears.
     *
     * @param newCheck looks at the complete folder, which has another name yet. If it throws, the folder is deleted
     * @return the changed splitter
     */
    public OnnxSplitter withCheck(Consumer<Path> newCheck) {
        Objects.requireNonNull(newCheck, "newCheck");
        return new OnnxSplitter(reader, externalData, newCheck);
    }

    /**
     * Splits a model by a plan of one task.
     *
     * @param model the ONNX file from which the plan was made
     * @param plan the plan
     * @param folder the folder to make
     * @return the manifest, which is in the folder, too
     * @throws CodnnException if the plan has several tasks or was made from another file, if the model is damaged or
     *     cannot be split like this, or if the folder exists or cannot be written
     */
    public PipelineManifest split(Path model, Plan plan, Path folder) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(folder, "folder");
        List<Task> tasks = plan.scenario().workload().tasks();
        if (tasks.size() > 1) {
            throw new CodnnException("The plan has " + tasks.size() + " tasks. Name the one whose model is to be"
                    + " split: " + tasks.stream().map(Task::name).toList());
        }
        return split(model, plan, tasks.get(0).name(), folder);
    }

    /**
     * Splits the model of one task of a plan.
     *
     * @param model the ONNX file from which the task was made
     * @param plan the plan
     * @param task the name of the task
     * @param folder the folder to make
     * @return the manifest, which is in the folder, too
     * @throws CodnnException as {@link #split(Path, Plan, Path)} does, and if the plan has no such task
     */
    public PipelineManifest split(Path model, Plan plan, String task, Path folder) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(folder, "folder");
        List<Task> tasks = plan.scenario().workload().tasks();
        Task chosen = tasks.stream()
                .filter(each -> each.name().equals(task))
                .findFirst()
                .orElseThrow(() -> new CodnnException("The plan has no task '" + task + "'. It has "
                        + tasks.stream().map(Task::name).toList()));
        Optional<ModelFile> expected = Optional.ofNullable(plan.models().get(task));
        return run(model, folder, Optional.of(chosen.graph()), expected, read -> Splitting.byPlan(read, plan, chosen));
    }

    /**
     * Cuts a model at tensors, without a plan. A node belongs to the stage after those of all cut tensors that it
     * depends on, so that each tensor ends a stage; tensors that do not depend on each other end the same one. Devices
     * are named like stages.
     *
     * @param model the ONNX file
     * @param tensors the names of the tensors, at least one; each must be written by a node that depends on an input,
     *     and read by another node
     * @param folder the folder to make
     * @return the manifest, which is in the folder, too
     * @throws CodnnException if there is no such tensor, if the model is damaged or cannot be split there, or if the
     *     folder exists or cannot be written
     */
    public PipelineManifest splitAt(Path model, List<String> tensors, Path folder) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(folder, "folder");
        if (tensors.isEmpty()) {
            throw new CodnnException("Name at least one tensor to cut at");
        }
        LinkedHashSet<String> cuts = new LinkedHashSet<>(tensors);
        return run(model, folder, Optional.empty(), Optional.empty(), read -> Splitting.at(read, cuts));
    }

    /** How the nodes of a model are assigned to stages. */
    @FunctionalInterface
    private interface Cutting {
        Splitting cut(ReadModel model);
    }

    private PipelineManifest run(
            Path file, Path folder, Optional<LayerGraph> planned, Optional<ModelFile> expected, Cutting cutting) {
        Path model = file.toAbsolutePath();
        try {
            ModelDigest digest = new ModelDigest(file, expected);
            Splitting splitting = digest.blamed(() -> cutting.cut(read(model, planned)));
            return NewFolder.write(folder, unfinished -> write(splitting, model, unfinished, digest));
        } catch (NoSuchFileException e) {
            throw OnnxReader.refused(file, "there is no such file", e);
        } catch (InvalidProtocolBufferException e) {
            throw OnnxReader.refused(file, OnnxReader.reason(e), e);
        } catch (IOException e) {
            throw OnnxReader.refused(file, "cannot be read: " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw OnnxReader.refused(file, "a number is too large", e);
        } catch (ImportFailure | IllegalArgumentException e) {
            throw OnnxReader.refused(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads the model; layers must be known for a plan, but not for cuts at tensors. */
    private ReadModel read(Path model, Optional<LayerGraph> planned) throws IOException {
        ModelIndex index;
        try (SeekableByteChannel channel = Files.newByteChannel(ModelFiles.checked(model))) {
            index = ModelIndexer.index(new SkippingInputStream(channel));
        }
        Path folder = model.getParent();
        ExternalData external = new ExternalData(folder == null ? Path.of("") : folder);
        String name = OnnxReader.baseName(model);
        Model parsed = index.model(name);
        Optional<Network> network;
        try {
            ImportSettings settings = planned.map(graph -> PlannedShapes.settings(reader.settings(), parsed, graph))
                    .orElse(reader.settings());
            network = Optional.of(ReadModel.network(parsed, name, settings, external));
        } catch (ImportFailure | IllegalArgumentException | ArithmeticException e) {
            if (planned.isPresent()) {
                throw e;
            }
            network = Optional.empty();
        }
        return new ReadModel(index, parsed, external, network);
    }

    private PipelineManifest write(Splitting splitting, Path model, Path folder, ModelDigest digest)
            throws IOException {
        PipelineManifest manifest;
        try (StageFiles files = new StageFiles(folder, model)) {
            manifest = splitting.write(model, files, externalData, digest::checked);
        }
        check.accept(folder);
        return manifest;
    }
}
