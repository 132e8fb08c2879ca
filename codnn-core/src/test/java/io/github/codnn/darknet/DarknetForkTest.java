package io.github.codnn.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ImportedModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.graph.TensorShape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections, options and activations in which Darknet and its forks differ. */
class DarknetForkTest {

    private static final String INPUT = "[net]\nwidth=8\nheight=8\nchannels=3\n";

    /** 9 (3 x 4 + 4 x 4 + 4 x 6) weights and 4 + 4 + 6 biases, each with three more values if normalised. */
    @ParameterizedTest
    @CsvSource({
        "hidden=4;output=6, 0, 482",
        "hidden=4;output=6, 1, 524",
        "hidden_filters=4;output_filters=6, 0, 482",
        "hidden=4;output_filters=6, 1, 524",
        "hidden=4;hidden_filters=4;output=6, 0, 482",
    })
    void crnn_keysOfAnyFork_countTheSame(String keys, int normalize, long parameters) {
        ImportedModel model =
                read("[crnn]\npad=1\nbatch_normalize=" + normalize + "\nactivation=leaky\n" + keys.replace(';', '\n'));

        assertThat(model.graph().parameters()).isEqualTo(parameters);
        assertThat(model.graph().macs()).isEqualTo(64 * 468);
        assertThat(shape(model)).isEqualTo(TensorShape.of(1, 6, 8, 8));
        assertThat(model.notices()).isEmpty();
    }

