package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Property(tries = 500, seed = "20261122")
    void elements_anyExtents_areExactOrRefused(
            @ForAll @Size(max = 5) List<@LongRange(min = 0, max = Long.MAX_VALUE) Long> extents) {
        BigInteger exact = extents.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger withoutZeros = extents.stream()
                .filter(extent -> extent != 0)
                .map(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);

        if (withoutZeros.bitLength() < 64) {
            assertThat(BigInteger.valueOf(new TensorShape(extents).elements())).isEqualTo(exact);
        } else {
            assertThatThrownBy(() -> new TensorShape(extents))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2^63-1");
        }
    }

    @Test
    void shape_negativeExtent_isRefused() {
        assertThatThrownBy(() -> TensorShape.of(1, -3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A dimension must be zero or greater, but the shape is [1, -3]");
    }

    @Test
    void dimension_negativeAxis_countsFromTheBack() {
        TensorShape shape = TensorShape.of(1, 3, 224, 112);

        assertThat(shape.dimension(-1)).isEqualTo(112);
        assertThat(shape.dimension(1)).isEqualTo(3);
        assertThat(shape.rank()).isEqualTo(4);
        assertThat(TensorShape.scalar().elements()).isEqualTo(1);
        assertThatThrownBy(() -> shape.dimension(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytes_subByteTypes_areRoundedUp() {
        assertThat(new Tensor("t", TensorShape.of(3), ElementType.INT4).bytes()).isEqualTo(2);
        assertThat(new Tensor("t", TensorShape.of(4), ElementType.UINT4).bytes())
                .isEqualTo(2);
        assertThat(Tensor.float32("t", 1, 3, 224, 224).bytes()).isEqualTo(602_112);
        assertThat(Tensor.ofBytes("t", Long.MAX_VALUE).bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Tensor("t", TensorShape.of(Long.MAX_VALUE), ElementType.INT4).bytes())
                .isEqualTo(1L << 62);
    }

    @Test
    void tensor_moreBytesThanALongHolds_isRefused() {
        assertThatThrownBy(() -> Tensor.float32("big", Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Tensor 'big' of shape [9223372036854775807] has more than 2^63-1 bytes");
    }

    @Test
    void layer_severalTensors_hasTheirBytes() {
        Tensor half = new Tensor("half", TensorShape.of(3), ElementType.FLOAT16);
        Layer layer = Layer.of("l", new Operator.MatMul(), List.of(half, Tensor.ofBytes("t", 5)), List.of(half, half));

        assertThat(layer.inputBytes()).isEqualTo(11);
        assertThat(layer.outputBytes()).isEqualTo(12);
        assertThat(half.withTransferBytes(4)).isEqualTo(new Tensor("half", half.shape(), ElementType.FLOAT16, 4));
        assertThat(half.withTransferBytes(4).bytes()).isEqualTo(6);
    }

    @Test
    void bits_anyType_agreeWithTheBytesOfManyElements() {
        for (ElementType type : ElementType.values()) {
            assertThat(8 * type.bytes(64)).isEqualTo(64L * type.bits());
        }
        assertThat(ElementType.FLOAT32.bits()).isEqualTo(32);
    }

    @Test
    void layer_badParts_areRefused() {
        Layer layer = Layer.of("l", new Operator.MatMul(), List.of(), List.of());

        assertThatThrownBy(() -> layer.withMacs(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layer.withParameters(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Layer.of(" ", new Operator.MatMul(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        Tensor half = Tensor.ofBytes("half", Long.MAX_VALUE);
        assertThatThrownBy(() -> Layer.of("l", new Operator.MatMul(), List.of(half, half), List.of())
                        .inputBytes())
                .isInstanceOf(ArithmeticException.class);
    }
}
