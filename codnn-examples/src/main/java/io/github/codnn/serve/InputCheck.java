package io.github.codnn.serve;

import io.github.codnn.CodnnException;
import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.TensorValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the inputs of a request with what a model declares, before the model is asked. */
final class InputCheck {

    private InputCheck() {}

    /**
     * Checks that each declared input is given once, with its type and shape, and nothing else.
     *
     * @throws CodnnException naming the first input that is not so
     */
    static void check(List<DeclaredTensor> declared, List<TensorValue> values) {
        Set<String> given = new HashSet<>();
        for (TensorValue value : values) {
            DeclaredTensor input = declared.stream()
                    .filter(each -> each.name().equals(value.name()))
                    .findFirst()
                    .orElseThrow(() -> new CodnnException("there is no input '" + value.name() + "'. The inputs are "
                            + declared.stream().map(DeclaredTensor::name).toList()));
            if (!given.add(value.name())) {
                throw new CodnnException("input '" + value.name() + "' is given twice");
            }
            if (!input.accepts(value.tensor().shape(), value.tensor().type())) {
                throw new CodnnException("input '" + value.name() + "' must be " + described(input) + ", but is "
                        + DataType.of(value.tensor().type()) + " "
                        + value.tensor().shape().dimensions());
            }
        }
        declared.stream()
                .filter(input -> !given.contains(input.name()))
                .findFirst()
                .ifPresent(missing -> {
                    throw new CodnnException("input '" + missing.name() + "' is missing; it is " + described(missing));
                });
    }

    private static String described(DeclaredTensor input) {
        return DataType.of(input.type()) + " " + input.dimensions();
    }
}
