package io.github.codnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator.Pooling.Function;
import io.github.codnn.graph.Tensor;
import io.github.codnn.graph.TensorShape;
import io.github.codnn.graph.Window;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {

    private final NetworkBuilder net = NetworkBuilder.named("test");
    private final SequenceLayers sequence = new SequenceLayers(net);

    /** Counts one multiply-accumulate at a time by walking over outputs, channels of the group and window. */
    @Property(tries = 200)
    void conv_macsAndShape_equalBruteForce(
            @ForAll @IntRange(min = 1, max = 12) int extent,
            @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 0, max = 2) int pad,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(min = 1, max = 3) int groups) {
        int span = dilation * (kernel - 1) + 1;
        List<Integer> pads = List.of(pad, pad);
        Window window =
                new Window(List.of(kernel, kernel), List.of(stride, stride), List.of(dilation, dilation), pads, pads);
        NetworkBuilder network = NetworkBuilder.named("conv");
        Tensor x = network.input("x", 2, 2L * groups, extent, extent);
        if (extent + 2 * pad < span) {
            assertThatThrownBy(() ->
                            network.conv("conv", x, groups, Filter.of(window).grouped(groups)))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        int positions = 0;
        for (int start = -pad; start + span <= extent + pad; start += stride) {
            positions++;
        }
        long macs = 0;
        for (int output = 0; output < 2 * groups * positions * positions; output++) {
            macs += 2L * kernel * kernel;
        }

        Tensor y = network.conv("conv", x, groups, Filter.of(window).grouped(groups));

        assertThat(y.shape()).isEqualTo(TensorShape.of(2, groups, positions, positions));
        assertThat(network.build().macs()).isEqualTo(macs);
    }

    /** A window rounded up covers every element that some window of the padded input can reach. */
    @Property(tries = 200)
    void pool_roundedUp_equalsBruteForce(
            @ForAll @IntRange(min = 1, max = 20) int extent,
            @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 5) int stride,
            @ForAll @IntRange(min = 0, max = 2) int pad) {
        if (pad >= kernel || extent + 2 * pad < kernel) {
            return;
        }
        int windows = 1;
        // The next window is taken if the one before leaves padded elements out and it starts in the input.
        while ((windows - 1) * stride + kernel < extent + 2 * pad && windows * stride < extent + pad) {
            windows++;
        }
        NetworkBuilder network = NetworkBuilder.named("pool");
        Tensor x = network.input("x", 1, 1, extent, extent);

        Tensor y = network.poolRoundedUp("pool", x, Function.MAX, Window.square(kernel, stride, pad));

        assertThat(y.shape()).isEqualTo(TensorShape.of(1, 1, windows, windows));
    }

    @Test
    void conv_transposed_invertsTheShapeOfConv() {
        Tensor x = net.input("x", 1, 6, 9, 9);
        Tensor down = net.conv("down", x, 4, Filter.square(3, 2, 1));
        Tensor up = net.conv("up", down, 6, Filter.square(3, 2, 1).asTransposed());

        assertThat(down.shape()).isEqualTo(TensorShape.of(1, 4, 5, 5));
        assertThat(up.shape()).isEqualTo(x.shape());
        List<Layer> layers = net.build().layers();
        assertThat(layers.get(0).macs()).isEqualTo(5 * 5 * 4 * 6 * 9);
        assertThat(layers.get(1).macs()).isEqualTo(5 * 5 * 4 * 6 * 9);
        assertThat(layers.get(1).parameters()).isEqualTo(4 * 6 * 9 + 6);
    }

    @Test
    void conv_oneAndThreeAxes_areAllowed() {
        Window line = new Window(List.of(3), List.of(1), List.of(1), List.of(1), List.of(1));
        Tensor sound = net.conv("sound", net.input("wave", 1, 2, 100), 4, Filter.of(line));
        List<Integer> ones = List.of(1, 1, 1);
        Window cube = new Window(List.of(3, 3, 3), ones, ones, ones, ones);
        Tensor video = net.conv("video", net.input("frames", 1, 3, 8, 16, 16), 4, Filter.of(cube));

        assertThat(sound.shape()).isEqualTo(TensorShape.of(1, 4, 100));
        assertThat(video.shape()).isEqualTo(TensorShape.of(1, 4, 8, 16, 16));
        assertThat(net.build().macs()).isEqualTo(100 * 4 * 6 + 8 * 16 * 16 * 4 * 81);
    }

    @Test
    void matMul_batches() {
        Tensor y = sequence.matMul("product", net.input("left", 2, 3, 4, 5), net.input("right", 2, 3, 5, 7));

        assertThat(y.shape()).isEqualTo(TensorShape.of(2, 3, 4, 7));
        assertThat(net.build().macs()).isEqualTo(2 * 3 * 4 * 5 * 7);
    }

    @Test
    void prepend_countsTheTrainedPart() {
        Tensor y = sequence.prepend("token", net.input("x", 4, 196, 768), 1, 1);

        assertThat(y.shape()).isEqualTo(TensorShape.of(4, 197, 768));
        assertThat(net.build().parameters()).isEqualTo(768);
    }

    @Test
    void partsThatDoNotFit_areRefusedByName() {
        Tensor image = net.input("image", 1, 3, 8, 8);
        Tensor other = net.input("other", 1, 4, 7, 7);

        assertRefused("a", () -> net.conv("a", image, 4, Filter.same(3).grouped(2)));
        assertRefused("b", () -> net.conv("b", image, 0, Filter.same(3)));
        assertRefused("c", () -> net.conv("c", image, 4, Filter.square(9, 1, 0)));
        assertRefused("d", () -> net.concat("d", 1, List.of(image, other)));
        assertRefused("e", () -> net.add("e", image, other));
        assertRefused("f", () -> sequence.matMul("f", image, other));
        assertRefused("g", () -> net.reshape("g", image, 1, 100));
        assertRefused("h", () -> net.fullyConnected("h", image, -1));
        assertRefused("i", () -> net.pool("i", net.flatten("flat", image), Function.MAX, Window.square(2, 2, 0)));
    }

    @Test
    void counts_beyondLong_areRefused() {
        Tensor x = net.input("x", 1, 1L << 30, 1L << 14);
        Tensor wide = sequence.project("wide", x, 1L << 15);

        assertThatThrownBy(() -> sequence.project("wider", wide, 1L << 62)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> sequence.project("macs", wide, 1L << 18)).isInstanceOf(ArithmeticException.class);
    }

    private static void assertRefused(String layer, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*('" + layer + "'|-1|window).*");
    }
}
