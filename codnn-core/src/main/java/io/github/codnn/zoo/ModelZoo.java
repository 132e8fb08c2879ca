package io.github.codnn.zoo;

import io.github.codnn.NearestNames;
import io.github.codnn.graph.LayerGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The standard networks, each built in code at any batch and input size.
 *
 * <pre>{@code
 * LayerGraph network = ModelZoo.GOOGLENET.build();
 * LayerGraph batched = ModelZoo.VGG16.build(ModelZoo.VGG16.defaultInput().withBatch(4));
 * LayerGraph named = ModelZoo.named("vgg-16").build();
 * }</pre>
 *
 * <p>Layers are as in an ONNX export: convolution, normalisation, activation, pooling and joins are separate layers.
 * Parameters are counted as in the publications of the original framework: trained values for the networks of
 * torchvision and of Hugging Face, all values in the weights file for those of Caffe and Darknet. A batch normalisation
 * therefore has two per channel in the former, scale and shift, and four in the latter, also mean and variance.
 * Multiply-accumulates (MACs) are those of convolutions, fully connected layers and matrix products.
 *
 * <p>Every call builds a new network, in time linear in its layers. Thread-safe.
 */
public enum ModelZoo {
    /** AlexNet (Krizhevsky et al.) as in torchvision, without groups: 61,100,840 parameters. */
    ALEXNET("alexnet", 224, "Krizhevsky et al., as in torchvision", AlexNets::torchvision),
    /** AlexNet as the BVLC model for Caffe, grouped: 60,965,224 parameters, 724,406,816 MACs at 227 pixels. */
    ALEXNET_BVLC("alexnet-bvlc", 227, "Krizhevsky et al., as the BVLC model for Caffe", AlexNets::caffe),
    /** VGG-11 (Simonyan and Zisserman, ICLR 2015), configuration A: 132,863,336 parameters. */
    VGG11("vgg11", 224, "Simonyan and Zisserman, ICLR 2015", (net, input) -> Vgg.build(net, input, 1, 1, 2, 2, 2)),
    /** VGG-13 (Simonyan and Zisserman, ICLR 2015), configuration B: 133,047,848 parameters. */
    VGG13("vgg13", 224, "Simonyan and Zisserman, ICLR 2015", (net, input) -> Vgg.build(net, input, 2, 2, 2, 2, 2)),
    /** VGG-16 (Simonyan and Zisserman, ICLR 2015), configuration D: 138,357,544 parameters. */
    VGG16("vgg16", 224, "Simonyan and Zisserman, ICLR 2015", (net, input) -> Vgg.build(net, input, 2, 2, 3, 3, 3)),
    /** VGG-19 (Simonyan and Zisserman, ICLR 2015), configuration E: 143,667,240 parameters. */
    VGG19("vgg19", 224, "Simonyan and Zisserman, ICLR 2015", (net, input) -> Vgg.build(net, input, 2, 2, 4, 4, 4)),
    /**
     * GoogLeNet (Szegedy et al., CVPR 2015) as the BVLC model for Caffe, without the auxiliary classifiers of training:
     * 6,998,552 parameters, 1,582,671,872 MACs. Pooling rounds up.
     */
    GOOGLENET("googlenet", 224, "Szegedy et al., CVPR 2015, as the BVLC model for Caffe", CaffeGoogLeNet::build),
    /** GoogLeNet as in torchvision, with batch normalisation, without auxiliary classifiers: 6,624,904 parameters. */
    GOOGLENET_TORCHVISION(
            "googlenet-torchvision", 224, "Szegedy et al., CVPR 2015, as in torchvision", TorchvisionGoogLeNet::build),
    /**
     * Inception-v3 (Szegedy et al., CVPR 2016) as it runs at inference, without the auxiliary classifier of training.
     */
    INCEPTION_V3("inception-v3", 299, "Szegedy et al., CVPR 2016", InceptionV3::build),
    /** Inception-v3 with its auxiliary classifier as a second output, as trained: 27,161,264 parameters. */
    INCEPTION_V3_AUX("inception-v3-aux", 299, "Szegedy et al., CVPR 2016", InceptionV3::withAuxiliary),
    /** ResNet-18 (He et al., CVPR 2016): 11,689,512 parameters. */
    RESNET18("resnet18", 224, "He et al., CVPR 2016", (net, input) -> ResNets.basic(net, input, 2, 2, 2, 2)),
    /** ResNet-34 (He et al., CVPR 2016): 21,797,672 parameters. */
    RESNET34("resnet34", 224, "He et al., CVPR 2016", (net, input) -> ResNets.basic(net, input, 3, 4, 6, 3)),
    /** ResNet-50 (He et al., CVPR 2016), strides on the 3x3 convolutions: 25,557,032 parameters. */
    RESNET50("resnet50", 224, "He et al., CVPR 2016", (net, input) -> ResNets.bottleneck(net, input, 3, 4, 6, 3)),
    /** ResNet-101 (He et al., CVPR 2016), strides on the 3x3 convolutions: 44,549,160 parameters. */
    RESNET101("resnet101", 224, "He et al., CVPR 2016", (net, input) -> ResNets.bottleneck(net, input, 3, 4, 23, 3)),
    /** ResNet-152 (He et al., CVPR 2016), strides on the 3x3 convolutions: 60,192,808 parameters. */
    RESNET152("resnet152", 224, "He et al., CVPR 2016", (net, input) -> ResNets.bottleneck(net, input, 3, 8, 36, 3)),
    /** ResNeXt-50 32x4d (Xie et al., CVPR 2017): 25,028,904 parameters. */
    RESNEXT50("resnext50-32x4d", 224, "Xie et al., CVPR 2017", ResNets::resNext50),
    /** MobileNetV2 (Sandler et al., CVPR 2018): 3,504,872 parameters. */
    MOBILENET_V2("mobilenet-v2", 224, "Sandler et al., CVPR 2018", MobileNets::v2),
    /** MobileNetV3-Large (Howard et al., ICCV 2019): 5,483,032 parameters. */
    MOBILENET_V3_LARGE("mobilenet-v3-large", 224, "Howard et al., ICCV 2019", MobileNets::v3Large),
    /** SqueezeNet 1.0 (Iandola et al., 2016): 1,248,424 parameters. */
    SQUEEZENET_1_0("squeezenet1.0", 224, "Iandola et al., 2016", SqueezeNets::version10),
    /** SqueezeNet 1.1 (Iandola et al., 2016): 1,235,496 parameters. */
    SQUEEZENET_1_1("squeezenet1.1", 224, "Iandola et al., 2016", SqueezeNets::version11),
    /** DenseNet-121 (Huang et al., CVPR 2017): 7,978,856 parameters. */
    DENSENET121("densenet121", 224, "Huang et al., CVPR 2017", DenseNet121::build),
    /** EfficientNet-B0 (Tan and Le, ICML 2019): 5,288,548 parameters. */
    EFFICIENTNET_B0("efficientnet-b0", 224, "Tan and Le, ICML 2019", MobileNets::efficientNetB0),
    /** DarkNet-19 (Redmon and Farhadi, CVPR 2017): 20,856,776 values in the weights file, 3,645,374,464 MACs. */
    DARKNET19("darknet19", 256, "Redmon and Farhadi, CVPR 2017", Darknets::darknet19),
    /** DarkNet-53 (Redmon and Farhadi, 2018): 41,645,640 values in the weights file, 9,285,115,904 MACs. */
    DARKNET53("darknet53", 256, "Redmon and Farhadi, 2018", Darknets::darknet53),
    /** YOLOv3 (Redmon and Farhadi, 2018): 62,001,757 values in the weights file, 32,932,037,632 MACs at 416 pixels. */
    YOLOV3("yolov3", 416, "Redmon and Farhadi, 2018", Darknets::yolov3),
    /** YOLOv3-tiny (Redmon and Farhadi, 2018): 8,858,734 values in the weights file, 2,782,480,896 MACs. */
    YOLOV3_TINY("yolov3-tiny", 416, "Redmon and Farhadi, 2018", Darknets::yolov3Tiny),
    /**
     * BERT base, uncased (Devlin et al., NAACL 2019), with pooler: 109,482,240 parameters; at most 512 tokens. Its
     * inputs are the ids of words, segments and positions, and a mask that is added to the attention scores.
     */
    BERT_BASE("bert-base", 128, "Devlin et al., NAACL 2019", Transformers::bert),
    /** ViT-B/16 (Dosovitskiy et al., ICLR 2021): 86,567,656 parameters, 17,563,828,224 MACs. */
    VIT_B_16("vit-b-16", 224, "Dosovitskiy et al., ICLR 2021", Transformers::vit),
    /**
     * The small GPT-2 (Radford et al., 2019) with its language head: 124,439,808 parameters; at most 1,024 tokens. The
     * head shares the weights of the word embeddings: they are counted there, but {@link LayerGraph#parameterBytes()}
     * includes them twice, because the two layers may run on two devices.
     */
    GPT2("gpt2", 128, "Radford et al., 2019", Transformers::gpt2);

