package io.github.codnn.internal.ort;

import io.github.codnn.CodnnException;
import java.util.function.Supplier;

/** Loads ONNX Runtime, which is optional. Uses none of its types, so that this class loads without it. */
public final class OnnxRuntime {

    private OnnxRuntime() {}

    /**
     * Runs something that uses ONNX Runtime.
     *
     * @param <T> the type of the result
     * @param purpose what needs it, the first words of the message if it is missing
     * @param start uses types of ONNX Runtime
     * @return the result
     * @throws CodnnException if ONNX Runtime is missing or cannot be loaded
     */
    public static <T> T use(String purpose, Supplier<T> start) {
        requirePresent(purpose, OnnxRuntime.class.getClassLoader());
        try {
            return start.get();
        } catch (LinkageError e) {
            throw new CodnnException("ONNX Runtime cannot be loaded on this machine: " + e, e);
        }
    }

    static void requirePresent(String purpose, ClassLoader loader) {
        try {
            Class.forName("ai.onnxruntime.OrtEnvironment", false, loader);
        } catch (ClassNotFoundException e) {
            throw new CodnnException(
                    purpose + " needs ONNX Runtime, which is on neither class path nor module path. Add "
                            + "com.microsoft.onnxruntime:onnxruntime "
                            + "to the dependencies",
                    e);
        }
    }
}
