package io.github.codnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.TensorShape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelZooTest {

    /**
     * Figures known exactly. VGG-16: Darknet's vgg-16.cfg. VGG-19 and ResNet-50: the shapes that ONNX Runtime infers
     * for the published ONNX files. BVLC AlexNet and GoogLeNet: the model definitions for Caffe, with its pooling.
     * ViT-B/16: recomputed from the paper's table 1, attention included. Darknet: its own formulas over the public cfg
     * files, and the sizes of its weights files.
     */
    @ParameterizedTest
    @CsvSource({
        "vgg16,        224, 138357544,  15470264320",
        "vgg19,        224, 143667240,  19632062464",
        "resnet50,     224,  25557032,   4089184256",
        "alexnet-bvlc, 227,  60965224,    724406816",
        "googlenet,    224,   6998552,   1582671872",
        "vit-b-16,     224,  86567656,  17563828224",
        "darknet19,    256,  20856776,   3645374464",
        "darknet53,    256,  41645640,   9285115904",
        "darknet53,    448,  41645640,  28433555456",
        "yolov3,       320,  62001757,  19486412800",
        "yolov3,       416,  62001757,  32932037632",
        "yolov3,       608,  62001757,  70345950208",
        "yolov3-tiny,  416,   8858734,   2782480896",
    })
    void counts_equalPublishedFigures(String name, long size, long parameters, long macs) {
        LayerGraph network = ModelZoo.named(name).build(ZooInput.ofSize(size));

        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.macs()).isEqualTo(macs);
    }

    /**
     * The metadata of the weights of torchvision 0.28.0: number of parameters, and billions of operations (one per
     * multiply-accumulate) to three decimals.
     */
    @ParameterizedTest
    @CsvSource({
        "alexnet,                61100840,  0.714",
        "vgg11,                 132863336,  7.609",
        "vgg13,                 133047848, 11.308",
        "vgg16,                 138357544, 15.470",
        "vgg19,                 143667240, 19.632",
        "googlenet-torchvision,   6624904,  1.498",
        "resnet18,               11689512,  1.814",
        "resnet34,               21797672,  3.664",
        "resnet50,               25557032,  4.089",
        "resnet101,              44549160,  7.801",
        "resnet152,              60192808, 11.514",
        "resnext50-32x4d,        25028904,  4.230",
        "mobilenet-v2,            3504872,  0.301",
        "mobilenet-v3-large,      5483032,  0.217",
        "squeezenet1.0,           1248424,  0.819",
        "squeezenet1.1,           1235496,  0.349",
        "densenet121,             7978856,  2.834",
        "efficientnet-b0,         5288548,  0.386",
        "vit-b-16,               86567656, 17.564",
    })
    void counts_equalMetadataOfTorchvision(String name, long parameters, String billions) {
        LayerGraph network = ModelZoo.named(name).build();

        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(billions(network)).isEqualTo(billions);
    }

    /** Torchvision's metadata count the parameters of the auxiliary classifier, but not its operations. */
    @Test
    void inceptionV3_equalsMetadataOfTorchvision() {
        assertThat(ModelZoo.INCEPTION_V3_AUX.build().parameters()).isEqualTo(27_161_264);
        assertThat(billions(ModelZoo.INCEPTION_V3.build())).isEqualTo("5.713");
    }

    @Test
    void inceptionV3_differsByItsAuxiliaryClassifierOnly() {
        LayerGraph trained = ModelZoo.INCEPTION_V3_AUX.build();
        LayerGraph deployed = ModelZoo.INCEPTION_V3.build();

        assertThat(trained.layers().stream().filter(layer -> !layer.name().startsWith("AuxLogits/")))
                .containsExactlyElementsOf(deployed.layers());
        assertThat(trained.outputs()).hasSize(2);
    }

    /** Four products of width 768 and two of width 3,072 per token, and two of the sequence length, in 12 blocks. */
    @ParameterizedTest
    @CsvSource({"128, 11173625856", "384, 35332816896", "512, 48318382080"})
    void bertBase_encoderMacs_equalFormula(long tokens, long encoderMacs) {
        LayerGraph network = ModelZoo.BERT_BASE.build(ZooInput.ofSize(tokens));
        long pooler = 768L * 768;

        assertThat(network.parameters()).isEqualTo(109_482_240);
        assertThat(network.macs()).isEqualTo(encoderMacs + pooler);
    }

    /** 124,439,808 parameters as counted by Hugging Face's library, the language head tied to the word embeddings. */
    @Test
    void gpt2_headSharesTheWordEmbeddings() {
        LayerGraph network = ModelZoo.GPT2.build(ZooInput.ofSize(64));
        long blocks = 12 * (64L * 12 * 768 * 768 + 2L * 64 * 64 * 768);
        long head = 64L * 768 * 50_257;

        assertThat(network.parameters()).isEqualTo(124_439_808);
        assertThat(network.parameterBytes()).isEqualTo(4 * (124_439_808L + 768L * 50_257));
        assertThat(network.macs()).isEqualTo(blocks + head);
    }

    @Test
    void transformers_sequenceTooLong_isRefused() {
        assertThatThrownBy(() -> ModelZoo.BERT_BASE.build(ZooInput.ofSize(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("512");
        assertThatThrownBy(() -> ModelZoo.GPT2.build(ZooInput.ofSize(1025)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ModelZoo.VIT_B_16.build(ZooInput.ofSize(225)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("225");
    }

    /** Yolo detects at 1/32, 1/16 and 1/8 of the image size, with 3 boxes of 85 values. */
    @Test
    void yolov3_deliversThreeScales() {
        assertThat(ModelZoo.YOLOV3.build().outputs())
                .extracting(output -> output.shape())
                .containsExactly(
                        TensorShape.of(1, 255, 13, 13), TensorShape.of(1, 255, 26, 26), TensorShape.of(1, 255, 52, 52));
    }

    @Test
    void batchNorm_hasFourValuesPerChannelInDarknetOnly() {
        LayerGraph torchvision = ModelZoo.RESNET18.build();
        LayerGraph darknet = ModelZoo.DARKNET53.build();

        assertThat(torchvision.layers().get(torchvision.indexOf("conv1/bn")).parameters())
                .isEqualTo(2 * 64);
        assertThat(darknet.layers().get(darknet.indexOf("conv1/bn")).parameters())
                .isEqualTo(4 * 32);
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
        assertThat(ModelZoo.named("ViT_B/16")).isEqualTo(ModelZoo.VIT_B_16);
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

    private static String billions(LayerGraph network) {
        return BigDecimal.valueOf(network.macs(), 9)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static TensorShape outputOf(LayerGraph network, String layer) {
        return network.layers().get(network.indexOf(layer)).outputs().get(0).shape();
    }
}
