package io.github.codnn.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LgReaderTest {

    @TempDir
    private Path folder;

    @Test
    void read_wellFormedFile_graph() throws IOException {
        Path file = write("# a graph\nt # 1\r\nv 0 conv\nv 1 relu\n\nv 2 conv\ne 1 0 x\ne 0 1 x\ne 1 2 y\nt # -1\n");
        assertThat(LabelledGraph.readDirected(file))
                .isEqualTo(LabelledGraph.directed()
                        .vertex("conv")
                        .vertex("relu")
                        .vertex("conv")
                        .edge(0, 1, "x")
                        .edge(1, 0, "x")
                        .edge(1, 2, "y")
                        .build());
        assertThat(LabelledGraph.readUndirected(file).edgeCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# note\n", "t # 1\n", "\r\n"})
    void read_byteOrderMark_isSkipped(String before) throws IOException {
        Path file = write("\uFEFF" + before + "v 0 a\r\nv 1 b\r\ne 0 1 x\r\n");

        assertThat(LabelledGraph.readDirected(file).edgeCount()).isEqualTo(1);
    }

    @Test
    void read_characterZeroInALabel_isPartOfIt() throws IOException {
        LabelledGraph graph = LabelledGraph.readDirected(write("v 0 a\0b\nv 1 c\n"));
        assertThat(graph.vertexCount()).isEqualTo(2);
        assertThat(graph.vertexLabel(0)).isEqualTo("a\0b");
    }

    @Test
    void read_noFinalLineBreak_lastLineCounts() throws IOException {
        assertThat(LabelledGraph.readDirected(write("v 0 a\nv 1 b\ne 0 1 x")).edgeCount())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v 0 a;x 1 2 | 2 | 'x'",
                "v 0 a;v 2 b | 2 | vertex 1 is next",
                "v 0 a;v one b | 2 | 'one'",
                "v 0 a;v 1 | 2 | 'v NUMBER LABEL'",
                "v 0 a;v 1 b;e 0 1 | 3 | 'e FROM TO LABEL'",
                "v 0 a;v 1 b;e 0 2 x | 3 | Vertex 2 does not exist",
                "v 0 a;v 1 b;e 0 -1 x | 3 | Vertex -1 does not exist",
                "v 0 a;v 1 b;e 1 1 x | 3 | no loops",
                "v 0 a;t # 2;v 0 b | 2 | second graph",
                "v 0 a;t # -1;v 1 b | 3 | after the end",
                "v 99999999999 a | 1 | '99999999999'",
                "# nothing else | 2 | no vertex",
                "v 0,0 a | 1 | '0,0' is not a vertex number",
                "v 0 a;v 1 b;e 0 1,5 x | 3 | '1,5' is not a vertex number",
            })
    void read_badLine_namesFileLineAndReason(String lines, int lineNumber, String reason) throws IOException {
        Path file = write(lines.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> LabelledGraph.readDirected(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line " + lineNumber + ":")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void read_endlessLine_refusedEarly() throws IOException {
        Path file = write("v 0 " + "a".repeat(5_000_000));
        assertThatThrownBy(() -> LabelledGraph.readDirected(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("line 1:")
                .hasMessageContaining("4096");
    }

    @Test
    void read_notText_refused() throws IOException {
        Path file = folder.resolve("graph.lg");
        Files.write(file, new byte[] {'v', ' ', '0', ' ', (byte) 0xff, (byte) 0xfe, '\n'});
        assertThatThrownBy(() -> LabelledGraph.readDirected(file))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void read_missingFileOrFolder_named() {
        Path missing = folder.resolve("missing.lg");
        assertThatThrownBy(() -> LabelledGraph.readDirected(missing))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> LabelledGraph.readDirected(folder))
                .isInstanceOf(CodnnException.class)
                .hasMessageContaining(folder.toString());
    }

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("graph.lg"), text.getBytes(StandardCharsets.UTF_8));
    }
}
