package io.github.codnn.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryModelsTest {

    @TempDir
    private Path folder;

    @Test
    void removeAbandoned_filesOfEndedProcesses_areRemovedAndNoOthers() throws IOException {
        // Process identifiers have at most 22 bits on the systems that Java runs on, or 32.
        Path ended = Files.createFile(folder.resolve("codnn-model-99999999999-1.onnx"));
        Path running = Files.createFile(
                folder.resolve("codnn-model-" + ProcessHandle.current().pid() + "-1.onnx"));
        Path other = Files.createFile(folder.resolve("codnn-model-mine.onnx"));
        Path longer = Files.createFile(folder.resolve("codnn-model-9999999999999999999999-1.onnx"));
        Path model = Files.createFile(folder.resolve("resnet.onnx"));

        TemporaryModels.removeAbandoned(folder);

        assertThat(ended).doesNotExist();
        assertThat(running).exists();
        assertThat(other).exists();
        assertThat(longer).exists();
        assertThat(model).exists();
    }

    @Test
    void removeAbandoned_folderThatDoesNotExist_doesNothing() {
        TemporaryModels.removeAbandoned(folder.resolve("missing"));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void removeAbandoned_folderInPlaceOfAFile_leavesTheRest() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("codnn-model-99999999999-1.onnx"));
        Files.createFile(kept.resolve("inside"));
        Path ended = Files.createFile(folder.resolve("codnn-model-99999999998-1.onnx"));

        TemporaryModels.removeAbandoned(folder);

        assertThat(kept).isDirectory();
        assertThat(ended).doesNotExist();
    }

    @Test
    void create_model_isNamedAfterThisProcess() throws IOException {
        Path file = TemporaryModels.create();
        try {
            assertThat(file.getFileName().toString())
                    .startsWith("codnn-model-" + ProcessHandle.current().pid() + "-")
                    .endsWith(".onnx");
            TemporaryModels.removeAbandoned();
            assertThat(file).exists();
        } finally {
            Files.delete(file);
        }
    }
}
