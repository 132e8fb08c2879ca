package io.github.codnn.serve;

import io.github.codnn.runtime.DeclaredTensor;
import io.github.codnn.runtime.StageSession;
import io.github.codnn.runtime.StageSettings;
import io.github.codnn.runtime.TensorValue;
import java.nio.file.Path;
import java.util.List;

/** An ONNX file that ONNX Runtime runs in this process. */
record SessionModel(StageSession session) implements ServedModel {

    static SessionModel open(Path file, StageSettings settings) {
        return new SessionModel(StageSession.open(file, settings));
    }

    @Override
    public List<DeclaredTensor> inputs() {
        return session.inputs();
    }

    @Override
    public List<DeclaredTensor> outputs() {
        return session.outputs();
    }

    @Override
    public List<TensorValue> run(List<TensorValue> values) {
        return session.run(values);
    }

    @Override
    public void close() {
        session.close();
    }
}
