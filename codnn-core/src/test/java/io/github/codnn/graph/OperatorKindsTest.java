package io.github.codnn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorKindsTest {

    private static final List<List<String>> LISTS = List.of(
            OperatorKinds.CHEAP_ACTIVATIONS,
            OperatorKinds.COSTLY_ACTIVATIONS,
            OperatorKinds.ELEMENTWISE,
            OperatorKinds.NORMALIZATIONS,
            OperatorKinds.SOFTMAXES,
            OperatorKinds.RESHAPING,
            OperatorKinds.COPYING);

    @Test
    void lists_anyKind_isInOneOnly() {
        List<String> all = LISTS.stream().flatMap(List::stream).toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void plain_listedKinds_areKnownButForThoseOfOtherFrameworks() {
        Set<String> unknown = new TreeSet<>();
        LISTS.stream()
                .flatMap(List::stream)
                .forEach(kind -> OperatorKinds.plain(kind)
                        .ifPresentOrElse(
                                operator -> assertThat(operator.kind()).isEqualTo(kind), () -> unknown.add(kind)));

        assertThat(unknown).containsExactly("Relu6", "Silu");
    }

    @ParameterizedTest
    @CsvSource({
        "Softsign, Activation",
        "Gelu, Activation",
        "Where, Elementwise",
        "LRN, Normalization",
        "Hardmax, Softmax",
        "TopK, Reduction",
        "Shape, DataMovement",
        "DepthToSpace, DataMovement"
    })
    void plain_knownName_isAnOperatorOfItsFamily(String kind, String type) {
        assertThat(OperatorKinds.plain(kind).orElseThrow().getClass().getSimpleName())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Conv", "Gemm", "MaxPool", "Concat", "relu", ""})
    void plain_otherName_isEmpty(String kind) {
        assertThat(OperatorKinds.plain(kind)).isEmpty();
    }

    @Test
    void isKernel_fusedAndMovingOperators_areNone() {
        assertThat(Stream.of("Relu", "BatchNormalization", "Reshape", "Transpose")
                        .map(kind -> OperatorKinds.plain(kind).orElseThrow()))
                .noneMatch(OperatorKinds::isKernel);
        assertThat(Stream.of("LRN", "LayerNormalization", "Softmax", "Add", "ReduceMean")
                        .map(kind -> OperatorKinds.plain(kind).orElseThrow()))
                .allMatch(OperatorKinds::isKernel);
        assertThat(OperatorKinds.isKernel(new Operator.Other("Own"))).isTrue();
    }

    @Test
    void kind_operatorWithoutOne_isTheNameInOnnx() {
        Window window = Window.square(3, 1, 0);

        assertThat(Stream.of(
                                new Operator.FullyConnected(),
                                new Operator.MatMul(),
                                new Operator.Concat(),
                                new Operator.Pooling(Operator.Pooling.Function.MAX, window),
                                new Operator.GlobalPooling(Operator.Pooling.Function.AVERAGE),
                                new Operator.Convolution(window, 1, true))
                        .map(Operator::kind))
                .containsExactly("Gemm", "MatMul", "Concat", "MaxPool", "GlobalAveragePool", "ConvTranspose");
    }
}