    /** Adds the layers of one network to a builder. */
    @FunctionalInterface
    private interface Blueprint {
        void draw(NetworkBuilder net, ZooInput input);
    }

    private final String title;
    private final long size;
    private final String source;
    private final Blueprint blueprint;

    ModelZoo(String title, long size, String source, Blueprint blueprint) {
        this.title = title;
        this.size = size;
        this.source = source;
        this.blueprint = blueprint;
    }

    /**
     * Finds a network by name.
     *
     * @param name the name; upper and lower case, spaces and punctuation make no difference
     * @return the network
     * @throws IllegalArgumentException if no network has that name
     */
    public static ModelZoo named(String name) {
        String key = key(name);
        return Arrays.stream(values())
                .filter(network -> key(network.title).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The model zoo has no network '" + name + "'."
                        + NearestNames.question(name, names()) + " It has " + String.join(", ", names())));
    }

    /**
     * Returns the names of all networks.
     *
     * @return the names, in the order of the constants
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(ModelZoo::title).toList();
    }

    /**
     * Returns the name of the network, which is also the name of the graphs it builds.
     *
     * @return the name in lower case, such as {@code vgg16}
     */
    public String title() {
        return title;
    }

    /**
     * Returns where the network was published.
     *
     * @return authors, venue or year, and the framework whose variant this is if there are several
     */
    public String source() {
        return source;
    }

    /**
     * Returns the input for which the figures of the network are published; 128 tokens for the networks that accept any
     * number of them.
     *
     * @return a single image or sequence of the published size
     */
    public ZooInput defaultInput() {
        return ZooInput.ofSize(size);
    }

    /**
     * Builds the network for a single image or sequence of the published size.
     *
     * @return the network
     */
    public LayerGraph build() {
        return build(defaultInput());
    }

    /**
     * Builds the network.
     *
     * @param input the batch and size
     * @return the network
     * @throws IllegalArgumentException if the network cannot process that size
     * @throws ArithmeticException if a count does not fit a {@code long}
     */
    public LayerGraph build(ZooInput input) {
        NetworkBuilder net = NetworkBuilder.named(title);
        blueprint.draw(net, input);
        return net.build();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
