package io.github.codnn.zoo;

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
 * <p>Layers are as fine as in an ONNX export: convolution, normalisation, activation, pooling and joins each stand alone.
 * Parameters are counted as the framework of origin publishes them: trained values for the networks of torchvision and
 * of Hugging Face, everything in the weights file for those of Caffe and Darknet (with batch normalisation, scale,
 * shift, mean and variance). {@link LayerGraph#parameterBytes()} is always everything that a device must hold.
 * Multiply-accumulates (MACs) are those of convolutions, fully connected layers and matrix products.
 *
 * <p>A network is built anew by every call, in time linear in its layers. Thread-safe.
 */
public enum ModelZoo {
    /** VGG-16 (Simonyan and Zisserman, ICLR 2015), configuration D: 138,357,544 parameters. */
    VGG16("vgg16", 224, (net, input) -> Vgg.build(net, input, 2, 2, 3, 3, 3)),
    /** VGG-19 (Simonyan and Zisserman, ICLR 2015), configuration E: 143,667,240 parameters. */
    VGG19("vgg19", 224, (net, input) -> Vgg.build(net, input, 2, 2, 4, 4, 4)),
    /**
     * GoogLeNet (Szegedy et al., CVPR 2015) as the BVLC model for Caffe, without the auxiliary classifiers of training:
     * 6,998,552 parameters, 1,582,671,872 MACs. Pooling rounds up.
     */
    GOOGLENET("googlenet", 224, CaffeGoogLeNet::build),
    /** DarkNet-53 (Redmon and Farhadi, 2018): 41,645,640 values in the weights file, 9,285,115,904 MACs. */
    DARKNET53("darknet53", 256, Darknets::darknet53);

    /** Writes the layers of one network. */
    @FunctionalInterface
    private interface Blueprint {
        void draw(NetworkBuilder net, ZooInput input);
    }

    private final String title;
    private final long size;
    private final Blueprint blueprint;

    ModelZoo(String title, long size, Blueprint blueprint) {
        this.title = title;
        this.size = size;
        this.blueprint = blueprint;
    }

    /**
     * Finds a network by name.
     *
     * @param name the name; upper and lower case, spaces and punctuation make no difference
     * @return the network
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ModelZoo named(String name) {
        String key = key(name);
        return Arrays.stream(values())
                .filter(network -> key(network.title).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The model zoo has no network '" + name + "'. It has " + String.join(", ", names())));
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
     * Returns the input for which the network was published.
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
     * @throws IllegalArgumentException if the network cannot take that size
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
