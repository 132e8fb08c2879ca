package io.github.codnn.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a split model as resources of KServe: an {@code InferenceService} for each stage, and an
 * {@code InferenceGraph} that calls them one after the other.
 *
 * <p>It is a starting point: storage, resources and node selectors are for the reader to add. A graph of KServe hands
 * the response of one step to the next and nothing else, so each stage must read exactly what the stage before it
 * writes.
 */
public final class KserveGraph {

    private static final int MAX_NAME = 63; // of a resource of Kubernetes
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));

    private KserveGraph() {}

    /**
     * Writes the resources as one YAML file.
     *
     * @param pipeline the folder with {@code pipeline.json}
     * @param name the name of the graph
     * @param storage where the files of the pipeline will lie, as in {@code pvc://models/net}
     * @param file the file to write
     * @throws CodnnException if the pipeline cannot be read, is not a chain of whole outputs, or if the file cannot be
     *     written
     */
    public static void write(Path pipeline, String name, String storage, Path file) {
        PipelineManifest manifest = PipelineJson.read(pipeline.resolve(PipelineManifest.FILE_NAME));
        String text = render(manifest, resourceName(name), storage);
        try {
            WholeFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodnnException("'" + file + "' cannot be written: " + WholeFiles.reason(e), e);
        }
    }

    static String render(PipelineManifest manifest, String name, String storage) {
        requireChain(manifest);
        requireDistinct(manifest, name);
        List<JsonNode> resources = new ArrayList<>();
        manifest.stages().forEach(stage -> resources.add(service(stage, serviceName(name, stage), storage)));
        resources.add(graph(manifest, name));
        return resources.stream().map(KserveGraph::yaml).collect(Collectors.joining());
    }

    private static void requireChain(PipelineManifest manifest) {
        String previous = PipelineManifest.CALLER;
        List<String> written =
                manifest.inputs().stream().map(PipelineTensor::name).toList();
        for (PipelineStage stage : manifest.stages()) {
            requireSame("Stage '" + stage.name() + "'", stage.inputs(), previous, written);
            previous = stage.name();
            written = stage.outputs().stream().map(PipelineTensor::name).toList();
        }
        requireSame("The result", manifest.outputs(), previous, written);
    }

    private static void requireSame(String reader, List<PipelineRoute> read, String writer, List<String> written) {
        List<String> names = read.stream().map(route -> route.tensor().name()).toList();
        boolean isChain = read.stream().allMatch(route -> route.from().equals(writer))
                && names.size() == written.size()
                && names.containsAll(written);
        if (!isChain) {
            throw new CodnnException(reader + " reads " + names + ", but '" + writer + "' writes " + written
                    + ". A graph of KServe hands on whole responses only. Cut where one stage reads all that the stage "
                    + "before it writes, or export to Triton");
        }
    }

    private static void requireDistinct(PipelineManifest manifest, String name) {
        Set<String> names = new HashSet<>();
        for (PipelineStage stage : manifest.stages()) {
            if (!names.add(serviceName(name, stage))) {
                throw new CodnnException("Two stages would become the resource '" + serviceName(name, stage)
                        + "', because Kubernetes allows lower-case letters, digits and hyphens only");
            }
        }
    }

    private static ObjectNode service(PipelineStage stage, String name, String storage) {
        ObjectNode service = resource("serving.kserve.io/v1beta1", "InferenceService", name);
        ObjectNode model = service.putObject("spec").putObject("predictor").putObject("model");
        model.putObject("modelFormat").put("name", "onnx");
        model.put("protocolVersion", "v2");
        model.put("storageUri", storage + "/" + stage.model().name());
        return service;
    }

    private static ObjectNode graph(PipelineManifest manifest, String name) {
        ObjectNode graph = resource("serving.kserve.io/v1alpha1", "InferenceGraph", name);
        ObjectNode root = graph.putObject("spec").putObject("nodes").putObject("root");
        root.put("routerType", "Sequence");
        ArrayNode steps = root.putArray("steps");
        for (PipelineStage stage : manifest.stages()) {
            ObjectNode step = steps.addObject().put("name", resourceName(stage.name()));
            step.put("serviceName", serviceName(name, stage));
            if (steps.size() > 1) {
                step.put("data", "$response");
            }
        }
        return graph;
    }

    private static ObjectNode resource(String version, String kind, String name) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("apiVersion", version).put("kind", kind);
        resource.putObject("metadata").put("name", name);
        return resource;
    }

    private static String serviceName(String name, PipelineStage stage) {
        return resourceName(name + "-" + stage.name());
    }

    /** Kubernetes allows lower-case letters, digits and hyphens, with a letter first and no hyphen last. */
    private static String resourceName(String name) {
        String changed =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        if (changed.isEmpty() || changed.length() > MAX_NAME) {
            throw new CodnnException("'" + name + "' makes no name of a Kubernetes resource, which has 1 to " + MAX_NAME
                    + " letters, digits and hyphens with a letter first. Give another --name");
        }
        return changed;
    }

    private static String yaml(JsonNode resource) {
        try {
            return YAML.writeValueAsString(resource);
        } catch (IOException e) {
            throw new IllegalStateException("A tree of texts cannot be rendered", e);
        }
    }
}
