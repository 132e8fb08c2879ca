package io.github.codnn.internal.ort;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTest {

    @Test
    void onnxRuntime_absent_isOneClearMessage() throws IOException {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> OnnxRuntime.requirePresent("Measuring", empty))
                    .isInstanceOf(CodnnException.class)
                    .hasMessageStartingWith("Measuring needs")
                    .hasMessageContaining("com.microsoft.onnxruntime:onnxruntime");
        }
    }
}
