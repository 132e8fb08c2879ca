package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator;
import io.github.codnn.testing.TestData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ONNX model files of the test data: Caffe2 exports whose weights are {@code ConstantOfShape}. Counts follow from
 * the shapes that ONNX Runtime infers; parameters of ResNet-50 and VGG-19 are those that torchvision 0.28 states, those
 * of the others follow from BVLC's prototxt files.
 */
class OnnxModelsTest {

    private static Path model(String name) {
        return TestData.path("models/onnx/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "light_bvlc_alexnet.onnx, 24, 654560384, 60965224",
        "light_inception_v1.onnx, 143, 1431556352, 6998552",
        "light_resnet50.onnx, 176, 4089184256, 25557032",
        "light_vgg19.onnx, 46, 19632062464, 143667240"
    })
    void read_realModel_hasExactCounts(String file, int layers, long macs, long parameters) {
        ImportedModel imported = OnnxReader.withDefaults().read(model(file));

        LayerGraph graph = imported.graph();
        assertThat(graph.macs()).isEqualTo(macs);
        assertThat(graph.parameters()).isEqualTo(parameters);
        assertThat(graph.parameterBytes()).isEqualTo(4 * parameters);
        assertThat(graph.layers()).hasSize(layers);
        assertThat(imported.unknownOperators()).isEmpty();
        assertThat(imported.notices()).isEmpty();
    }

    @Test
    void read_googLeNet_keepsWindowsAndShapes() {
        LayerGraph graph =
                OnnxReader.withDefaults().read(model("light_inception_v1.onnx")).graph();

        assertThat(graph.inputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[1, 3, 224, 224]");
        assertThat(graph.outputs())
                .extracting(tensor -> tensor.shape().toString())
                .containsExactly("[1, 1000]");
        Layer first = graph.layers().get(0);
        assertThat(first.operator()).isInstanceOfSatisfying(Operator.Convolution.class, convolution -> {
            assertThat(convolution.window().kernel()).containsExactly(7, 7);
            assertThat(convolution.window().strides()).containsExactly(2, 2);
            assertThat(convolution.groups()).isEqualTo(1);
        });
        assertThat(first.outputs().get(0).shape().toString()).isEqualTo("[1, 64, 112, 112]");
        assertThat(first.parameters()).isEqualTo(64 * 3 * 7 * 7 + 64);
    }
}