    /** 4 x 9 (3 x 5 + 5 x 5) weights and 8 x 5 biases. */
    @ParameterizedTest
    @ValueSource(strings = {"output", "output_filters"})
    void convLstm_keysOfAnyFork_countTheSame(String key) {
        ImportedModel model = read("[conv_lstm]\npad=1\nactivation=leaky\n" + key + "=5");

        assertThat(model.graph().parameters()).isEqualTo(36 * 40 + 40);
        assertThat(shape(model)).isEqualTo(TensorShape.of(1, 5, 8, 8));
        assertThat(model.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 8256", "hidden=64, 8256", "hidden=32, 3104"})
    void rnn_hiddenSize_isItsMemory(String hidden, long weights) {
        ImportedModel model =
                DarknetReader.withDefaults().read("r.cfg", "[net]\ninputs=1\n[rnn]\noutput=64\n" + hidden);

        long memory = hidden.isEmpty() ? 64 : Long.parseLong(hidden.substring(7));
        assertThat(weights).isEqualTo(memory + memory * memory + memory * 64);
        assertThat(model.graph().macs()).isEqualTo(weights);
        assertThat(shape(model)).isEqualTo(TensorShape.of(1, 64));
    }

    @ParameterizedTest
    @CsvSource({
        "[crnn], hidden, output",
        "[conv_lstm], output, output",
        "[convolutional], filters, filters",
        "[connected], output, output",
        "[lstm], output, output",
        "[gru], output, output",
        "[local], filters, filters",
    })
    void outputs_leftOut_areOneWithNotice(String section, String first, String last) {
        List<String> notices = read(section).notices();

        assertThat(notices).hasSize(first.equals(last) ? 1 : 2).allMatch(notice -> notice.contains("Line 5"));
        assertThat(notices.get(0)).contains("no option '" + first + "'", "1 is taken");
        assertThat(notices.get(notices.size() - 1)).contains("no option '" + last + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[crnn]\noutput=4\noutput_filters=5",
                "[crnn]\nhidden=4\nhidden_filters=5",
                "[conv_lstm]\noutput=4\noutput_filters=0",
                "[conv_lstm]\noutput=-4",
                "[crnn]\nhidden=0",
                "[rnn]\nhidden=0",
                "[upsample]\nstride=0",
                "[upsample]\nstride=-9",
                "[upsample]\nstride=-2147483648",
                "[history]\nhistory_size=0",
                "[history]\nhistory_size=2147483647\n[history]\nhistory_size=2147483647\n[history]",
                "[implicit]\nfilters=0",
                "[implicit]\natoms=-1",
                "[reorg]\nextra=-1",
                "[convolutional]\nshare_index=0",
                "[convolutional]\nshare_index=-1",
                "[shift_channels]\nfrom=-1",
                "[control_channels]\nfrom=-1",
                "[implicit_add]\nfilters=3",
                "[conv_lstm]\nbottleneck=1\noutput=4",
            })
    void sectionOrOption_notSupported_isRefusedByName(String section) {
        String name = section.substring(0, section.indexOf(']') + 1);
        assertThatThrownBy(() -> read(section))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("test.cfg, line ")
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"silu, Swish", "swish, Swish", "revleaky, LeakyRelu", "leaky, LeakyRelu", "mish, Mish", "selu, Selu"})
    void activation_ofAnyFork_isRead(String function, String kind) {
        LayerGraph network =
                read("[convolutional]\nfilters=2\nactivation=" + function).graph();

        assertThat(network.layers().get(1).operator().kind()).isEqualTo(kind);
        assertThat(network.layers().get(1).name()).isEqualTo("convolutional_0/" + function);
    }

    @Test
    void activation_unknown_namesTheKnownOnes() {
        assertThatThrownBy(() -> read("[activation]\nactivation=hswish"))
                .hasMessageContainingAll("line 5", "'hswish'", "Known are linear, elu", "silu");
    }

    @ParameterizedTest
    @CsvSource({"-2, 4, 4", "-3, 2, 2", "-8, 1, 1", "-1, 8, 8", "3, 24, 24"})
    void upsample_negativeStride_dividesTheImage(int stride, long height, long width) {
        assertThat(shape(read("[upsample]\nstride=" + stride))).isEqualTo(TensorShape.of(1, 3, height, width));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local_avg", "local_avgpool"})
    void localAverage_eitherName_isAPooling(String name) {
        assertThat(shape(read("[" + name + "]\nsize=2\nstride=2"))).isEqualTo(TensorShape.of(1, 3, 4, 4));
    }

    @Test
    void history_joinsImagesAlongTheChannels() {
        assertThat(shape(read("[history]\nhistory_size=4"))).isEqualTo(TensorShape.of(1, 12, 8, 8));
        assertThat(shape(read("[history]"))).isEqualTo(TensorShape.of(1, 12, 8, 8));
        assertThat(shape(read("[connected]\noutput=5\n[history]\nhistory_size=2")))
                .isEqualTo(TensorShape.of(1, 10, 1, 1));
    }

    @Test
    void implicit_storesItsValues() {
        ImportedModel model = read("[implicit]\nfilters=16\natoms=3\nmean=0\nstd=0.2");

        assertThat(model.graph().parameters()).isEqualTo(48);
        assertThat(model.graph().parameterBytes()).isEqualTo(192);
        assertThat(model.graph().macs()).isZero();
        assertThat(shape(model)).isEqualTo(TensorShape.of(1, 16, 3, 1));
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void contrastive_isALossAndAddsNoLayer() {
        ImportedModel model =
                read("[convolutional]\nfilters=2\nactivation=linear\n[contrastive]\nclasses=1\nyolo_layer=0");

        assertThat(model.graph().layers()).extracting(Layer::name).containsExactly("convolutional_0");
        assertThat(model.notices()).isEmpty();
    }

    @Test
    void reorg_extra_lengthensTheVector() {
        LayerGraph network = read("[reorg]\nstride=1\nextra=1\n[softmax]").graph();

        assertThat(network.outputs().get(0).shape()).isEqualTo(TensorShape.of(1, 193));
    }

    @Test
    void convolution_ofOnePixel_ignoresDilation() {
        assertThat(shape(read("[convolutional]\nfilters=2\ndilation=2\npadding=1\nactivation=linear")))
                .isEqualTo(TensorShape.of(1, 2, 10, 10));
    }

    @Test
    void convolution_crossBatchNormalization_countsAsBatchNormalization() {
        assertThat(read("[convolutional]\nfilters=2\ncbn=1\nactivation=linear")
                        .graph()
                        .parameters())
                .isEqualTo(2 * 3 + 4 * 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[crop]\ncrop_height=1\ncrop_width=1",
                "[reorg]\nstride=1",
                "[upsample]\nstride=2",
                "[upsample]\nstride=-1",
                "[reorg]\nstride=1\nreverse=1",
            })
    void imageSection_afterVector_seesAnImageOfOnePixel(String section) {
        assertThat(read("[connected]\noutput=4\n" + section).graph().outputs()).hasSize(1);
    }

    /** What a section delivers is what the next one reads, unless the section adds no layer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[deconvolutional]",
                "[local]",
                "[local_avgpool]",
                "[crop]\ncrop_height=1\ncrop_width=1",
                "[reorg]",
                "[reorg]\nextra=1",
                "[upsample]",
                "[history]",
                "[implicit]",
                "[connected]",
                "[batchnorm]",
                "[lrn]",
                "[l2norm]",
                "[logistic]",
                "[softmax]",
                "[dropout]",
                "[empty]",
                "[cost]",
                "[contrastive]",
                "[route]\nlayers=-1,-2",
                "[shortcut]\nfrom=-2\nactivation=linear",
                "[scale_channels]\nfrom=-2\nscale_wh=1",
                "[sam]\nfrom=-2",
                "[rnn]",
                "[gru]",
                "[lstm]",
                "[crnn]",
                "[conv_lstm]",
                "[yolo]\nclasses=3",
                "[Gaussian_yolo]\nclasses=0\nnum=1",
                "[region]\nclasses=3",
                "[iseg]\nclasses=4\nids=4",
                "[detection]\nside=8\ncoords=3\nnum=1\nclasses=4",
            })
    void section_followedByAnother_isReadByIt(String section) {
        String before = "[convolutional]\nactivation=linear\nfilters=";
        int filters = section.startsWith("[Gauss") ? 9 : section.startsWith("[scale") ? 1 : 8;
        String sections = before + filters + "\n" + before + filters + "\n" + section;
        List<Layer> layers = read(sections).graph().layers();

        LayerGraph followed =
                read(sections + "\n[activation]\nactivation=leaky").graph();

        Layer last = followed.layers().get(followed.layers().size() - 1);
        assertThat(followed.layers()).hasSize(layers.size() + 1).startsWith(layers.toArray(Layer[]::new));
        assertThat(last.operator().kind()).isEqualTo("LeakyRelu");
        assertThat(last.inputs()).isEqualTo(layers.get(layers.size() - 1).outputs());
    }

    @Test
    void recurrentSection_groups_divideTheWeights() {
        assertThat(read("[convolutional]\nfilters=8\nactivation=linear\n[crnn]\nhidden=4\noutput=6\ngroups=2")
                        .graph()
                        .layers()
                        .get(1)
                        .macs())
                .isEqualTo(64 * 9 * (8 * 4 + 4 * 4 + 4 * 6) / 2);
        assertThatThrownBy(() -> read("[crnn]\nhidden=4\noutput=6\ngroups=2"))
                .hasMessageContaining("2 groups do not divide 3 channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"padding=1", "pad=1", "padding=2\nsize=5", "size=1\npadding=0"})
    void recurrentSection_extentKept_isRead(String options) {
        assertThat(shape(read("[crnn]\n" + options))).isEqualTo(TensorShape.of(1, 1, 8, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"padding=2", "pad=0", "padding=1\nsize=5", "stride=2", "size=2\npad=1"})
    void recurrentSection_extentChanged_isRefused(String options) {
        assertThatThrownBy(() -> read("[crnn]\n" + options)).hasMessageContaining("padded to keep its extent");
    }

    @Test
    void shortcut_axesOfDifferentFactors_isRefused() {
        String sections = "[convolutional]\nstride_x=%d\nstride_y=%d\nactivation=linear\n[shortcut]\nfrom=-1";

        assertThatThrownBy(() -> read("[dropout]\n" + sections.formatted(2, 1) + ",-2"))
                .hasMessageContaining("height and width differ by different factors");
        assertThatThrownBy(() -> read("[dropout]\n" + sections.formatted(1, 4) + ",-2"))
                .hasMessageContaining("height and width differ by different factors");
    }

    @Test
    void name_ofTheFile_losesItsEnding() {
        String text = INPUT + "[softmax]";

        assertThat(DarknetReader.withDefaults().read("a.cfg", text).graph().name())
                .isEqualTo("a");
        assertThat(DarknetReader.withDefaults().read(".cfg", text).graph().name())
                .isEqualTo(".cfg");
        assertThat(DarknetReader.withDefaults().read("cfg", text).graph().name())
                .isEqualTo("cfg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=0\nheight=8\nchannels=3", "width=8\nheight=0\nchannels=3", "channels=3"})
    void input_noImage_isTheVector(String image) {
        String text = "[network]\ninputs=5\n" + image + "\n[softmax]";

        assertThat(shape(DarknetReader.withDefaults().read("a.cfg", text))).isEqualTo(TensorShape.of(1, 5));
    }

    private static ImportedModel read(String sections) {
        return DarknetReader.withDefaults().read("test.cfg", INPUT + sections);
    }

    private static TensorShape shape(ImportedModel model) {
        List<Layer> layers = model.graph().layers();
        return layers.get(layers.size() - 1).outputs().get(0).shape();
    }
}
