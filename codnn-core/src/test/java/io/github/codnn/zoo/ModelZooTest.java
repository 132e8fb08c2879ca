package io.github.codnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelZooTest {

    /**
     * Where every figure is known exactly. VGG: parameters from the metadata of torchvision 0.28.0; the MACs of VGG-16 are
     * those of Darknet's vgg-16.cfg, those of VGG-19 follow from the shapes that ONNX Runtime infers for the published
     * ONNX file. GoogLeNet: the BVLC model definition for Caffe. DarkNet-53: darknet53.cfg at 256 and 448 pixels, and the
     * size of its weights file.
     */
    @ParameterizedTest
    @CsvSource({
        "vgg16,      224, 138357544,  15470264320",
        "vgg19,      224, 143667240,  19632062464",
        "googlenet,  224,   6998552,   1582671872",
        "darknet53,  256,  41645640,   9285115904",
        "darknet53,  448,  41645640,  28433555456",
    })
    void counts_equalPublishedFigures(String name, long size, long parameters, long macs) {
        LayerGraph network = ModelZoo.named(name).build(ZooInput.ofSize(size));

        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.macs()).isEqualTo(macs);
    }

    @ParameterizedTest
    @EnumSource
    void batchOfThree_triplesMacsAndKeepsParameters(ModelZoo model) {
        LayerGraph one = model.build();
        LayerGraph three = model.build(model.defaultInput().withBatch(3));

        assertThat(three.macs()).isEqualTo(3 * one.macs());
        assertThat(three.parameters()).isEqualTo(one.parameters());
        assertThat(three.parameterBytes()).isEqualTo(one.parameterBytes());
        assertThat(three.layers()).hasSameSizeAs(one.layers());
    }

    @ParameterizedTest
    @EnumSource
    void tensor_isAlwaysRead(ModelZoo model) {
        LayerGraph network = model.build();

        assertThat(network.inputs())
                .allMatch(input -> !network.consumersOf(input.name()).isEmpty());
        assertThat(network.outputs()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void named_findsEveryTitle(ModelZoo model) {
        assertThat(ModelZoo.named(model.title())).isEqualTo(model);
        assertThat(model.build().name()).isEqualTo(model.title());
        assertThat(ModelZoo.names()).contains(model.title());
    }

    @Test
    void named_ignoresCaseAndPunctuation() {
        assertThat(ModelZoo.named("VGG-16")).isEqualTo(ModelZoo.VGG16);
    }

    @Test
    void named_unknownNetwork_listsWhatThereIs() {
        assertThatThrownBy(() -> ModelZoo.named("vgg20"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg20")
                .hasMessageContaining("vgg19");
    }

    @Test
    void googLeNet_poolingRoundsUp() {
        LayerGraph network = ModelZoo.GOOGLENET.build();

        assertThat(outputOf(network, "pool1/3x3_s2")).isEqualTo(TensorShape.of(1, 64, 56, 56));
        assertThat(outputOf(network, "pool2/3x3_s2")).isEqualTo(TensorShape.of(1, 192, 28, 28));
        assertThat(outputOf(network, "pool4/3x3_s2")).isEqualTo(TensorShape.of(1, 832, 7, 7));
        assertThat(outputOf(network, "inception_5b/output")).isEqualTo(TensorShape.of(1, 1024, 7, 7));
    }

    @Test
    void vgg16_otherSize_isAveragedToTheSizeOfItsClassifier() {
        LayerGraph network = ModelZoo.VGG16.build(ZooInput.ofSize(448));

        assertThat(outputOf(network, "avgpool")).isEqualTo(TensorShape.of(1, 512, 7, 7));
        assertThat(network.parameters()).isEqualTo(138_357_544);
    }

    @Test
    void vgg16_sizeThatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> ModelZoo.VGG16.build(ZooInput.ofSize(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("avgpool")
                .hasMessageContaining("8x8");
    }

    @Test
    void input_notPositive_isRefused() {
        assertThatThrownBy(() -> ZooInput.ofSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ZooInput.ofSize(224).withBatch(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TensorShape outputOf(LayerGraph network, String layer) {
        return network.layers().get(network.indexOf(layer)).outputs().get(0).shape();
    }
}
