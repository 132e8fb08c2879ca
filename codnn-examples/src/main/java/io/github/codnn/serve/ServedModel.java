package io.github.codnn.serve;

import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.TensorValue;
import java.util.List;

/** A model that a server offers under a name. Thread-safe. */
interface ServedModel extends AutoCloseable {

    /** Returns what every request must give, in the order of the model. */
    List<DeclaredTensor> inputs();

    /** Returns what every request results in, in the order of the model. */
    List<DeclaredTensor> outputs();

    /**
     * Runs one request.
     *
     * @param values one value for each input, by name, in any order
     * @return one value for each output, in the order of {@link #outputs()}
     * @throws io.github.codnn.runtime.InputException if the values are not what {@link #inputs()} says
     * @throws io.github.codnn.CodnnException if the model fails
     */
    List<TensorValue> run(List<TensorValue> values);

    /** Frees the memory of the model. A second call does nothing. */
    @Override
    void close();
}
