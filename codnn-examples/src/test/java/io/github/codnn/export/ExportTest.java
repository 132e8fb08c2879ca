package io.github.codnn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.TextFormat;
import io.github.codnn.CodnnException;
import io.github.codnn.export.triton.DataType;
import io.github.codnn.export.triton.ModelConfig;
import io.github.codnn.serve.TwoStages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir
    private Path folder;

    private Path pipeline;

    @BeforeEach
    void makeFolder() throws IOException {
        pipeline = Files.createDirectory(folder.resolve("net"));
    }

    @Test
    void triton_ofTwoStages_connectsThemInAnEnsemble() throws IOException {
        TwoStages.write(pipeline);
        Path repository = folder.resolve("repository");

        TritonRepository.write(pipeline, "whole", repository);

        ModelConfig two = parse(repository.resolve("two").resolve("config.pbtxt"));
        assertThat(two.getBackend()).isEqualTo("onnxruntime");
        assertThat(two.getInputList()).extracting("name").containsExactly("y", "x");
        assertThat(two.getInput(0).getDataType()).isEqualTo(DataType.TYPE_FP32);
        assertThat(two.getInput(0).getDimsList()).containsExactly(1L);
        assertThat(repository.resolve("two").resolve("1").resolve("model.onnx"))
                .hasSameBinaryContentAs(pipeline.resolve("two.onnx"));
        ModelConfig whole = parse(repository.resolve("whole").resolve("config.pbtxt"));
        assertThat(whole.getPlatform()).isEqualTo("ensemble");
        assertThat(whole.getOutputList()).extracting("name").containsExactly("z", "y");
        assertThat(whole.getEnsembleScheduling().getStepList())
                .satisfiesExactly(
                        one -> assertThat(one.getOutputMapMap()).isEqualTo(Map.of("y", "y")),
                        second -> assertThat(second.getInputMapMap()).isEqualTo(Map.of("y", "y", "x", "x")));
        assertThat(repository.resolve("whole").resolve("1")).isEmptyDirectory();
    }

    @Test
    void triton_folderExistsOrFileChanged_leavesNothingBehind() throws IOException {
        TwoStages.write(pipeline);

        assertThatThrownBy(() -> TritonRepository.write(pipeline, "whole", pipeline))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> TritonRepository.write(pipeline, "two", folder.resolve("new")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("named 'two' already");
        Files.writeString(pipeline.resolve("two.onnx"), "changed");
        assertThatThrownBy(() -> TritonRepository.write(pipeline, "whole", folder.resolve("new")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("two.onnx");

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(pipeline);
        }
    }

    @Test
    void kserve_ofChain_callsOneServiceAfterTheOther() throws IOException {
        TwoStages.writeChain(pipeline);
        Path file = folder.resolve("graph.yaml");

        KserveGraph.write(pipeline, "My_Net", "pvc://models/net", file);

        List<JsonNode> resources;
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> read = yaml.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            resources = read.readAll();
        }
        assertThat(resources)
                .extracting(resource -> resource.path("kind").asText())
                .containsExactly("InferenceService", "InferenceService", "InferenceGraph");
        JsonNode service = resources.get(1);
        assertThat(service.at("/metadata/name").asText()).isEqualTo("my-net-two");
        assertThat(service.at("/spec/predictor/model/modelFormat/name").asText())
                .isEqualTo("onnx");
        assertThat(service.at("/spec/predictor/model/storageUri").asText()).isEqualTo("pvc://models/net/two.onnx");
        JsonNode steps = resources.get(2).at("/spec/nodes/root/steps");
        assertThat(steps)
                .extracting(step -> step.path("serviceName").asText())
                .containsExactly("my-net-one", "my-net-two");
        assertThat(steps).extracting(step -> step.path("data").asText()).containsExactly("", "$response");
    }

    @Test
    void kserve_ofStagesThatReadEarlierTensors_isRefused() throws IOException {
        TwoStages.write(pipeline);

        assertThatThrownBy(() -> KserveGraph.write(pipeline, "net", "pvc://models", folder.resolve("graph.yaml")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("Stage 'two' reads [y, x], but 'one' writes [y]");
        assertThat(folder.resolve("graph.yaml")).doesNotExist();
    }

    private static ModelConfig parse(Path file) throws IOException {
        return TextFormat.parse(Files.readString(file), ModelConfig.class);
    }
}
