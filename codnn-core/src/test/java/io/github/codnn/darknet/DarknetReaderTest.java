package io.github.codnn.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.Operator.Pooling;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.testing.TestData;
import io.github.codnn.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarknetReaderTest {

    private static final DarknetReader READER = DarknetReader.withDefaults();

    /** Counted by Darknet's own formulas over the public cfg files; floats of the published weights files. */
    @ParameterizedTest
    @CsvSource({
        "vgg-16,      138357544, 15470264320",
        "darknet53,    41645640,  9285115904",
        "yolov3-tiny,   8858734,  2782480896",
    })
    void publicFile_hasPublishedCounts(String name, long parameters, long macs) {
        ImportedModel model = READER.read(TestData.path("models/darknet/" + name + ".cfg"));

        assertThat(model.graph().name()).isEqualTo(name);
        assertThat(model.graph().parameters()).isEqualTo(parameters);
        assertThat(model.graph().macs()).isEqualTo(macs);
        assertThat(model.notices()).isEmpty();
        assertThat(model.unknownOperators()).isEmpty();
    }

    /** 2.344 G MACs and 11.52 M values; strided shortcuts without projection. */
    @Test
    void resnet18File_hasPublishedCounts() {
        LayerGraph network =
                READER.read(TestData.path("models/darknet/resnet18.cfg")).graph();

        assertThat(Math.round(network.macs() / 1e6)).isEqualTo(2344);
        assertThat(Math.round(network.parameters() / 1e4)).isEqualTo(1152);
        assertThat(shape(network, "shortcut_10")).isEqualTo(TensorShape.of(1, 128, 32, 32));
        assertThat(shape(network, "shortcut_10/from0/slice")).isEqualTo(TensorShape.of(1, 64, 32, 32));
        assertThat(shape(network, "shortcut_10/from0/pad")).isEqualTo(TensorShape.of(1, 128, 32, 32));
    }

    @Test
    void darknet53File_isTheNetworkOfTheZoo() {
        LayerGraph read =
                READER.read(TestData.path("models/darknet/darknet53.cfg")).graph();
        LayerGraph built = ModelZoo.DARKNET53.build();

        assertThat(costs(read)).isEqualTo(costs(built));
    }

    @Test
    void darknet53File_otherSizeAndBatch_scales() {
        Path file = TestData.path("models/darknet/darknet53.cfg");

        assertThat(READER.withSize(448, 448).read(file).graph().macs()).isEqualTo(28_433_555_456L);
        assertThat(READER.withBatch(3).read(file).graph().macs()).isEqualTo(3 * 9_285_115_904L);
    }

    @Test
    void vgg16File_isCroppedTo224() {
        LayerGraph network =
                READER.read(TestData.path("models/darknet/vgg-16.cfg")).graph();

        assertThat(network.inputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 256, 256));
        assertThat(shape(network, "crop_0")).isEqualTo(TensorShape.of(1, 3, 224, 224));
    }

    @Test
    void convolutional_normalized_becomesThreeLayers() {
        LayerGraph network =
                image(8, "[conv]\nbatch_normalize=1\nfilters=4\nsize=3\nstride=2\npad=1\nactivation=leaky");

        assertThat(names(network)).containsExactly("convolutional_0", "convolutional_0/bn", "convolutional_0/leaky");
        assertThat(kinds(network)).containsExactly("Conv", "BatchNormalization", "LeakyRelu");
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 4, 4, 4));
        assertThat(network.parameters()).isEqualTo(4 * 3 * 9 + 4 * 4);
        assertThat(network.macs()).isEqualTo(4 * 4 * 4 * 27);
    }

    @Test
    void convolutional_groupsAndSteps_areCounted() {
        LayerGraph network = image(8, """
                [convolutional]
                filters=6
                groups=3
                size=3
                stride_x=2
                stride_y=1
                padding=1
                dilation=1
                activation=linear
                """);

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 6, 8, 4));
        assertThat(network.parameters()).isEqualTo(6 * 9 + 6);
        assertThat(network.macs()).isEqualTo(6 * 8 * 4 * 9);
    }

    @Test
    void convolutional_withoutOptions_takesDarknetsDefaults() {
        LayerGraph network = image(8, "[convolutional]");

        assertThat(kinds(network)).containsExactly("Conv", "Sigmoid");
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 1, 8, 8));
        assertThat(network.parameters()).isEqualTo(3 + 1);
    }

    @Test
    void deconvolutional_enlarges() {
        LayerGraph network = image(8, "[deconvolutional]\nfilters=5\nsize=4\nstride=2\npadding=1\nactivation=linear");

        assertThat(kinds(network)).containsExactly("ConvTranspose");
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 5, 16, 16));
        assertThat(network.parameters()).isEqualTo(3 * 5 * 16 + 5);
        assertThat(network.macs()).isEqualTo(8 * 8 * 3 * 5 * 16);
    }

    /** Darknet sizes an unpadded local layer as (8 - 3) / 2 + 1 and a padded one as (8 - 1) / 2 + 1. */
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 4"})
    void local_hasWeightsOfItsOwnAtEachPosition(int pad, long extent) {
        LayerGraph network = image(8, "[local]\nfilters=2\nsize=3\nstride=2\npad=" + pad + "\nactivation=leaky");

        long outputs = 2L * extent * extent;
        assertThat(shape(network, "local_0")).isEqualTo(TensorShape.of(1, 2, extent, extent));
        assertThat(network.parameters()).isEqualTo(27 * outputs + outputs);
        assertThat(network.macs()).isEqualTo(27 * outputs);
    }

    @Test
    void maxPool_evenWindowOfStepOne_isPaddedAtTheEnd() {
        LayerGraph network = image(13, "[maxpool]\nsize=2\nstride=1");

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 13, 13));
        Pooling pooling = (Pooling) network.layers().get(0).operator();
        assertThat(pooling.window().padsBegin()).containsExactly(0, 0);
        assertThat(pooling.window().padsEnd()).containsExactly(1, 1);
    }

    @Test
    void poolingSections_haveDarknetsShapes() {
        assertThat(image(9, "[max]\nstride=2").outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 5, 5));
        assertThat(image(9, "[local_avgpool]\nsize=3\nstride=3")
                        .outputs()
                        .get(0)
                        .shape())
                .isEqualTo(TensorShape.of(1, 3, 3, 3));
        assertThat(image(9, "[avg]").outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 1, 1));
    }

    @Test
    void reorg_movesPixelsToChannelsAndBack() {
        assertThat(image(8, "[reorg]\nstride=2").outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 12, 4, 4));
        LayerGraph back = image(8, "[reorg]\nstride=2\n[reorg]\nstride=2\nreverse=1");
        assertThat(back.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 8, 8));
        assertThat(kinds(back)).containsExactly("SpaceToDepth", "DepthToSpace");
    }

    @Test
    void connected_afterImage_isFlattened() {
        LayerGraph network = image(4, "[connected]\noutput=10\nactivation=relu");

        assertThat(kinds(network)).containsExactly("Flatten", "Gemm", "Relu");
        assertThat(network.parameters()).isEqualTo(48 * 10 + 10);
        assertThat(network.macs()).isEqualTo(480);
    }

    @Test
    void connected_normalized_hasFourValuesPerOutput() {
        LayerGraph network = image(4, "[connected]\noutput=10\nbatch_normalize=1\nactivation=linear");

        assertThat(kinds(network)).containsExactly("Flatten", "MatMul", "BatchNormalization");
        assertThat(network.parameters()).isEqualTo(48 * 10 + 4 * 10);
    }

    @Test
    void convolutional_afterConnected_seesAnImageOfOnePixel() {
        LayerGraph network = image(4, "[connected]\noutput=10\n[convolutional]\nfilters=2\nactivation=linear");

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 2, 1, 1));
    }

    @Test
    void plainSections_keepTheShape() {
        LayerGraph network = image(4, """
                [batchnorm]
                [lrn]
                [l2norm]
                [activation]
                activation=mish
                [dropout]
                [logistic]
                [softmax]
                [cost]
                """);

        assertThat(kinds(network))
                .containsExactly(
                        "BatchNormalization", "LRN", "LpNormalization", "Mish", "Dropout", "Sigmoid", "Softmax");
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 4, 4));
        assertThat(network.parameters()).isEqualTo(12);
    }

    @Test
    void route_joinsChannelsOfSeveralLayers() {
        LayerGraph network = image(4, """
                [convolutional]
                filters=5
                activation=linear
                [convolutional]
                filters=7
                activation=linear
                [route]
                layers = -1, 0
                """);

        assertThat(shape(network, "route_2")).isEqualTo(TensorShape.of(1, 12, 4, 4));
        assertThat(network.layers().get(2).inputs().get(0).name()).isEqualTo("convolutional_1");
    }

    @Test
    void route_groups_takesPartOfTheChannels() {
        LayerGraph network = image(4, """
                [convolutional]
                filters=6
                activation=linear
                [route]
                layers=-1
                groups=2
                group_id=1
                [convolutional]
                filters=1
                activation=linear
                """);

        assertThat(shape(network, "route_1")).isEqualTo(TensorShape.of(1, 3, 4, 4));
        assertThat(kinds(network)).containsExactly("Conv", "Slice", "Conv");
    }

    @Test
    void route_toOneLayer_addsNoLayerUnlessItIsDelivered() {
        String body = """
                [convolutional]
                filters=6
                activation=linear
                [convolutional]
                activation=linear
                [route]
                layers=0
                """;

        assertThat(kinds(image(4, body + "[softmax]"))).containsExactly("Conv", "Conv", "Softmax");
        LayerGraph delivered = image(4, body);
        assertThat(kinds(delivered)).containsExactly("Conv", "Conv", "Identity");
        assertThat(delivered.outputs()).hasSize(2);
    }

    @Test
    void route_imagesOfDifferentSizes_areJoinedAsVectors() {
        LayerGraph network = image(4, "[activation]\n[maxpool]\nsize=2\nstride=2\n[route]\nlayers=-1,-2");

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3 * 16 + 3 * 4));
    }

    @Test
    void shortcut_addsSeveralLayers() {
        LayerGraph network = image(4, """
                [activation]
                [activation]
                [activation]
                [shortcut]
                from=-2,-3
                activation=leaky
                """);

        assertThat(kinds(network)).containsExactly("Identity", "Identity", "Identity", "Add", "Add", "LeakyRelu");
    }

    @Test
    void shortcut_fromSmallerImage_isSpread() {
        LayerGraph network = image(4, "[activation]\n[maxpool]\nsize=2\nstride=2\n[upsample]\n[shortcut]\nfrom=-2");

        assertThat(kinds(network)).containsExactly("Identity", "MaxPool", "Resize", "Resize", "Add");
    }

    @Test
    void squeezeAndExcitation_scalesChannels() {
        LayerGraph network = image(4, """
                [convolutional]
                filters=6
                activation=swish
                [avgpool]
                [convolutional]
                filters=6
                activation=logistic
                [scale_channels]
                from=0
                [sam]
                from=0
                """);

        assertThat(shape(network, "scale_channels_3")).isEqualTo(TensorShape.of(1, 6, 4, 4));
        assertThat(shape(network, "sam_4")).isEqualTo(TensorShape.of(1, 6, 4, 4));
    }

    /**
     * An RNN has one layer from the input and two of its own size, a GRU three and three, an LSTM four and four; each
     * has its bias.
     */
    @ParameterizedTest
    @CsvSource({
        "rnn,  RNN,  0, 1, 2",
        "gru,  GRU,  0, 3, 3",
        "lstm, LSTM, 0, 4, 4",
        "gru,  GRU,  1, 3, 3",
    })
    void recurrentSection_countsItsInnerLayers(String section, String kind, int normalize, long outer, long inner) {
        LayerGraph network =
                READER.read("rnn.cfg", """
                [net]
                inputs=256
                time_steps=5
                [%s]
                batch_normalize=%d
                output=64
                activation=leaky
                """.formatted(section, normalize)).graph();

        long weights = outer * 256 * 64 + inner * 64 * 64;
        long perOutput = normalize == 0 ? 1 : 4;
        assertThat(kinds(network)).containsExactly(kind);
        assertThat(network.parameters()).isEqualTo(weights + (outer + inner) * 64 * perOutput);
        assertThat(network.macs()).isEqualTo(5 * weights);
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(5, 64));
    }

    @Test
    void crnn_hasThreeConvolutions() {
        LayerGraph network = image(8, "[crnn]\nhidden_filters=4\noutput_filters=6\nactivation=leaky");

        long weights = 9L * (3 * 4 + 4 * 4 + 4 * 6);
        assertThat(network.parameters()).isEqualTo(weights + 4 + 4 + 6);
        assertThat(network.macs()).isEqualTo(64 * weights);
        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 6, 8, 8));
    }

    @Test
    void convolutionalLstm_hasEightConvolutionsAndThreePeepholes() {
        String section = "[conv_lstm]\noutput_filters=4\nsize=3\npad=1\nactivation=leaky\npeephole=";

        assertThat(image(8, section + 0).parameters()).isEqualTo(4 * 9 * (3 * 4 + 4 * 4) + 8 * 4);
        assertThat(image(8, section + 1).parameters()).isEqualTo(4 * 9 * (3 * 4 + 4 * 4) + 3 * 9 * 16 + 11 * 4);
    }

    @Test
    void heads_takeTheChannelsOfTheirBoxesAndClasses() {
        assertThat(kinds(image(4, filters(3 * 85) + "[yolo]\nmask=0,1,2\nnum=9\nclasses=80")))
                .endsWith("Yolo");
        assertThat(kinds(image(4, filters(2 * 12) + "[Gaussian_yolo]\nmask=0,1\nnum=6\nclasses=3")))
                .endsWith("GaussianYolo");
        assertThat(kinds(image(4, filters(5 * 25) + "[region]\nnum=5\nclasses=20\ncoords=4")))
                .endsWith("Region");
        assertThat(kinds(image(4, filters(52) + "[iseg]"))).endsWith("InstanceSegmentation");
        assertThat(kinds(image(
                        4, "[connected]\noutput=1470\nactivation=linear\n[detection]\nclasses=20\ncoords=4\nnum=2")))
                .endsWith("Detection");
    }

    @Test
    void head_otherNumberOfChannels_isRefused() {
        assertRefused(image("[yolo]\nclasses=80\nnum=3"), "line 5", "[yolo]", "255 channels", "[1, 3, 8, 8]");
    }

    @Test
    void unknownSection_isRefusedWithLineAndName() {
        assertRefused(image("[convolutional]\n\n[convolutionel]"), "test.cfg, line 7", "[convolutionel]", "unknown");
    }

    @Test
    void unknownOption_isReported() {
        ImportedModel model = READER.read("test.cfg", image("[convolutional]\nfilers=32\nlearning_rate=1"));

        assertThat(model.notices()).hasSize(2);
        assertThat(model.notices().get(0)).contains("Line 5", "no option 'filters'");
        assertThat(model.notices().get(1)).contains("Line 6", "filers", "[convolutional]");
    }

    @Test
    void commentsAndWhiteSpace_areIgnored() {
        LayerGraph network = READER.read("test", """
                # comment
                ; comment
                  [ net ]
                width = 8   # pixels
                height=8
                channels=3
                [max pool]
                size = 2
                stride= 2
                """).graph();

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 3, 4, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filters=-1",
                "filters=0",
                "filters=3.5",
                "filters=99999999999",
                "filters=",
                "size=-3",
                "size=9",
                "size=2147483647",
                "stride=0",
                "groups=2",
                "groups=0",
                "padding=-1",
                "activation=nonsense",
                "antialiasing=1",
                "nonsense",
                "=1",
                "size=2147483647\npad=1\nfilters=2147483647",
            })
    void convolutional_hostileOption_isRefused(String option) {
        assertThatThrownBy(() -> READER.read("test.cfg", image("[convolutional]\n" + option)))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("test.cfg, line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[crop]\ncrop_height=9\ncrop_width=8",
                "[reorg]\nstride=3",
                "[reorg]\nstride=2\nreverse=1",
                "[reorg]\nstride=2147483647\nreverse=1",
                "[upsample]\nstride=-9",
                "[maxpool]\nsize=0",
                "[maxpool]\nsize=40\npadding=0",
                "[maxpool]\nmaxpool_depth=1",
                "[local]\nsize=9",
                "[connected]\noutput=2147483647\n[connected]\noutput=2147483647\n[connected]\noutput=2147483647",
                "[route]",
                "[route]\nlayers=0",
                "[route]\nlayers=-1",
                "[activation]\n[route]\nlayers=-2147483648",
                "[activation]\n[route]\nlayers=1",
                "[activation]\n[route]\nlayers=0\ngroups=2",
                "[activation]\n[route]\nlayers=0\ngroup_id=1",
                "[activation]\n[route]\nlayers=,",
                "[activation]\n[shortcut]",
                "[activation]\n[shortcut]\nfrom=-1\nweights_type=per_channel",
                "[connected]\n[activation]\n[shortcut]\nfrom=9",
                "[activation]\n[connected]\noutput=3\n[shortcut]\nfrom=-2",
                "[activation]\n[scale_channels]\nfrom=0",
                "[activation]\n[maxpool]\nstride=2\n[sam]\nfrom=0",
                "[lstm]\noutput=0",
                "[gru]\noutput=2147483647",
                "[crnn]\nsize=2",
                "[conv_lstm]\nbottleneck=1",
                "[conv_lstm]\ngroups=2",
                "[]",
                "[net",
            })
    void section_hostileOptions_isRefused(String section) {
        assertThatThrownBy(() -> READER.read("test.cfg", image(section)))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("test.cfg, line ")
                .hasMessageMatching("[^\\n\\r]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "[net]",
                "width=3",
                "[convolutional]\n[net]",
                "[net]\nwidth=8\nheight=8\n[softmax]",
                "[net]\nwidth=-8\nheight=8\nchannels=3\n[softmax]",
                "[net]\nwidth=2147483647\nheight=2147483647\nchannels=2147483647\n[softmax]",
                "[net]\ninputs=8\ntime_steps=0\n[softmax]",
                "[net]\ninputs=8\n[cost]",
            })
    void text_withoutNetwork_isRefused(String text) {
        assertThatThrownBy(() -> READER.read("test.cfg", text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("test.cfg");
    }

    @Test
    void file_missing_isRefused() {
        assertThatThrownBy(() -> READER.read(Path.of("no-such.cfg")))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("no-such.cfg");
    }

    @Test
    void text_tooLong_isRefused() {
        assertThatThrownBy(() -> READER.read("test.cfg", "#".repeat((1 << 20) + 1)))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("1048576");
    }

    private static void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> READER.read("test.cfg", text))
                .isInstanceOf(CodnnException.class)
                .hasMessageContainingAll(parts);
    }

    private static String filters(int number) {
        return "[convolutional]\nactivation=linear\nfilters=" + number + "\n";
    }

    private static String image(String sections) {
        return "[net]\nwidth=8\nheight=8\nchannels=3\n" + sections;
    }

    private static LayerGraph image(int extent, String sections) {
        return READER.withSize(extent, extent).read("test.cfg", image(sections)).graph();
    }

    private static TensorShape shape(LayerGraph network, String layer) {
        return network.layers().get(network.indexOf(layer)).outputs().get(0).shape();
    }

    private static List<String> names(LayerGraph network) {
        return network.layers().stream().map(Layer::name).toList();
    }

    private static List<String> kinds(LayerGraph network) {
        return network.layers().stream().map(layer -> layer.operator().kind()).toList();
    }

    private static List<List<Object>> costs(LayerGraph network) {
        return network.layers().stream()
                .map(layer -> List.<Object>of(
                        layer.operator(),
                        layer.parameters(),
                        layer.parameterBytes(),
                        layer.macs(),
                        layer.outputs().get(0).shape()))
                .toList();
    }
}
