package io.github.codnn.run;

import io.github.codnn.runtime.StageSession;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.serve.Endpoint;
import io.github.codnn.serve.RemoteModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A stage that is ready to run, here or where it is served already.
 *
 * @param function runs a frame
 * @param closing frees it
 */
record StageModel(UnaryOperator<List<TensorValue>> function, Runnable closing) {

    /** How long a stage that is served elsewhere may take for a frame. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    static StageModel open(Path file, StageSettings settings) {
        StageSession session = StageSession.open(file, settings);
        return new StageModel(session::run, session::close);
    }

    static StageModel connect(String endpoint, String stage) {
        RemoteModel model = RemoteModel.connect(Endpoint.parse(endpoint), stage, DEADLINE);
        return new StageModel(model::run, model::close);
    }

    List<TensorValue> run(List<TensorValue> values) {
        return function.apply(values);
    }

    void close() {
        closing.run();
    }
}
