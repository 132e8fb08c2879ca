package io.github.codnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codnn.onnx.SuiteJudge.Judgement;
import io.github.codnn.onnx.SuiteJudge.Verdict;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Half of the ONNX project's backend suite: small models of one operator or a few, with the types and shapes that their
 * data have. {@code as-is} are the files of the suite; in {@code stripped} nothing is declared and all inputs but the
 * first are constants, so that every shape has to be inferred.
 */
class OnnxSuiteTest {

    /** What is not right is a bound with a notice or refused; the numbers of right ones may only grow. */
    @ParameterizedTest
    @CsvSource({"as-is, 983, 977", "stripped, 967, 943"})
    void read_suite_isNeverWrong(String folder, int models, int right) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(TestData.path("data/onnx-suite/onnx-suite-half.zip"))) {
            Map<Verdict, List<String>> found = judged(zip, folder);

            assertThat(found.getOrDefault(Verdict.WRONG, List.of())).isEmpty();
            assertThat(found.values().stream().mapToInt(List::size).sum()).isEqualTo(models);
            assertThat(found.get(Verdict.RIGHT)).hasSizeGreaterThanOrEqualTo(right);
        }
    }

    private static Map<Verdict, List<String>> judged(FileSystem zip, String folder) throws IOException {
        Map<Verdict, List<String>> found = new EnumMap<>(Verdict.class);
        for (String line : Files.readAllLines(zip.getPath("expected.tsv"))) {
            String[] row = line.split("\t", -1);
            Path model = zip.getPath(folder, row[0] + ".onnx");
            if (Files.exists(model)) {
                Judgement judgement = SuiteJudge.judge(model, row[4]);
                found.computeIfAbsent(judgement.verdict(), any -> new ArrayList<>())
                        .add(row[0] + ": " + judgement.reason());
            }
        }
        return found;
    }
}
